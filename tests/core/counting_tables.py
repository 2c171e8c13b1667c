"""Counts that grow week by week, and all that is published of them meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from random import Random

from bot.core.counting.cell import Cell, oldest_kept, week_of
from bot.core.counting.publishing import Week, publishable, totals
from tests.attacker import Known, Name

MONDAY = datetime(2026, 9, 7, tzinfo=UTC)
WEEKS, EXPORTS = 3, 3
MEASURES = {
    "started": ("all",),
    "left": ("yes", "no"),
    "danger": ("now", "not now", "not answered"),
    "nation": ("england", "wales", "scotland", "ireland", "elsewhere"),
}
Publish = Callable[[Mapping[Cell, int], datetime], tuple[Week, ...]]


def exports(random: Random, publish: Publish = publishable) -> list[tuple[Week, ...]]:
    """Return what one charity published, while its counts grew and old ones went."""
    counts: dict[Cell, int] = {}
    keep = timedelta(days=random.choice((7, 21, 90)))
    weights = {
        (measure, value): random.random() ** random.choice((1, 4, 9))
        for measure, values in MEASURES.items()
        for value in values
    }
    moments = [random.uniform(0, WEEKS * 7 + 1) for _ in range(EXPORTS - 1)]
    batches = [random.uniform(0, WEEKS * 7) for _ in range(random.randint(1, 5))]
    told = []
    for day, is_export in sorted(
        [
            *((day, True) for day in (*moments, WEEKS * 7 + 1)),
            *((d, False) for d in batches),
        ]
    ):
        now = MONDAY + timedelta(days=day)
        oldest = oldest_kept(now, keep).isoformat()
        counts = {cell: n for cell, n in counts.items() if cell.week >= oldest}
        if is_export:
            told.append(publish(counts, now))
        else:
            _batch(random, counts, now, weights)
    return told


def _batch(
    random: Random,
    counts: dict[Cell, int],
    now: datetime,
    weights: Mapping[tuple[str, str], float],
) -> None:
    week, version = week_of(now).isoformat(), random.choice("112")
    for measure, values in MEASURES.items():
        for rank, value in enumerate(values):
            counts.setdefault(Cell(week, "f", version, measure, value, rank), 0)
    people = random.randint(10, 45)
    for measure, values in MEASURES.items():
        likely = [weights[measure, value] + 1e-6 for value in values]
        for value in random.choices(values, likely, k=people):
            rank = values.index(value)
            counts[Cell(week, "f", version, measure, value, rank)] += 1


def learn(known: Known, mark: str, told: list[tuple[Week, ...]]) -> list[Name]:
    """Tell the attacker all that was published; return what they would like to know.

    Of every measure that is shown they know all values that there can be. Sums over the
    weeks of an export are told, too.
    """
    wanted: dict[Name, None] = {}
    for weeks in told:
        for week in weeks:
            _week(known, mark, week, wanted)
        for measure in MEASURES:
            for total in totals(weeks, measure):
                names = [
                    _name(mark, week, measure, total.value)
                    for week in weeks
                    if total.value in week.measures[measure].people
                ]
                known.add(names, total.people)
    return list(wanted)


def _week(known: Known, mark: str, week: Week, wanted: dict[Name, None]) -> None:
    for measure, values in MEASURES.items():
        shown = week.measures[measure]
        names = {value: _name(mark, week, measure, value) for value in values}
        known.add(names.values(), week.people)
        for value, people in shown.people.items():
            known.add([names[value]], people)
        hidden = [name for value, name in names.items() if value not in shown.people]
        if hidden:
            known.add(hidden, shown.together)
            wanted.update(dict.fromkeys(hidden))


def _name(mark: str, week: Week, measure: str, value: str) -> Name:
    return (mark, week.week, week.version, measure, value)
