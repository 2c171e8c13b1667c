"""Which row each step of a picture stands in, and in which order within the row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean

from bot.core.diagram import Arrow, Diagram

Rows = list[list[str]]


def in_rows(drawn: Diagram) -> tuple[Rows, frozenset[Arrow]]:
    """Return the steps row by row from the top, and the arrows that lead back up.

    A step stands one row below the last step that leads to it. In a row, steps stand
    below those that lead to them, and the one with most ways on in the middle.
    """
    order, back = _from_the_start(drawn)
    forward = [arrow for arrow in drawn.arrows if arrow not in back]
    row_of = dict.fromkeys(order, 0)
    for step in order:
        for arrow in forward:
            if arrow.source == step:
                row_of[arrow.target] = max(row_of[arrow.target], row_of[step] + 1)
    rows: Rows = [[] for _ in range(max(row_of.values()) + 1)]
    for box in drawn.boxes:
        rows[row_of[box.id]].append(box.id)
    places: dict[str, float] = {}
    for row in rows:
        row.sort(key=lambda step: _pull(step, forward, places))
        _widest_to_the_middle(row, forward)
        places |= {step: i - (len(row) - 1) / 2 for i, step in enumerate(row)}
    return rows, frozenset(back)


def _from_the_start(drawn: Diagram) -> tuple[list[str], set[Arrow]]:
    """Return the steps, each before those it leads to, and the arrows left out for it.

    An arrow is left out where it leads to a step that led to its own.
    """
    on = {
        box.id: [arrow for arrow in drawn.arrows if arrow.source == box.id]
        for box in drawn.boxes
    }
    done: list[str] = []
    back: set[Arrow] = set()
    for first in (drawn.start, *on):
        behind: dict[str, Iterator[Arrow]] = {}
        if first not in done:
            behind[first] = iter(on[first])
        while behind:
            step = next(reversed(behind))
            arrow = next(behind[step], None)
            if arrow is None:
                done.append(step)
                del behind[step]
            elif arrow.target in behind:
                back.add(arrow)
            elif arrow.target not in done:
                behind[arrow.target] = iter(on[arrow.target])
    return done[::-1], back


def _pull(step: str, arrows: Sequence[Arrow], places: Mapping[str, float]) -> float:
    above = [places[arrow.source] for arrow in arrows if arrow.target == step]
    return fmean(above) if above else 0


def _widest_to_the_middle(row: list[str], arrows: Sequence[Arrow]) -> None:
    ways = [sum(arrow.source == step for arrow in arrows) for step in row]
    if ways.count(max(ways)) == 1:
        row.insert(len(row) // 2, row.pop(ways.index(max(ways))))
