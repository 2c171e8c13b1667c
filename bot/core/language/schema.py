"""The grammar as JSON Schema, so that an editor helps while an author types.

Made from the very table that the loader reads by, so that the two cannot disagree.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from bot.core.language.grammar import FLOW_FILE, SERVICES_FILE, SIGNS_FILE
from bot.core.language.intent_grammar import JOURNEYS_FILE, PROMISES_FILE
from bot.core.language.shapes import Either, Field, ListOf, Record, Shape, TableOf, Text
from bot.core.language.words_grammar import WORDS_FILE

Schema = dict[str, Any]

KINDS: Mapping[str, Shape] = MappingProxyType(
    {
        "flow": FLOW_FILE,
        "services": SERVICES_FILE,
        "signs": SIGNS_FILE,
        "promises": PROMISES_FILE,
        "journeys": JOURNEYS_FILE,
        "words": WORDS_FILE,
    }
)

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_NOT_BLANK = r"\S"
_NAME = "^[a-z][a-z0-9_]*$"  # as the loader's; a test holds the two together
_TRUTH = {"yes": True, "no": False}


def json_schema(kind: str) -> Schema:
    """Return the schema (draft 2020-12) of one kind of file: a key of KINDS.

    It judges shapes, as fitting does, and nothing that needs the other files. An editor
    reads YAML with YAML's own types, where our loader keeps every scalar as text: so a
    text may also be a number (999) or a truth value (yes), a name may also be a truth
    value (the name `no`), and where yes and no are offered, true and false are taken.
    """
    return {"$schema": _DRAFT, "title": f"{kind}.yaml", **_schema(KINDS[kind])}


def schema_files() -> Mapping[str, str]:
    """Return the file name and JSON text of every schema."""
    return MappingProxyType(
        {f"{kind}.schema.json": _written(json_schema(kind)) for kind in KINDS}
    )


def _written(schema: Schema) -> str:
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _schema(shape: Shape) -> Schema:
    match shape:
        case Text():
            return _text(shape)
        case ListOf():
            return {"type": "array", "items": _schema(shape.item)}
        case TableOf():
            return _table(shape)
        case Record():
            return _record(shape)
        case Either():
            ways = (shape.text, shape.items, shape.table)
            return {"anyOf": [_schema(way) for way in ways if way is not None]}


def _text(shape: Text) -> Schema:
    if shape.one_of:
        truths = [_TRUTH[word] for word in shape.one_of if word in _TRUTH]
        return {"enum": [*shape.one_of, *truths]}
    if shape.is_name:
        return {"type": ["string", "boolean"], "pattern": _NAME}
    return {"type": ["string", "number", "boolean"], "pattern": _NOT_BLANK}


def _table(shape: TableOf) -> Schema:
    values = _schema(shape.value)
    if not shape.keys_are_names:
        return {"type": "object", "additionalProperties": values}
    return {
        "type": "object",
        "patternProperties": {_NAME: values},
        "additionalProperties": False,
    }


def _record(shape: Record) -> Schema:
    return {
        "type": "object",
        "properties": {field.name: _field(field) for field in shape.fields},
        "required": [field.name for field in shape.fields if field.required],
        "additionalProperties": False,
    }


def _field(field: Field) -> Schema:
    return {"title": field.name, "description": field.says, **_schema(field.shape)}
