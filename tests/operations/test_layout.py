"""A picture stays readable whatever an author writes."""

from __future__ import annotations

from itertools import combinations, pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.diagram import Arrow, Box, Diagram
from bot.core.flow import Kind
from bot.operations.picture.layout import Layout, Point, layout
from bot.operations.picture.letters import drawable, width_of, wrapped
from bot.operations.picture.shapes import POINTED, SIZE, Shape, box_shape

WORDS = st.sampled_from(
    ["", "otherwise", "I am not sure, and happened: a, b or 6 more"]
)
KINDS: list[Kind] = ["question", "notice", "outcome"]


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    """Draw any steps with any arrows between them, to themselves and back up too."""
    names = [f"step_{number}" for number in range(draw(st.integers(1, 9)))]
    ends = st.tuples(st.sampled_from(names), st.sampled_from(names))
    pairs = draw(st.lists(ends, max_size=16, unique=True))
    return Diagram(
        title="any",
        start=names[0],
        boxes=tuple(
            Box(name, draw(st.sampled_from(KINDS)), "It says this.") for name in names
        ),
        arrows=tuple(Arrow(*pair, (draw(WORDS),)) for pair in pairs),
        shelves=(),
        any_time=(),
    )


def picture(boxes: str, arrows: str) -> Diagram:
    """Return a picture from the names of its steps, and its arrows as pairs: ab ac."""
    return Diagram(
        title="any",
        start=boxes[0],
        boxes=tuple(Box(name, "notice", "It says this.") for name in boxes),
        arrows=tuple(Arrow(pair[0], pair[1], ("words",)) for pair in arrows.split()),
        shelves=(),
        any_time=(),
    )


def runs_through(piece: tuple[Point, Point], shape: Shape) -> bool:
    """Tell whether a piece of an arrow is seen inside a shape."""
    (x, y), (end_x, end_y) = piece
    return (
        max(x, end_x) > shape.x
        and min(x, end_x) < shape.x + shape.width
        and max(y, end_y) > shape.y
        and min(y, end_y) < shape.y + shape.height
    )


def overlap(one: Shape, other: Shape) -> bool:
    """Tell whether two shapes share a piece of the page."""
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def lie_on_each_other(placed: Layout) -> bool:
    """Tell whether arrows to different steps look like one, for a piece of the way."""
    pieces = [
        (line.arrow.target, piece)
        for line in placed.lines
        for piece in pairwise(line.points)
    ]
    for (target, one), (other_target, other) in combinations(pieces, 2):
        for along, across in ((0, 1), (1, 0)):
            if target != other_target and all(
                abs(point[across] - one[0][across]) < 1 for point in (one[1], *other)
            ):
                low = max(min(p[along] for p in one), min(p[along] for p in other))
                high = min(max(p[along] for p in one), max(p[along] for p in other))
                if high - low > 1:
                    return True
    return False


@given(diagrams())
def test_boxes_stand_apart(drawn: Diagram) -> None:
    """No step hides another, in any flow; and each is there."""
    placed = layout(drawn)

    assert {shape.step for shape in placed.shapes} == {box.id for box in drawn.boxes}
    for one, other in combinations(placed.shapes, 2):
        assert not overlap(one, other)


@given(diagrams())
def test_arrows_lead_from_step_to_step_and_through_none(drawn: Diagram) -> None:
    """An arrow starts below its step, ends on top of the other, and runs straight."""
    placed = layout(drawn)
    shapes = {shape.step: shape for shape in placed.shapes}

    assert {line.arrow for line in placed.lines} == set(drawn.arrows)
    for line in placed.lines:
        source, target = shapes[line.arrow.source], shapes[line.arrow.target]
        assert line.points[0][1] == source.y + source.height
        assert source.x < line.points[0][0] < source.x + source.width
        assert line.points[-1][1] == target.y
        assert target.x < line.points[-1][0] < target.x + target.width
        assert line.points[-2][1] < target.y
        for piece in pairwise(line.points):
            assert piece[0][0] == piece[1][0] or piece[0][1] == piece[1][1]
            assert not any(runs_through(piece, shape) for shape in placed.shapes)


@given(diagrams())
def test_arrows_to_different_steps_never_look_like_one(drawn: Diagram) -> None:
    """Who follows a line with a finger comes to the step it was meant for."""
    assert not lie_on_each_other(layout(drawn))


@pytest.mark.parametrize(
    ("boxes", "arrows"),
    [
        ("abcdefg", "bd ae af dg"),  # a line comes down just where another comes in
        ("abcdefg", "bc bd ae bf cg aa ac ad af cc ed"),  # many go aside, and come back
    ],
)
def test_crowded_arrows_do_not_look_like_one(boxes: str, arrows: str) -> None:
    """Two crowds that chance seldom draws, and where lines once lay on each other."""
    assert not lie_on_each_other(layout(picture(boxes, arrows)))


@pytest.mark.parametrize("order", [*permutations(["ab", "ac", "ad", "ae"])])
def test_arrows_of_one_step_leave_side_by_side(order: tuple[str, ...]) -> None:
    """Those that run aside go out in an order in which none crosses another."""
    placed = layout(picture("abcde", " ".join([*order, "bc", "cd", "de"])))
    leaving = [line for line in placed.lines if line.arrow.source == "a"]

    assert len(leaving) == len(order)
    for one, other in combinations(leaving, 2):
        assert not any(
            crosses(piece, other_piece)
            for piece in pairwise(one.points)
            for other_piece in pairwise(other.points)
        )


def crosses(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Tell whether a piece that lies and one that stands meet."""
    for (left, right), (top, low) in ((one, other), (other, one)):
        if left[1] == right[1] and top[0] == low[0]:
            across, down = sorted((left[0], right[0])), sorted((top[1], low[1]))
            if across[0] < top[0] < across[1] and down[0] < left[1] < down[1]:
                return True
    return False


@given(st.text(max_size=60), st.floats(20, 200))
def test_a_line_is_never_wider_than_its_room(text: str, room: float) -> None:
    """And no letter that can be drawn is lost on the way."""
    lines = wrapped(text, room, 8)

    assert all(width_of(line, 8) <= room or len(line) == 1 for line in lines)
    assert "".join(lines).replace(" ", "") == drawable(text).replace(" ", "")


@given(st.sampled_from(KINDS), st.text("iwW ", min_size=30, max_size=90))
def test_words_stay_between_the_sides_of_their_box(kind: Kind, says: str) -> None:
    """Not in a question's points, either, where the page shows through."""
    shape = box_shape(Box("step", kind, says, ("Somebody", "0000"), (1, 2)), 128)

    room = shape.width - 2 * POINTED * (kind == "question")
    for row in shape.rows:
        assert width_of(row.text, SIZE, bold=row.bold) <= room


def test_what_fonts_lack_is_left_out() -> None:
    """An emoji that becomes an empty square tells nobody anything."""
    assert drawable("🆘 In danger now") == "In danger now"
    assert drawable("⬅\ufe0f Back\n\x00again") == "Back again"
