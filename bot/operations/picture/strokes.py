"""Shapes, words and arrows as elements of SVG."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from bot.operations.picture.layout import HEAD, Label, Line, Point
from bot.operations.picture.letters import LINE, width_of
from bot.operations.picture.shapes import PAD, POINTED, SIZE, Look, Row, Shape

INK, PALE, DARK, GREY = "#111111", "#ffffff", "#1f3a2b", "#7d7d7d"
CORNER = 4.0  # the radius at which an arrow turns
_FILL: dict[Look, str] = {
    "question": "#ffffff",
    "notice": "#e8eff7",
    "outcome": "#e2f0e2",
    "pages": "#e8eff7",
    "frame": "#ffffff",
}
_UP = 0.78  # from the top of a line of words to where its letters stand, in sizes


def draw_shape(within: Element, shape: Shape) -> None:
    """Draw a shape with its words, all of them inside it."""
    place = SubElement(within, "g", {"class": shape.look})
    if shape.step:
        place.set("id", shape.step)
    if shape.look in _FILL:
        _outline(place, shape)
    y = shape.y + shape.pad
    for row in shape.rows:
        if row.dark:
            _band(place, shape, y)
        draw_words(place, _start_of(shape, row), y, row)
        y += SIZE * LINE


def draw_words(
    within: Element, x: float, y: float, row: Row, size: float = SIZE
) -> None:
    """Draw a line of words from its top left, as wide as it was measured."""
    words = SubElement(
        within,
        "text",
        {
            "x": f"{x:.1f}",
            "y": f"{y + size * (LINE - 1) / 2 + size * _UP:.1f}",
            "font-size": f"{size:g}",
            "fill": PALE if row.dark else INK,
            # A machine with other letters squeezes them, and they stay in their box.
            "textLength": f"{width_of(row.text, size, bold=row.bold):.1f}",
            "lengthAdjust": "spacingAndGlyphs",
            "stroke": "none",
        },
    )
    if row.bold:
        words.set("font-weight", "bold")
    words.text = row.text


def draw_label(within: Element, label: Label) -> None:
    """Draw the words of an arrow."""
    place = SubElement(within, "g", {"class": "label"})
    for number, text in enumerate(label.rows):
        draw_words(place, label.x, label.y + number * SIZE * LINE, Row(text))


def draw_lines(within: Element, lines: Iterable[Line]) -> None:
    """Draw arrows. Those to one step join; one that crosses others passes over them."""
    nets: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        nets[line.arrow.target].append(line)
    for step, net in nets.items():
        place = SubElement(within, "g", {"class": "arrow", "data-to": step})
        for line in net:
            SubElement(
                place,
                "path",
                {"d": path(line.points), "stroke": PALE, "stroke-width": "3.5"},
            )
        for line in sorted(net, key=lambda each: not each.back):
            drawn = SubElement(
                place,
                "path",
                {
                    "d": path(line.points),
                    "stroke-width": "0.9",
                    "data-from": line.arrow.source,
                },
            )
            if line.back:
                drawn.set("stroke", GREY)
        draw_head(place, net[0].points[-1])


def draw_head(within: Element, tip: Point) -> None:
    """Draw the head of an arrow that comes down on a step."""
    x, y = tip
    across, up = HEAD * 0.3, HEAD * 0.6
    corners = (
        f"{x:.1f},{y:.1f} {x - across:.1f},{y - up:.1f} {x + across:.1f},{y - up:.1f}"
    )
    SubElement(within, "polygon", points=corners, fill=INK, stroke="none")


def draw_start(within: Element, shape: Shape) -> None:
    """Draw the dot from which a person comes to the first step."""
    x, y = shape.x + 2 * POINTED, shape.y
    SubElement(
        within, "circle", cx=f"{x:.1f}", cy=f"{y - 2 * HEAD:.1f}", r="3", fill=INK
    )
    SubElement(within, "path", d=path([(x, y - 2 * HEAD), (x, y)]))
    draw_head(within, (x, y))
    draw_words(within, x + 6, y - 2 * HEAD - SIZE / 2, Row("Start", bold=True))


def path(points: Iterable[Point]) -> str:
    """Return a line from corner to corner, each corner rounded."""
    points = list(points)
    said = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        into, out = _towards(corner, before), _towards(corner, after)
        said.append(
            f"L{into[0]:.1f} {into[1]:.1f}"
            f"Q{corner[0]:.1f} {corner[1]:.1f} {out[0]:.1f} {out[1]:.1f}"
        )
    said.append(f"L{points[-1][0]:.1f} {points[-1][1]:.1f}")
    return "".join(said)


def _towards(start: Point, end: Point) -> Point:
    length = abs(end[0] - start[0]) + abs(end[1] - start[1])  # lines run straight
    part = min(CORNER, length / 2) / length if length else 0
    return (
        start[0] + (end[0] - start[0]) * part,
        start[1] + (end[1] - start[1]) * part,
    )


def _start_of(shape: Shape, row: Row) -> float:
    if shape.look in {"words", "heading"}:
        return shape.x
    if shape.look in {"pages", "frame"}:
        return shape.x + 2 * PAD
    return shape.centre - width_of(row.text, SIZE, bold=row.bold) / 2


def _outline(place: Element, shape: Shape) -> None:
    fill = _FILL[shape.look]
    x, y, wide, high = shape.x, shape.y, shape.width, shape.height
    if shape.look == "question":
        left, right = x + POINTED, x + wide - POINTED
        corners = [(left, y), (right, y), (x + wide, y + high / 2)]
        corners += [(right, y + high), (left, y + high), (x, y + high / 2)]
        said = " ".join(f"{across:.1f},{down:.1f}" for across, down in corners)
        SubElement(place, "polygon", points=said, fill=fill)
        return
    rect = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{wide:.1f}"}
    rect |= {"height": f"{high:.1f}", "fill": fill}
    if shape.look in {"notice", "pages"}:
        rect["rx"] = "8"
    elif shape.look == "outcome":
        rect["stroke-width"] = "2.2"
    elif shape.look == "frame":
        rect["stroke-dasharray"] = "1.5 1.5"
    SubElement(place, "rect", rect)


def _band(place: Element, shape: Shape, y: float) -> None:
    SubElement(
        place,
        "rect",
        {
            "x": f"{shape.x:.1f}",
            "y": f"{y - 0.5:.1f}",
            "width": f"{shape.width:.1f}",
            "height": f"{shape.y + shape.height - y + 0.5:.1f}",
            "fill": DARK,
            "stroke": "none",
        },
    )
