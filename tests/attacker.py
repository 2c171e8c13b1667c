"""Somebody who has every export that was ever made, and a solver.

For each number that was not shown they ask for the smallest and the largest that it can
be, given all that was. What is told outright is filled in first; numbers that then have
no equation in common cannot help each other, so many are asked for in one programme.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import zip_longest

import numpy as np
from scipy.optimize import linprog  # type: ignore[import-untyped]
from scipy.sparse import coo_array  # type: ignore[import-untyped]

Name = tuple[str, ...]  # what a number is of: dataset, week, version, measure, value
Bounds = Mapping[Name, tuple[int, int]]
MOST = 1e6  # people


class Known:
    """What was told: the sum of some numbers is a number."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._outright: dict[Name, int] = {}
        self._sums: list[tuple[frozenset[Name], int]] = []

    def add(self, names: Iterable[Name], people: int) -> None:
        """Note that these numbers together are so many people."""
        names = frozenset(names)
        if len(names) > 1:
            self._sums.append((names, people))
        for name in names if len(names) == 1 else ():
            assert self._outright.setdefault(name, people) == people, name

    def bounds(self, wanted: Iterable[Name]) -> Bounds:
        """Return the smallest and the largest that each wanted number can be."""
        sums = self._not_filled_in()
        heads = _heads(sums)
        groups: dict[Name, list[Name]] = defaultdict(list)
        found: dict[Name, tuple[int, int]] = {}
        for name in wanted:
            if name in self._outright:
                found[name] = (self._outright[name], self._outright[name])
            else:
                groups[heads(name)].append(name)
        for together in zip_longest(*groups.values()):
            asked = [name for name in together if name]
            low, high = _extreme(sums, asked, 1), _extreme(sums, asked, -1)
            found |= {name: (low[name], high[name]) for name in asked}
        return found

    def _not_filled_in(self) -> list[tuple[list[Name], int]]:
        """Return each sum without the numbers that were told outright."""
        told = self._outright
        return [
            (left, people - sum(told.get(name, 0) for name in names))
            for names, people in self._sums
            if (left := sorted(name for name in names if name not in told))
        ]


def _heads(sums: list[tuple[list[Name], int]]) -> Callable[[Name], Name]:
    """Return what names the group of a number: those that equations tie together."""
    above: dict[Name, Name] = {}

    def head(name: Name) -> Name:
        while (higher := above.get(name, name)) != name:
            name = higher
        return name

    for names, _ in sums:
        for name in names:
            above[head(name)] = head(names[0])
    return head


def _extreme(
    sums: list[tuple[list[Name], int]], asked: list[Name], sign: int
) -> dict[Name, int]:
    names = sorted({*asked, *(name for each, _ in sums for name in each)})
    columns = {name: column for column, name in enumerate(names)}
    cells = [(row, columns[n]) for row, (each, _) in enumerate(sums) for n in each]
    aim = np.zeros(len(names))
    aim[[columns[name] for name in asked]] = sign
    rows, places = np.array(cells).T
    table = coo_array((np.ones(len(cells)), (rows, places)), (len(sums), len(names)))
    people = np.array([people for _, people in sums], np.float64)
    answer = linprog(
        aim, A_eq=table.tocsr(), b_eq=people, bounds=(0, MOST), method="highs"
    )
    assert answer.status == 0, answer.message
    return {name: round(answer.x[columns[name]]) for name in asked}
