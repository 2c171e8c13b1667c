"""Checks every call against Telegram's published table of methods.

methods.json.gz is derived by derive_methods.py from Telegram's published description
of Bot API 10.1 (June 11, 2026): methods and the types they take, required fields,
types of values, limits.
"""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.telegram.json_types import Json, bad_request

# What Telegram says where a limit is overstepped in a way bots know by its words.
_OWN_WORDS = {
    ("text", "below"): "message text is empty",
    ("text", "above"): "message is too long",
    ("caption", "above"): "message caption is too long",
    ("callback_data", "below"): "BUTTON_DATA_INVALID",
    ("callback_data", "above"): "BUTTON_DATA_INVALID",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a multipart body; its bytes are not kept."""

    name: str
    size: int


class _Broken(Exception):
    def __init__(self, problem: str, says: str = "") -> None:
        super().__init__(problem)
        self.says = says


@cache
def _table() -> Json:
    packed = Path(__file__).with_name("methods.json.gz").read_bytes()
    table: Json = json.loads(gzip.decompress(packed))
    return table


def published_name(method: str) -> str | None:
    """Give a method's name as Telegram writes it, or None; Telegram ignores case."""
    return _names().get(method.lower())


@cache
def _names() -> dict[str, str]:
    return {name.lower(): name for name in _table()["methods"]}


def check(method: str, given: Mapping[str, object], violations: list[str]) -> Json:
    """Give a call's values typed; note what breaks the table and raise Refusal."""
    name = published_name(method)
    if name is None:
        violations.append(f"{method}: no such method")
        raise bad_request("method not found")
    fields = _table()["methods"][name]
    present = {field: value for field, value in given.items() if value is not None}
    formatted = "parse_mode" in present
    try:
        return _object(present, fields, loose=True, formatted=formatted)
    except _Broken as broken:
        violations.append(f"{name}: {broken}")
        raise bad_request(broken.says or str(broken)) from None


def _object(
    given: Mapping[str, object], fields: Json, *, loose: bool, formatted: bool
) -> Json:
    for field in given:
        if field not in fields:
            raise _Broken(f"{field} is not a published field")
    for field, about in fields.items():
        if about.get("required") and field not in given:
            raise _Broken(f"{field} is required")
    made: Json = {}
    for field, value in given.items():
        try:
            made[field] = _value(value, fields[field]["types"], loose=loose)
            if not (formatted and fields[field].get("parsed")):
                _within(field, made[field], fields[field].get("limit"))
        except _Broken as broken:
            raise _Broken(f"{field}: {broken}", broken.says) from None
    return made


def _within(field: str, value: object, limit: list[object] | None) -> None:
    if limit is None:
        return
    unit, least, most = str(limit[0]), int(str(limit[1])), int(str(limit[2]))
    size = _size(value, unit)
    if size is None or least <= size <= most:
        return
    side = "below" if size < least else "above"
    raise _Broken(
        f"{size}, not {least}-{most} {unit}", _OWN_WORDS.get((field, side), "")
    )


def _size(value: object, unit: str) -> int | None:
    if isinstance(value, str) and unit in {"characters", "bytes"}:
        return len(value) if unit == "characters" else len(value.encode())
    if isinstance(value, list) and unit == "items":
        return len(value)
    return value if isinstance(value, int) and unit == "between" else None


def _value(value: object, types: list[str], *, loose: bool) -> object:
    problems = []
    for kind in types:
        try:
            return _as(value, kind, loose=loose)
        except _Broken as broken:
            problems.append(broken)
    says = next((problem.says for problem in problems if problem.says), "")
    raise _Broken(" / ".join(map(str, problems)), says)


def _as(value: object, kind: str, *, loose: bool) -> object:
    if kind in _PLAIN:
        return _plain(value, kind, loose=loose)
    if loose and isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise _Broken(f"is not the JSON of {kind}") from None
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            raise _Broken(f"is not {kind}")
        inner = kind.removeprefix("Array of ")
        return [_value(item, [inner], loose=False) for item in value]
    about = _table()["types"].get(kind)
    if not isinstance(value, dict) or about is None:
        raise _Broken(f"is not {kind}")
    if isinstance(about, list):
        return _value(value, about, loose=False)
    return _object(value, about, loose=False, formatted="parse_mode" in value)


_PLAIN = ("Integer", "Float", "Boolean", "String", "InputFile")


def _plain(value: object, kind: str, *, loose: bool) -> object:
    if loose and isinstance(value, str) and kind in {"Integer", "Float", "Boolean"}:
        value = _from_text(value)
    fits = {
        "Integer": isinstance(value, int) and not isinstance(value, bool),
        "Float": isinstance(value, int | float) and not isinstance(value, bool),
        "Boolean": isinstance(value, bool),
        "String": isinstance(value, str),
        "InputFile": isinstance(value, Upload)
        or (isinstance(value, str) and value.startswith("attach://")),
    }
    if not fits[kind]:
        raise _Broken(f"is not {kind}")
    return value


def _from_text(text: str) -> object:
    try:
        return json.loads(text.lower())
    except ValueError:
        return text
