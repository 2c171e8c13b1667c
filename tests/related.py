"""Somebody who knows which values go together, and has all that is published.

A kind of person is one value of every measure. Which kinds there can be is known: it
follows from the conversation, which anyone can read. What is asked for is the smallest
and the largest that a hidden number can be, over all ways in which people of these
kinds can make up the shown ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from random import Random

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog  # type: ignore[import-untyped]

from bot.core.counting.suppression import FEWEST, Shown, shown_of
from tests.effort import cases

DATASETS = cases(30, cost=20)
VALUES = (4, 4, 5)  # of each measure, such as nation, route and last step
MOST_LIKELY = 6.0

Kind = tuple[int, ...]
Row = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Published:
    """What is shown of some people: measures by their number, and how many they are."""

    kinds: Sequence[Kind]
    measures: dict[int, Shown]
    people: int


def _world(random: Random) -> tuple[list[Kind], list[Kind]]:
    """Return which kinds there can be, and a week of people of these kinds."""
    everyone = list(product(*map(range, VALUES)))
    # Each value of the second and third measure goes with some of the first only.
    fits = {
        (measure, value): set(random.sample(range(VALUES[0]), random.randint(1, 4)))
        for measure in (1, 2)
        for value in range(VALUES[measure])
    }
    kinds = [k for k in everyone if all(k[0] in fits[m, k[m]] for m in (1, 2))]
    if {kind[0] for kind in kinds} != set(range(VALUES[0])):
        return _world(random)  # a value that nobody can have is no value of a measure
    likely = [random.random() ** MOST_LIKELY for _ in kinds]
    return kinds, random.choices(kinds, likely, k=random.randint(60, 300))


def _published(
    kinds: Sequence[Kind], people: Sequence[Kind], measures: Sequence[int]
) -> Published:
    tables = {}
    for measure in measures:
        counts = Counter(person[measure] for person in people)
        table = {str(v): counts[v] for v in range(VALUES[measure])}
        if len(people) >= FEWEST:
            tables[measure] = shown_of(table)
    return Published(kinds, tables, len(people))


def together(random: Random) -> list[Published]:
    """Publish as if everyone were counted in every measure."""
    kinds, people = _world(random)
    return [_published(kinds, people, range(len(VALUES)))]


def one_by_one(random: Random) -> list[Published]:
    """Publish as it is done: each person is counted in one lot."""
    kinds, people = _world(random)
    chosen = [drawn(random, len(VALUES)) for _ in people]
    return [
        _published(
            kinds, [p for p, c in zip(people, chosen, strict=True) if c == m], [m]
        )
        for m in range(len(VALUES))
    ]


def drawn(random: Random, lots: int) -> int:
    """Draw a lot."""
    return random.randrange(lots)


def bounds(published: Sequence[Published]) -> list[tuple[int, int]]:
    """Return the least and the most of every number that was hidden."""
    return [each for told in published for each in _bounds_of(told)]


def _bounds_of(told: Published) -> list[tuple[int, int]]:
    rows, sums = [np.ones(len(told.kinds))], [told.people]
    for measure, shown in told.measures.items():
        for name, people in shown.people.items():
            rows.append(_having(told, measure, int(name)))
            sums.append(people)
    found = []
    for measure, shown in told.measures.items():
        for value in range(VALUES[measure]):
            aim = _having(told, measure, value)
            # What nobody can have is known without any number.
            if str(value) not in shown.people and aim.any():
                least, most = _least(aim, rows, sums), _least(-aim, rows, sums)
                found.append((least, -most))
    return found


def _having(told: Published, measure: int, value: int) -> Row:
    return np.array([float(kind[measure] == value) for kind in told.kinds])


def _least(aim: Row, rows: list[Row], sums: list[int]) -> int:
    table = np.array(rows)
    answer = linprog(aim, A_eq=table, b_eq=sums, bounds=(0, None), method="highs")
    assert answer.status == 0, answer.message
    least: float = answer.fun
    return round(least)
