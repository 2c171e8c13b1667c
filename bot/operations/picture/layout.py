"""Where the boxes and arrows of a flow stand: rows from the top, arrows around them.

An arrow to the next row runs straight to it; any other runs along the side of the rows
in between, in a lane. Arrows to one step join.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.diagram import Arrow, Box, Diagram
from bot.operations.picture.lanes import Plan, Track, lay_lanes, tracks
from bot.operations.picture.letters import LINE, wrapped
from bot.operations.picture.rows import in_rows
from bot.operations.picture.shapes import POINTED, SIZE, Shape, box_shape

NARROW = 160.0  # the width of a box with one way on, or none
SLOTS = (
    66.0,
    86.0,
    118.0,
)  # room for the words of a way: the first in which few lines do
FEW = 3
BETWEEN = 14.0  # two boxes of a row
TRACK = 6.5  # from one line between two rows to the next
HEAD = 10.0  # the last piece of an arrow, with its head
PORT = 6.0  # from the left of a way's room to its line
ASIDE = 3.0  # from a line to the words beside it
NEAR = 20.0  # to the middle of a box, for an arrow that comes straight down
APART = 5.0  # two lines that are nearer than that look like one

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """The words of an arrow; x and y are the top left of the first line."""

    x: float
    y: float
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """The way of an arrow over the page, corner by corner. `back`: it leads up."""

    arrow: Arrow
    points: tuple[Point, ...]
    back: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything in its place, in points; the middle of each row is at x = 0."""

    shapes: tuple[Shape, ...]
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]


def layout(drawn: Diagram) -> Layout:
    """Return the steps of a flow in rows, and the arrows between them."""
    rows, back = in_rows(drawn)
    boxes = {box.id: box for box in drawn.boxes}
    exits = {name: [a for a in drawn.arrows if a.source == name] for name in boxes}
    plan = Plan(
        [_in_a_row([_sized(boxes[name], exits[name]) for name in row]) for row in rows],
        {name: place for place, row in enumerate(rows) for name in row},
        drawn.arrows,
        back,
    )
    lay_lanes(plan)
    for name, arrows in exits.items():
        _set_ports(plan, plan.shape(name), arrows)
    _set_entries(plan)
    return _downwards(plan)


def _slot(arrow: Arrow) -> float:
    lines = {slot: len(_label(arrow, slot)) for slot in SLOTS}
    return next((slot for slot in SLOTS if lines[slot] <= FEW), SLOTS[-1])


def _label(arrow: Arrow, slot: float) -> tuple[str, ...]:
    return wrapped(", or: ".join(arrow.labels), slot - PORT - 2 * ASIDE, SIZE)


def _sized(box: Box, exits: list[Arrow]) -> Shape:
    slots = sum(map(_slot, exits)) + 2 * POINTED
    if len(exits) == 1:
        slots = 2 * _slot(exits[0])  # its line leaves in the middle
    return box_shape(box, max(NARROW, slots))


def _in_a_row(shapes: list[Shape]) -> list[Shape]:
    x = -(sum(shape.width + BETWEEN for shape in shapes) - BETWEEN) / 2
    placed = []
    for shape in shapes:
        placed.append(shape.at(x, 0))
        x += shape.width + BETWEEN
    return placed


def _set_ports(plan: Plan, shape: Shape, exits: list[Arrow]) -> None:
    x = shape.centre - PORT if len(exits) == 1 else shape.x + POINTED
    spare = shape.width - 2 * POINTED - sum(map(_slot, exits))
    for arrow in sorted(exits, key=plan.aim):
        plan.ports[arrow] = x + PORT
        plan.words[arrow] = _label(arrow, _slot(arrow))
        x += _slot(arrow) + spare / len(exits)


def _set_entries(plan: Plan) -> None:
    """Let arrows in near the middle, straight down where one comes from there."""
    for step, row in plan.row_of.items():
        middle = plan.shape(step).centre
        x = min(
            (
                plan.ports[a]
                for a in plan.arrows
                if a.target == step and plan.is_near(a)
            ),
            key=lambda port: abs(port - middle),
            default=middle,
        )
        if abs(x - middle) > NEAR:
            x = middle
        others = [
            port
            for arrow, port in plan.ports.items()
            if plan.row_of[arrow.source] == row - 1 and arrow.target != step
        ]
        while any(abs(port - x) < APART for port in others):
            x += 2 * APART
        plan.entries[step] = x


def _downwards(plan: Plan) -> Layout:
    places = tracks(plan)
    y = 0.0
    track_y: dict[Track, float] = {}
    top_of: dict[int, float] = {}
    labels: list[Label] = []
    for gap in range(len(plan.rows) + 1):
        leaving = [a for a in plan.arrows if plan.row_of[a.source] == gap - 1]
        labels += [
            Label(plan.ports[a] + ASIDE, y + ASIDE, plan.words[a]) for a in leaving
        ]
        y += max((len(plan.words[a]) for a in leaving), default=0) * SIZE * LINE
        here = {track: place for track, place in places.items() if track[0] == gap}
        for track, place in here.items():
            track_y[track] = y + ASIDE + (place + 0.5) * TRACK
        y += ASIDE + (max(here.values(), default=0) + 1) * TRACK + HEAD
        top_of[gap] = y
        if gap < len(plan.rows):
            y += max(shape.height for shape in plan.rows[gap])
    shapes = {
        shape.step: shape.at(shape.x, top_of[gap])
        for gap, row in enumerate(plan.rows)
        for shape in row
    }
    return Layout(
        tuple(shapes.values()),
        tuple(_line(plan, arrow, shapes, track_y) for arrow in plan.arrows),
        tuple(labels),
    )


def _line(
    plan: Plan,
    arrow: Arrow,
    shapes: Mapping[str, Shape],
    track_y: Mapping[Track, float],
) -> Line:
    source, target = shapes[arrow.source], shapes[arrow.target]
    back = arrow in plan.back
    port, entry = plan.ports[arrow], plan.entries[arrow.target]
    last = track_y[plan.row_of[arrow.target], arrow.target, None]
    points = [(port, source.y + source.height)]
    if not plan.is_near(arrow):
        lane = plan.lanes[arrow.target, back]
        first = track_y[plan.row_of[arrow.source] + 1, arrow.target, back]
        points += [(port, first), (lane, first), (lane, last)]
    elif port != entry:
        points += [(port, last)]
    points += [(entry, last)] * (len(points) > 1) + [(entry, target.y)]
    return Line(arrow, tuple(points), back)
