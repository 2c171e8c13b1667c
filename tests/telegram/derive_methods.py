"""Makes methods.json.gz and updates.json.gz out of Telegram's published Bot API.

The first is what a call is checked against, the second what an update may be made of.
Run it as `python -m tests.telegram.derive_methods DESCRIPTION.json` when Telegram
publishes a new version. DESCRIPTION.json holds `version`, `methods` and `types` as
the Bot API page has them: for each method and type its fields, with name, types,
whether it is required, and the sentence that describes it.
"""

import gzip
import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.telegram.json_types import Json

_LIMITS = {
    "characters": re.compile(r"(\d+)-(\d+) characters"),
    "bytes": re.compile(r"(\d+)-(\d+) bytes"),
    "items": re.compile(r"(?:list of|must include) (\d+)-(\d+)\b"),
    "between": re.compile(r"(?:[;,]|between) (\d+)-(\d+)(?=[.;]|$| are accepted)"),
}
_NAMES = re.compile(r"[A-Z]\w+")
_WORDS = re.compile(r"[“\"](\w+)[”\"]")  # what a field may say, such as "private"


def derive(published: Json) -> Json:
    """Keep of the published description what a call can be checked against."""
    methods = {name: _fields(about) for name, about in published["methods"].items()}
    types = _types(published, _named(methods.values()), _fields)
    return {"version": published["version"], "methods": methods, "types": types}


def derive_updates(published: Json) -> Json:
    """Keep of the published description all that an update can hold."""
    return _types(published, {"Update"}, _told)


def _types(published: Json, waiting: set[str], fields: Callable[[Json], Json]) -> Json:
    types: Json = {}
    while waiting:
        name = waiting.pop()
        about = published["types"].get(name)
        if about is None or name in types:
            continue
        types[name] = about.get("subtypes") or fields(about)
        waiting |= set(about.get("subtypes", [])) | _named([_fields(about)])
    return types


def _fields(about: Json) -> Json:
    return {field["name"]: _field(field) for field in about.get("fields", [])}


def _field(about: Json) -> Json:
    kept: Json = {"types": about["types"]}
    if about["required"]:
        kept["required"] = True
    for unit, pattern in _LIMITS.items():
        if found := pattern.search(about["description"]):
            kept["limit"] = [unit, int(found[1]), int(found[2])]
            break
    if re.search(r"after entit(y|ies) parsing", about["description"]):
        kept["parsed"] = True
    return kept


def _told(about: Json) -> Json:
    told: Json = {}
    for field in about.get("fields", []):
        kept = told[field["name"]] = {"types": field["types"]}
        if field["required"]:
            kept["required"] = True
        if field["types"] == ["String"]:
            kept["words"] = _WORDS.findall(field["description"])
    return told


def _named(tables: Iterable[Json]) -> set[str]:
    return set(_NAMES.findall(json.dumps(list(tables))))


def _write(name: str, derived: Json) -> None:
    packed = json.dumps(derived, sort_keys=True, separators=(",", ":"))
    # No time inside the file, so that the same description gives the same bytes.
    Path(__file__).with_name(name).write_bytes(gzip.compress(packed.encode(), mtime=0))


if __name__ == "__main__":
    description = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    _write("methods.json.gz", derive(description))
    _write("updates.json.gz", derive_updates(description))
