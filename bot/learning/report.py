"""How well typed words are understood: shares with honest intervals, and the misses.

Read from messages that nothing was learnt from. Danger and "cannot speak" count
together: both are shown 999. "Missed" is whoever is shown neither help for it nor the
question.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from bot.core.danger.corpus import LABELS, read_corpus
from bot.core.danger.signs import (
    CANNOT_SPEAK,
    DANGER,
    EMERGENCIES,
    SUICIDE,
    SUICIDE_SOMEONE,
    UNCLEAR,
)
from bot.core.errors import Unreadable

_SIGNS: dict[str, str | None] = {**LABELS, "OTHER": None}
_Z = 1.96  # for intervals that hold in 95 of 100 cases
_SHOWS_999 = frozenset({DANGER, CANNOT_SPEAK})
_SUICIDES = frozenset({SUICIDE, SUICIDE_SOMEONE})
MOST_SHOWN = 10  # of the misses


@dataclass(frozen=True, slots=True)
class Judged:
    """A message to measure with. `accepted`: signs any of which is right, best first.

    `danger` and `suicide`: it tells of that, and must not be passed over. `kind` is the
    scene or the way of writing.
    """

    text: str
    accepted: tuple[str, ...]
    hard: bool
    kind: str
    danger: bool
    suicide: bool


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `total`, with Wilson's interval."""

    name: str
    hits: int
    total: int

    def __str__(self) -> str:
        """Write it as people read it: percent, from and to, and of how many."""
        if not self.total:
            return f"{self.name}: none to measure with"
        low, high = self.interval
        return (
            f"{self.name}: {100 * self.hits / self.total:.1f} %"
            f" [{100 * low:.1f} to {100 * high:.1f}]  ({self.hits} of {self.total})"
        )

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval at 95 %, from 0 to 1."""
        n, share = self.total, self.hits / self.total
        middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
        return max(0.0, middle - half), min(1.0, middle + half)


def read_judged(path: Path) -> list[Judged]:
    """Return the messages of a file: JSON lines, or a writer's file (.txt).

    A line of JSON has `text` and `intent`, and may have `also`, `tag`, `risk` ("now",
    "sui", "none") and `hard_negative`. Raises Unreadable with the line that is not so.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read ({type(error).__name__}): save it as UTF-8."
        raise Unreadable(message) from error
    if path.suffix == ".txt":
        return [
            _judged(each.text, each.signs, hard=each.hard, kind=each.kind)
            for each in read_corpus(text)
        ]
    return [
        _from_json(line, f"{path}:{number}")
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip()
    ]


def _from_json(line: str, place: str) -> Judged:
    try:
        row = json.loads(line)
        labels = [row["intent"], *row.get("also", ())]
        text = str(row["text"])
        signs = tuple(sign for label in labels if (sign := _SIGNS[label]))
    except (ValueError, KeyError, TypeError) as error:
        message = (
            f"{place} is not a message to measure with. Write one JSON object a line:"
            ' {"text": "…", "intent": "EMERGENCY_NOW"}. Intents are'
            f" {', '.join(LABELS)} and OTHER."
        )
        raise Unreadable(message) from error
    hard, kind = bool(row.get("hard_negative")), str(row.get("tag", ""))
    return _judged(text, signs, hard=hard, kind=kind, risk=row.get("risk"))


def _judged(
    text: str,
    signs: tuple[str, ...],
    *,
    hard: bool,
    kind: str,
    risk: str | None = None,
) -> Judged:
    first = signs[0] if signs else None
    return Judged(
        text,
        signs,
        hard,
        kind,
        danger=risk == "now" if risk else first in _SHOWS_999,
        suicide=risk == "sui" if risk else first in _SUICIDES,
    )


@dataclass(frozen=True, slots=True)
class Report:
    """Shares over all, by kind of scene or way of writing, and the worst misses."""

    shares: tuple[Share, ...]
    by_kind: tuple[Share, ...]
    misses: tuple[Judged, ...]


def report(judged: Sequence[Judged], first_sign: Callable[[str], str | None]) -> Report:
    """Measure. `first_sign` returns the sign that a text is answered for, or None."""
    told = [(each, first_sign(each.text)) for each in judged]
    kinds: dict[str, list[bool]] = defaultdict(list)
    for each, sign in told:
        kinds[f"{_what(each)}, {each.kind or 'plain'}"].append(_good(each, sign))
    by_kind = (Share(name, sum(good), len(good)) for name, good in kinds.items())
    missed = (each for each, sign in told if _missed(each, sign))
    return Report(
        tuple(_shares(told)), tuple(sorted(by_kind, key=_worst)), tuple(missed)
    )


def _shares(told: Sequence[tuple[Judged, str | None]]) -> Iterator[Share]:
    danger = [(each, sign) for each, sign in told if each.danger]
    suicide = [(each, sign) for each, sign in told if each.suicide]
    others = [(each, sign) for each, sign in told if _other(each)]
    answered = [pair for pair in others if pair[1] and pair[1] != UNCLEAR]
    harmless = [pair for pair in told if not pair[0].danger and not pair[0].suicide]
    hard = [sign for each, sign in told if each.hard]
    yield _share("danger missed", (_missed(*pair) for pair in danger))
    yield _share("suicide missed", (_missed(*pair) for pair in suicide))
    yield _share("danger: the 999 card at once", (_good(*pair) for pair in danger))
    yield _share("suicide: its help at once", (_good(*pair) for pair in suicide))
    yield _share(
        "hard negatives: a card that is wrong",
        (sign in _SUICIDES or sign == DANGER for sign in hard),
    )
    yield _share("harmless: asked", (sign == UNCLEAR for _, sign in harmless))
    yield _share("other signs: answered at once", (p in answered for p in others))
    yield _share("other signs: answered, and right", (_good(*p) for p in answered))


def _share(name: str, holds: Iterable[bool]) -> Share:
    held = list(holds)
    return Share(name, sum(held), len(held))


def _other(each: Judged) -> bool:
    first = each.accepted[0] if each.accepted else None
    return first is not None and first not in EMERGENCIES


def _missed(each: Judged, sign: str | None) -> bool:
    if sign == UNCLEAR:
        return False
    return (each.danger and sign not in _SHOWS_999) or (
        each.suicide and sign not in _SUICIDES
    )


def _good(each: Judged, sign: str | None) -> bool:
    if each.danger:
        return sign in _SHOWS_999
    if each.suicide:
        return sign in _SUICIDES
    return sign in each.accepted if each.accepted else sign not in EMERGENCIES


def _what(each: Judged) -> str:
    if each.danger or each.suicide:
        return "danger" if each.danger else "suicide"
    if each.accepted:
        return each.accepted[0].replace("_", " ")
    return "hard negative" if each.hard else "harmless"


def _worst(share: Share) -> tuple[float, int]:
    return share.hits / share.total, -share.total
