"""Updates of every kind that Telegram's published table knows, and broken ones.

updates.json.gz is derived by derive_methods.py. An update is made from a seed,
so that the same seed gives the same update.
"""

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from tests.telegram.json_types import Json

SURROGATE, ISOLATES = "\ud83d", "\u202e\u2067\u2069\u200f"
TEXTS = (
    *("", " ", "yes", "no", "999", "/start", "/start q9", "/exit", "/999", "/back"),
    *("/help@notes_bot", "/start@OtherBot", "/", "exit", "help", "he is outside"),
    *("\x00\x1b[2J\r\n", "🆘" * 4096, "a" * 300, "\u0336" * 400, ISOLATES * 20),
    *(f"no{SURROGATE}", f"{ISOLATES}999", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "١٢٣", "{police_999}"),
    *("1:welcome:danger", "<b>&amp;", "%s %d {0}", "'; DROP TABLE", "../../etc"),
)
_NUMBERS = (0, 1, -1, 7, 2**31, -(2**31), 2**53, 10**18)
_DATES = (0, 1, 1_700_000_000, 1_800_000_000, 2**31 - 1)
_WRONG: tuple[object, ...] = (
    None,
    True,
    -1,
    10**40,
    1.5,
    "",
    "private",
    [],
    {},
    [[]],
    SURROGATE,
)
_DEEPEST = 4  # objects within objects; below that only what is required
_LARGEST = 3  # optional fields of an object


@cache
def _table() -> Json:
    packed = Path(__file__).with_name("updates.json.gz").read_bytes()
    table: Json = json.loads(gzip.decompress(packed))
    return table


@cache
def kinds() -> tuple[str, ...]:
    """Give the name of every kind of update."""
    return tuple(sorted(set(_table()["Update"]) - {"update_id"}))


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes updates about some chats and accounts, with some words in them."""

    chance: Random
    chats: Sequence[Json]
    users: Sequence[Json]
    words: str

    def update(self, kind: str) -> Json:
        """Make an update of a kind, whole as Telegram would send it."""
        (name,) = _table()["Update"][kind]["types"]
        return {kind: self._object(name, 0)}

    def broken(self, update: Json) -> Json:
        """Break an update somewhere: a value of another kind, or none at all."""
        whole = json.loads(json.dumps(update))
        *way, last = self.chance.choice(list(_ways(whole)))
        place = whole
        for step in way:
            place = place[step]
        if self.chance.random() < 0.3:
            del place[last]
        else:
            place[last] = self.chance.choice(_WRONG)
        return dict(whole)

    def _object(self, name: str, depth: int) -> object:
        about = _table()[name]
        if isinstance(about, list):
            return self._value(self.chance.choice(about), "", (), depth)
        if name in {"Chat", "User"}:
            return dict(
                self.chance.choice(self.chats if name == "Chat" else self.users)
            )
        needed = [field for field in about if about[field].get("required")]
        others = sorted(about.keys() - set(needed))
        more = 0 if depth > _DEEPEST else self.chance.randint(0, _LARGEST)
        chosen = [*needed, *self.chance.sample(others, min(more, len(others)))]
        return {
            field: self._value(
                self.chance.choice(about[field]["types"]),
                field,
                about[field].get("words", ()),
                depth + 1,
            )
            for field in chosen
        }

    def _value(self, kind: str, field: str, words: Sequence[str], depth: int) -> object:
        if kind.startswith("Array of "):
            inner = kind.removeprefix("Array of ")
            many = 0 if depth > _DEEPEST else self.chance.randint(0, 2)
            return [self._value(inner, field, words, depth) for _ in range(many)]
        if kind == "Integer":
            return self.chance.choice(_DATES if "date" in field else _NUMBERS)
        if kind == "Float":
            return self.chance.choice((0.0, -51.5, 1e300))
        if kind in {"Boolean", "True"}:
            return self.chance.random() < 0.5 or kind == "True"
        if kind == "String":
            return self._text(words)
        return self._object(kind, depth)

    def _text(self, words: Sequence[str]) -> str:
        if words and self.chance.random() < 0.9:
            return self.chance.choice(words)
        return self.chance.choice((*TEXTS, self.words, f"{self.words} is outside"))


def _ways(
    value: object, way: tuple[str | int, ...] = ()
) -> list[tuple[str | int, ...]]:
    inner: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    ways = [(*way, key) for key, _ in inner]
    return ways + [each for key, child in inner for each in _ways(child, (*way, key))]
