"""The counts as they may leave: the same rule for every table, file and page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.counting.cell import Cell, week_of
from bot.core.counting.contribution import ALL, NOTHING, ROUTE, STARTED
from bot.core.counting.suppression import FEWEST, Shown, shown_of

# The clocks of several machines differ a little: one may still write into a week that
# is over by the clock of another.
SETTLED_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Week:
    """One week of one version of a flow: how many were counted, and what they share.

    A measure is of the people of one lot; of fewer than ten, it is not here.
    """

    week: str
    flow: str
    version: str
    people: int
    measures: Mapping[str, Shown]


@dataclass(frozen=True, slots=True)
class Total:
    """A value over several weeks: the sum of what is shown, in so many of the weeks."""

    value: str
    people: int
    weeks: int


def publishable(counts: Mapping[Cell, int], now: datetime) -> tuple[Week, ...]:
    """Return what may leave of the counts, oldest first.

    Only weeks that are over: they never change, so no two exports differ in one. A week
    of fewer than ten people is left out as if there had been nobody.
    """
    current = week_of(now - SETTLED_AFTER).isoformat()
    tables: dict[tuple[str, str, str], dict[str, dict[str, int]]] = {}
    for cell, people in sorted(counts.items(), key=_in_order):
        if cell.week < current:
            table = tables.setdefault((cell.week, cell.flow, cell.version), {})
            table.setdefault(cell.measure, {})[cell.value] = people
    return tuple(
        Week(*key, people, {name: shown_of(table[name]) for name in _enough(table)})
        for key, table in tables.items()
        if (people := table.get(STARTED, {}).get(ALL, 0)) >= FEWEST
    )


def _enough(table: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Return the measures of which there are ten people or more."""
    return sorted(name for name in table if sum(table[name].values()) >= FEWEST)


def _in_order(item: tuple[Cell, int]) -> tuple[str | int, ...]:
    cell = item[0]
    return (*cell[:4], cell.rank, cell.value)


def totals(weeks: Iterable[Week], measure: str) -> tuple[Total, ...]:
    """Return each value of a measure over all weeks, the largest first.

    Only what is shown is added up: a week in which a value is hidden adds nothing.
    """
    people: dict[str, int] = {}
    shown_in: dict[str, int] = {}
    for week in weeks:
        if measure in week.measures:
            for value, number in week.measures[measure].people.items():
                people[value] = people.get(value, 0) + number
                shown_in[value] = shown_in.get(value, 0) + 1
    ordered = sorted(people, key=lambda value: (-people[value], value))
    return tuple(Total(value, people[value], shown_in[value]) for value in ordered)


def everyone(weeks: Iterable[Week], measure: str) -> int:
    """Return how many people a measure is of, all weeks together."""
    shown = (week.measures.get(measure) for week in weeks)
    return sum(each.everyone for each in shown if each)


def together(weeks: Iterable[Week], measure: str) -> int:
    """Return how many people of a measure are hidden, all weeks together."""
    shown = (week.measures.get(measure) for week in weeks)
    return sum(each.together for each in shown if each)


def shown_a_route(weeks: Iterable[Week]) -> int:
    """Return how many people were shown a route, at least: as far as it is shown."""
    return sum(total.people for total in totals(weeks, ROUTE) if total.value != NOTHING)
