"""Everything that was ever published, against somebody who solves for what was not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from random import Random

import pytest

from bot.core.counting.cell import Cell
from bot.core.counting.publishing import Week, publishable
from bot.core.counting.suppression import FEWEST, Shown, shown_of
from tests.attacker import Known, Name
from tests.core.counting_tables import Publish, exports, learn
from tests.effort import cases

DATASETS = cases(2000)
AT_ONCE = 500  # datasets in one linear programme


def attacked(
    datasets: int, publish: Publish = publishable
) -> dict[Name, tuple[int, int]]:
    """Return the bounds that an attacker finds for each number that was not shown."""
    found: dict[Name, tuple[int, int]] = {}
    for first in range(0, datasets, AT_ONCE):
        known = Known()
        wanted = [
            name
            for seed in range(first, min(first + AT_ONCE, datasets))
            for name in learn(known, str(seed), exports(Random(seed), publish))
        ]
        found |= known.bounds(wanted)
    return found


def leaks(found: Mapping[Name, tuple[int, int]]) -> list[Name]:
    """Return the numbers of which more is known than that they may be anything."""
    return [name for name, (low, high) in found.items() if low > 0 or high < FEWEST]


@pytest.mark.slow
def test_b32_nobody_can_work_out_a_small_number() -> None:
    """With every export, every total and every week, nobody and ten are as likely."""
    found = attacked(DATASETS)

    assert len(found) > DATASETS  # there is much that was hidden
    assert leaks(found) == []


def only_small_ones_hidden(
    counts: Mapping[Cell, int], now: datetime
) -> tuple[Week, ...]:
    """Publish as is often done: the small numbers are left out, and nothing else."""
    return tuple(
        replace(week, measures=_all_but_small(counts, week))
        for week in publishable(counts, now)
    )


def _all_but_small(counts: Mapping[Cell, int], week: Week) -> dict[str, Shown]:
    measures: dict[str, dict[str, int]] = defaultdict(dict)
    for cell, people in counts.items():
        if (cell.week, cell.version) == (week.week, week.version):
            measures[cell.measure][cell.value] = people
    return {
        name: Shown(
            {value: n for value, n in people.items() if n >= FEWEST},
            sum(n < FEWEST for n in people.values()),
            sum(n for n in people.values() if n < FEWEST),
        )
        for name, people in measures.items()
    }


def hidden_anew_each_time(
    counts: Mapping[Cell, int], now: datetime
) -> tuple[Week, ...]:
    """Hide enough in each export, but not the same as in the one before."""
    chance = Random(now.isoformat())
    mixed = {
        cell._replace(rank=chance.randrange(1000)): n for cell, n in counts.items()
    }
    return publishable(mixed, now)


def week_in_progress(counts: Mapping[Cell, int], now: datetime) -> tuple[Week, ...]:
    """Publish weeks while they still grow."""
    return publishable(counts, now + timedelta(days=7, hours=2))


@pytest.mark.parametrize("publish", [only_small_ones_hidden, hidden_anew_each_time])
def test_the_attacker_finds_what_is_badly_hidden(publish: Publish) -> None:
    """An attacker who finds nothing anywhere would prove nothing."""
    assert leaks(attacked(50, publish))


def test_a_week_that_still_grows_would_tell() -> None:
    """Two exports of one week differ by the few people who came between them."""
    assert any(_changes(exports(Random(seed), week_in_progress)) for seed in range(60))
    assert not any(_changes(exports(Random(seed))) for seed in range(60))


def _changes(told: list[tuple[Week, ...]]) -> bool:
    """Tell whether a week is not the same in every export that has it."""
    versions = {repr(week): (week.week, week.version) for each in told for week in each}
    return len(versions) != len(set(versions.values()))


@pytest.mark.parametrize(("values", "most"), [("ab", 45), ("abc", 32), ("abcd", 20)])
def test_knowing_how_it_is_done_does_not_help(values: str, most: int) -> None:
    """Whoever tries every table that may be behind what is shown has ten left."""
    assert fewest_left(values, most, shown_of) >= FEWEST


def test_knowing_that_the_smallest_are_hidden_first_would_help() -> None:
    """The same attacker finds what a rule of that kind gives away."""

    def smallest_first(people: Mapping[str, int]) -> Shown:
        return shown_of(
            {v: people[v] for v in sorted(people, key=lambda v: -people[v])}
        )

    assert fewest_left("abc", 32, smallest_first) < FEWEST


def fewest_left(
    values: str, most: int, publish: Callable[[Mapping[str, int]], Shown]
) -> int:
    """Return how few numbers are left for a hidden value, of all tables tried."""
    behind: dict[str, list[dict[str, int]]] = defaultdict(list)
    for people in product(range(most + 1), repeat=len(values)):
        table = dict(zip(values, people, strict=True))
        if sum(people) >= FEWEST:
            shown = publish(table)
            if shown.together <= most:  # else some tables behind it were not tried
                told = sorted(shown.people.items()), shown.together
                behind[repr(told)].append(table)
    return min(
        len({table[value] for table in tables})
        for tables in behind.values()
        for value in set(values) - publish(tables[0]).people.keys()
    )
