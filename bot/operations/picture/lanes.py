"""Where arrows run that cannot go straight: in lanes beside the rows, between rows.

Arrows that lead to one step share a lane. Between two rows, lines that go to a lane run
above those that come from one, so that no two lie on each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from statistics import fmean

from bot.core.diagram import Arrow
from bot.operations.picture.shapes import Shape

LANE = 8.0  # from one lane to the next, at least

Net = tuple[str, bool]  # arrows that join: the step they lead to, and whether back up
Track = tuple[int, str, bool | None]  # the gap; where to: a lane (back?), or the step


@dataclass(slots=True)
class Plan:
    """What is known while a layout is made, from left to right and then downwards."""

    rows: list[list[Shape]]
    row_of: Mapping[str, int]
    arrows: tuple[Arrow, ...]
    back: frozenset[Arrow]
    lanes: dict[Net, float] = field(default_factory=dict)
    ports: dict[Arrow, float] = field(default_factory=dict)
    words: dict[Arrow, tuple[str, ...]] = field(default_factory=dict)
    entries: dict[str, float] = field(default_factory=dict)

    def is_near(self, arrow: Arrow) -> bool:
        """Tell whether it leads to the row below, and needs no lane."""
        return self.row_of[arrow.target] == self.row_of[arrow.source] + 1

    def aim(self, arrow: Arrow) -> float:
        """Return where it goes first: its lane, or the step."""
        if self.is_near(arrow):
            return self.shape(arrow.target).centre
        return self.lanes[arrow.target, arrow in self.back]

    def shape(self, step: str) -> Shape:
        """Return the shape of a step."""
        row = self.rows[self.row_of[step]]
        return next(shape for shape in row if shape.step == step)


def lay_lanes(plan: Plan) -> None:
    """Give each net that passes rows a lane beside them; the shortest runs inside."""
    nets: dict[Net, list[Arrow]] = defaultdict(list)
    for arrow in plan.arrows:
        if not plan.is_near(arrow):
            nets[arrow.target, arrow in plan.back].append(arrow)
    spans = {net: _span(plan, net, arrows) for net, arrows in nets.items()}
    for net in sorted(nets, key=lambda each: len(spans[each])):
        middle = fmean(plan.shape(arrow.source).centre for arrow in nets[net])
        side = 1 if middle > 1 or (middle > -1 and net[1]) else -1
        edge = max(
            abs(shape.centre) + shape.width / 2
            for gap in spans[net][:-1]
            for shape in plan.rows[gap]
            if shape.centre * side >= 0 or shape.x < 0 < shape.x + shape.width
        )
        x = side * (edge + 1.5 * LANE)
        while any(
            abs(lane - x) < LANE and set(spans[net]) & set(spans[other])
            for other, lane in plan.lanes.items()
        ):
            x += side * LANE
        plan.lanes[net] = x


def _span(plan: Plan, net: Net, arrows: Iterable[Arrow]) -> range:
    """Return the gaps that a lane joins. A gap has the number of the row below it."""
    ends = [plan.row_of[net[0]], *(plan.row_of[arrow.source] + 1 for arrow in arrows)]
    return range(min(ends), max(ends) + 1)


def tracks(plan: Plan) -> dict[Track, int]:
    """Return how far down in its gap each line between two rows runs."""
    spans: dict[Track, list[float]] = defaultdict(list)
    for arrow in plan.arrows:
        enters: Track = (plan.row_of[arrow.target], arrow.target, None)
        spans[enters] += [plan.entries[arrow.target]]
        if plan.is_near(arrow):
            spans[enters] += [plan.ports[arrow]]
        else:
            back = arrow in plan.back
            lane = plan.lanes[arrow.target, back]
            spans[enters] += [lane]
            spans[plan.row_of[arrow.source] + 1, arrow.target, back] += [
                lane,
                plan.ports[arrow],
            ]
    return dict(_packed(spans))


def _packed(spans: Mapping[Track, list[float]]) -> Iterator[tuple[Track, int]]:
    for gap in {track[0] for track in spans}:
        first = 0
        for is_entry in (False, True):
            taken: list[list[tuple[float, float]]] = []
            mine = [t for t in spans if t[0] == gap and (t[2] is None) == is_entry]
            for track in sorted(mine, key=lambda each: _turn(spans[each])):
                low, high = min(spans[track]), max(spans[track])
                place = next(
                    (i for i, row in enumerate(taken) if _is_free(row, low, high)),
                    len(taken),
                )
                if place == len(taken):
                    taken.append([])
                taken[place].append((low, high))
                yield track, first + place
            first += len(taken)


def _is_free(row: Iterable[tuple[float, float]], low: float, high: float) -> bool:
    return all(high + LANE < other[0] or other[1] + LANE < low for other in row)


def _turn(xs: list[float]) -> tuple[bool, float]:
    """Order lines, given where they go, so that those turning one way do not cross."""
    goes_to, start = xs[0], fmean(xs)
    return start < goes_to, start if goes_to < start else -start
