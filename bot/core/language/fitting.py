"""Fits a file's tree to the grammar: what does not fit is a finding, and is left out.

What comes back holds only what has the right shape, so that reading can go on and the
author sees everything at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.core.finding import Findings, did_you_mean, nearest
from bot.core.language.cut_texts import (
    alone,
    cut,
    is_sentence,
    stands_for_a_list,
    stray,
)
from bot.core.language.nodes import Items, Node, Table, Word
from bot.core.language.shapes import Either, Field, ListOf, Record, Shape, TableOf, Text

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_WRITTEN = {
    "a text": "a text",
    "a list": "a list",
    "keys with values": "keys with values, as in {who: me},",
}


def fit(node: Node, shape: Shape, what: str, findings: Findings) -> Node | None:
    """Return the part of `node` that has this shape; `what` names it in findings."""
    match shape:
        case Either():
            return _fit_either(node, shape, what, findings)
        case Text():
            return _fit_text(node, shape, what, findings)
        case ListOf():
            return _fit_list(node, shape, what, findings)
        case TableOf():
            return _fit_table(node, shape, what, findings)
        case Record():
            return _fit_record(node, shape, what, findings)


def _fit_either(
    node: Node, shape: Either, what: str, findings: Findings
) -> Node | None:
    if is_sentence(node, shape):
        cut(node, what, findings)
        return None
    wanted: Shape | None
    match node:
        case Word():
            wanted = shape.text
        case Items():
            wanted = shape.items
        case Table():
            wanted = shape.table
    if wanted is None:
        ways = [
            name
            for name, way in (
                ("a text", shape.text),
                ("a list", shape.items),
                ("keys with values", shape.table),
            )
            if way is not None
        ]
        _wrong(node, what, ways, findings)
        return None
    if stands_for_a_list(node, shape):
        _wrong(node, what, ["a list"], findings)
        return None
    return fit(node, wanted, what, findings)


def _fit_text(node: Node, shape: Text, what: str, findings: Findings) -> Word | None:
    if not isinstance(node, Word):
        if isinstance(node, Table):
            cut(node, what, findings)
        else:
            _wrong(node, what, ["a text"], findings)
        return None
    if shape.one_of and node.value not in shape.one_of:
        findings.add(
            "unknown-value",
            node.at,
            f"{what} can't be '{node.value}'.",
            did_you_mean(node.value, shape.one_of),
        )
        return None
    if not shape.one_of and not node.value.strip():
        findings.add("empty", node.at, f"{what} is empty.", "Write it, or remove it.")
        return None
    if shape.is_name and not _is_name(node, what, findings):
        return None
    return node


def _is_name(word: Word, what: str, findings: Findings) -> bool:
    if _NAME.fullmatch(word.value):
        return True
    near = re.sub(r"\W+", "_", word.value.strip().lower())
    meant = f"Did you mean '{near}'? " if _NAME.fullmatch(near) else ""
    findings.add(
        "not-a-name",
        word.at,
        f"{what} '{word.value}' is not a name.",
        f"{meant}A name has small letters from a to z, digits and _, with a letter"
        " first.",
    )
    return False


def _fit_list(node: Node, shape: ListOf, what: str, findings: Findings) -> Items | None:
    if not isinstance(node, Items):
        _wrong(node, what, ["a list"], findings)
        return None
    fitted = [
        fit(item, shape.item, f"an item of {what}", findings) for item in node.items
    ]
    items = tuple(item for item in fitted if item is not None)
    return Items(items, node.at, unfit=len(items) < len(fitted))


def _fit_table(
    node: Node, shape: TableOf, what: str, findings: Findings
) -> Table | None:
    if not isinstance(node, Table):
        _wrong(node, what, ["keys with values"], findings)
        return None
    entries, unfit = [], set()
    for key, value in node.entries:
        fitted = None
        if stray(node, value):
            alone(key, node, findings)
        elif not shape.keys_are_names or _is_name(key, f"in {what},", findings):
            fitted = fit(value, shape.value, f"'{key.value}'", findings)
        if fitted is None:
            unfit.add(key.value)
        else:
            entries.append((key, fitted))
    return Table(tuple(entries), node.at, frozenset(unfit))


def _fit_record(
    node: Node, shape: Record, what: str, findings: Findings
) -> Table | None:
    if not isinstance(node, Table):
        _wrong(node, what, ["keys with values"], findings)
        return None
    known: dict[str, Field] = {field.name: field for field in shape.fields}
    entries, unfit = [], set()
    for key, value in node.entries:
        field = known.get(key.value)
        if field is None and stray(node, value):
            alone(key, node, findings)
            unfit.add(key.value)
            continue
        if field is None:
            unfit |= {key.value, _unknown(key, known, what, findings)}
            continue
        fitted = fit(value, field.shape, f"'{key.value}'", findings)
        if fitted is None:
            unfit.add(key.value)
        else:
            entries.append((key, fitted))
    table = Table(tuple(entries), node.at, frozenset(unfit))
    return replace(table, unfit=table.unfit | set(_miss(table, shape, what, findings)))


def _unknown(key: Word, known: Iterable[str], what: str, findings: Findings) -> str:
    """Add the finding, and return the key that was likely meant."""
    meant = did_you_mean(key.value, known)
    findings.add("unknown-key", key.at, f"{what} has no '{key.value}'.", meant)
    return nearest(key.value, known) or key.value


def _miss(table: Table, shape: Record, what: str, findings: Findings) -> Iterator[str]:
    """Add a finding for each key that is missing, and give the key."""
    for field in shape.fields:
        if field.required and table.lacks(field.name):
            findings.add(
                "missing-key",
                table.at,
                f"{what} lacks '{field.name}'.",
                f"Add it: {field.says}.{_for_everybody(field, table)}",
            )
            yield field.name


def _for_everybody(field: Field, table: Table) -> str:
    if field.name != "when" or table.lacks("say"):
        return ""
    return " For everybody? Then write only the words after the dash."


def _wrong(node: Node, what: str, wanted: Sequence[str], findings: Findings) -> None:
    found = {Word: "is a text", Items: "is a list", Table: "has keys"}[type(node)]
    cure = f"Write {' or '.join(_WRITTEN[each] for each in wanted)} here."
    if isinstance(node, Word) and node.value and "a list" in wanted:
        cure = f"Write it in square brackets: [{node.value}]."
    findings.add("wrong-shape", node.at, f"{what} {found}.", cure)
