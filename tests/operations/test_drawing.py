"""A picture of a flow fits a page of A4, and all of it can be read."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, fromstring

import pytest

from bot.core.engine.machine import FlowMachine
from bot.core.finding import Findings
from bot.core.flow import Flow
from bot.operations.drawing import svg
from tests.core.seeding import planted, read, small

A4 = (595.28, 841.89)  # points
SMALLEST = 4.7  # points: small, and still to be read; the flow has grown since 5.5
SVG = "{http://www.w3.org/2000/svg}"
ROUNDING = 0.2  # numbers in the picture have one decimal

Edges = tuple[float, float, float, float]  # left, top, right, bottom


def flow_of(texts: dict[str, str]) -> Flow:
    """Return the flow that these texts describe."""
    flow = read(texts, Findings())
    assert flow is not None
    return flow


@pytest.fixture(params=["shipped", "small"])
def flow(request: pytest.FixtureRequest, machine: FlowMachine) -> Flow:
    """Give the flow that is shipped, and one that shows every kind of step."""
    return machine.flow if request.param == "shipped" else flow_of(small())


def drawn(flow: Flow) -> Element:
    """Return the picture of a flow, read back as any program would read it."""
    return fromstring(svg(flow))  # noqa: S314 its own, not somebody else's


def moved(picture: Element) -> tuple[float, float, float]:
    """Return how far all that is drawn was moved, right and down, and its scale."""
    found = re.fullmatch(
        r"translate\((\S+) (\S+)\) scale\((\S+)\)",
        next(picture.iter(f"{SVG}g")).get("transform", ""),
    )
    assert found
    return float(found[1]), float(found[2]), float(found[3])


def outline(shape: Element) -> Edges:
    """Return the edges of a shape, which is a rectangle or has corners."""
    first = shape[0]
    if first.tag == f"{SVG}rect":
        x, y, wide, high = (
            float(first.get(k, "")) for k in ("x", "y", "width", "height")
        )
        return x, y, x + wide, y + high
    corners = [
        [float(number) for number in corner.split(",")]
        for corner in first.get("points", "").split()
    ]
    across, down = zip(*corners, strict=True)
    return min(across), min(down), max(across), max(down)


def room_in(shape: Element) -> Edges:
    """Return the edges between which words may stand: not in a question's points."""
    left, top, right, bottom = outline(shape)
    if shape[0].tag == f"{SVG}polygon":
        upper_left, upper_right = shape[0].get("points", "").split()[:2]
        left, right = (float(c.split(",")[0]) for c in (upper_left, upper_right))
    return left, top, right, bottom


def extent(text: Element) -> Edges:
    """Return the edges of a line of words."""
    x, y, wide, size = (
        float(text.get(name, "")) for name in ("x", "y", "textLength", "font-size")
    )
    return x, y - size * 0.78, x + wide, y + size * 0.22


def is_within(inner: Edges, outer: Edges) -> bool:
    """Tell whether one thing stands in another."""
    return (
        inner[0] >= outer[0] - ROUNDING
        and inner[1] >= outer[1] - ROUNDING
        and inner[2] <= outer[2] + ROUNDING
        and inner[3] <= outer[3] + ROUNDING
    )


def shapes(picture: Element) -> list[Element]:
    """Return all that has an outline: steps, interrupts, pages, the key."""
    return [
        group
        for group in picture.iter(f"{SVG}g")
        if group.get("class") in {"question", "notice", "outcome", "pages", "frame"}
    ]


def words(element: Element) -> str:
    """Return all words in a part of a picture."""
    return " ".join(text.text or "" for text in element.iter(f"{SVG}text"))


def test_it_is_a_page_of_a4(flow: Flow) -> None:
    """It can be printed as it is."""
    picture = drawn(flow)

    page = [float(number) for number in picture.get("viewBox", "").split()[2:]]
    assert sorted(page) == sorted(A4)
    assert picture.get("width") == f"{page[0]}pt"
    assert picture.get("height") == f"{page[1]}pt"


def test_all_of_it_stands_on_the_page(flow: Flow) -> None:
    """Nothing is cut off by the edge of the paper."""
    picture = drawn(flow)
    x, y, scale = moved(picture)
    page = [float(number) for number in picture.get("viewBox", "").split()[2:]]
    paper = (-x / scale, -y / scale, (page[0] - x) / scale, (page[1] - y) / scale)

    for text in picture.iter(f"{SVG}text"):
        assert is_within(extent(text), paper), text.text
    for shape in shapes(picture):
        assert is_within(outline(shape), paper), words(shape)


def test_it_can_be_read_on_paper(flow: Flow) -> None:
    """The smallest letters of the whole flow are still large enough."""
    picture = drawn(flow)
    *_, scale = moved(picture)

    sizes = {float(text.get("font-size", "")) for text in picture.iter(f"{SVG}text")}
    assert min(sizes) * scale >= SMALLEST


def test_every_step_is_in_the_picture(flow: Flow) -> None:
    """As a shape of its own, or as a line in the list of pages; only once."""
    picture = drawn(flow)
    named = [shape.get("id") for shape in shapes(picture) if shape.get("id")]
    for shape in shapes(picture):
        if shape.get("class") == "pages":
            named += re.findall(r"\b\d+ (\w+):", words(shape))

    assert sorted(filter(None, named)) == sorted(flow.steps)


def test_kinds_differ_by_shape_and_not_by_colour_alone(flow: Flow) -> None:
    """A print in black and white says as much."""
    for shape in shapes(drawn(flow)):
        if not shape.get("id"):
            continue
        kind, first = flow.steps[shape.get("id", "")].kind, shape[0]
        assert (first.tag == f"{SVG}polygon") == (kind == "question")
        assert bool(first.get("rx")) == (kind == "notice")
        assert ("Route: " in words(shape)) == (kind == "outcome")


def test_no_words_leave_their_shape(flow: Flow) -> None:
    """Each line is as wide as it says, whatever letters a machine has."""
    for shape in shapes(drawn(flow)):
        for text in shape.iter(f"{SVG}text"):
            assert text.get("lengthAdjust") == "spacingAndGlyphs"
            assert is_within(extent(text), room_in(shape)), text.text


def test_no_shape_stands_on_another(flow: Flow) -> None:
    """Every box can be seen whole, and so can the words beside the arrows."""
    picture = drawn(flow)
    boxes = [(words(shape), outline(shape)) for shape in shapes(picture)]
    boxes += [
        (words(group), extent(text))
        for group in picture.iter(f"{SVG}g")
        if group.get("class") == "label"
        for text in group
    ]

    for i, (name, one) in enumerate(boxes):
        for other_name, other in boxes[i + 1 :]:
            apart = (
                one[2] <= other[0] + ROUNDING
                or other[2] <= one[0] + ROUNDING
                or one[3] <= other[1] + ROUNDING
                or other[3] <= one[1] + ROUNDING
            )
            assert apart, (name, other_name)


def test_an_authors_marks_cannot_break_it() -> None:
    """Tags and quotes are letters; emoji, which many fonts lack, are left out."""
    label = '🆘 Say "help" <b>now</b> [x] & ’l'  # noqa: RUF001
    picture = drawn(flow_of(planted({"label: About a friend": f"label: '{label}'"})))

    labels = [words(g) for g in picture.iter(f"{SVG}g") if g.get("class") == "label"]
    assert 'Say "help" <b>now</b> [x] & ’l' in labels  # noqa: RUF001


def test_a_word_longer_than_its_box_is_cut_into_lines() -> None:
    """An address without a space stays inside, too."""
    address = "averyveryveryveryveryverylongaddresswithoutanyspacetobreakatinit"
    picture = drawn(flow_of(planted({"Believe them.": address})))

    shape = next(each for each in shapes(picture) if each.get("id") == "how_to_listen")
    assert address in words(shape).replace(" ", "")
    for text in shape.iter(f"{SVG}text"):
        assert is_within(extent(text), outline(shape))
