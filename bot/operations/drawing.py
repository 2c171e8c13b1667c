"""A flow as a picture on one page of A4: SVG, and PNG made from it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from bot.core.diagram import Diagram, diagram
from bot.core.errors import CannotDraw
from bot.core.flow import Flow
from bot.operations.picture.layout import Layout, layout
from bot.operations.picture.letters import FONTS, drawable
from bot.operations.picture.shapes import Row, Shape, below, beside
from bot.operations.picture.strokes import (
    INK,
    PALE,
    draw_label,
    draw_lines,
    draw_shape,
    draw_start,
    draw_words,
)

SHORT_SIDE, LONG_SIDE = 595.28, 841.89  # of A4, in points
MARGIN = 24.0
COLUMN = 200.0  # the width of what stands beside the steps
COLUMNS = 3  # below the steps
AIR = 12.0
TITLE = 13.0
LARGEST = 1.4  # a small flow is not blown up further
DOTS_AN_INCH, CSS_DOTS_AN_INCH = 200, 96  # of the PNG; of SVG, by its standard


@dataclass(frozen=True, slots=True)
class _Sheet:
    """All that is drawn, in one system of points, before it is fitted to the page."""

    layout: Layout
    around: tuple[Shape, ...]
    left: float
    right: float
    bottom: float


def svg(flow: Flow) -> str:
    """Return the flow as SVG text, on a page of A4 that stands or lies as fits best."""
    drawn = diagram(flow)
    sheet = _sheet(drawn)
    top = -2 * TITLE
    width, height = sheet.right - sheet.left, sheet.bottom - top
    pages = (SHORT_SIDE, LONG_SIDE), (LONG_SIDE, SHORT_SIDE)
    scale, page = max(
        (min((page[0] - 2 * MARGIN) / width, (page[1] - 2 * MARGIN) / height), page)
        for page in pages
    )
    scale = min(scale, LARGEST)
    root = _page(drawn.title, page)
    x = (page[0] - width * scale) / 2 - sheet.left * scale
    move = f"translate({x:.2f} {MARGIN - top * scale:.2f}) scale({scale:.4f})"
    within = SubElement(root, "g", transform=move, fill="none", stroke=INK)
    draw_words(
        within, sheet.left, top, Row(drawable(drawn.title), bold=True), size=TITLE
    )
    _draw(within, sheet, drawn)
    indent(root)
    return tostring(root, encoding="unicode") + "\n"


def png(flow: Flow) -> bytes:
    """Return the flow as PNG, at 200 dots an inch.

    Raises CannotDraw where the extra `draw` is not installed.
    """
    try:
        from resvg_py import svg_to_bytes

        letters = files("fontpkg_arimo") / "files"
    except ImportError as error:
        raise CannotDraw(
            "A PNG needs more than is installed. Run: .venv/bin/pip install"
            " --no-build-isolation --editable '.[draw]'"
            " An SVG needs nothing more."
        ) from error
    return svg_to_bytes(
        svg_string=svg(flow),
        dpi=CSS_DOTS_AN_INCH,
        zoom=DOTS_AN_INCH / CSS_DOTS_AN_INCH,
        font_dirs=[str(letters)],
        sans_serif_family="Arimo",
    )


def _sheet(drawn: Diagram) -> _Sheet:
    """Put the interrupts as near beside the steps as they go, and the rest below."""
    placed = layout(drawn)
    points = [point for line in placed.lines for point in line.points]
    for shape in placed.shapes:
        points += [(shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height)]
    left, low = min(x for x, _ in points), max(y for _, y in points)
    column = beside(drawn, COLUMN)
    end = column[-1].y + column[-1].height
    edge = AIR + max(
        *(x for x, y in points if y < end + AIR),
        *(shape.x + shape.width for shape in placed.shapes if shape.y < end + AIR),
    )
    right = max(edge + COLUMN, *(x for x, _ in points))
    around = [shape.at(edge, shape.y) for shape in column]
    bottom = max(low, end) + 2 * AIR
    width = (right - left - (COLUMNS - 1) * AIR) / COLUMNS
    columns = below(drawn, width)
    for first in range(0, len(columns), COLUMNS):
        shelf = columns[first : first + COLUMNS]
        for place, shapes in enumerate(shelf):
            x = left + place * (width + AIR)
            around += [shape.at(x, bottom + shape.y) for shape in shapes]
        bottom = max(shape.y + shape.height for shape in around) + AIR
    return _Sheet(placed, tuple(around), left, right, bottom)


def _page(title: str, page: tuple[float, float]) -> Element:
    wide, high = page
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": f"{wide}pt",
            "height": f"{high}pt",
            "viewBox": f"0 0 {wide} {high}",
            "font-family": FONTS,
            "role": "img",
        },
    )
    SubElement(root, "title").text = drawable(title)
    SubElement(root, "rect", width=str(wide), height=str(high), fill=PALE)
    return root


def _draw(within: Element, sheet: _Sheet, drawn: Diagram) -> None:
    draw_lines(within, sheet.layout.lines)
    for shape in (*sheet.layout.shapes, *sheet.around):
        draw_shape(within, shape)
        if shape.step == drawn.start:
            draw_start(within, shape)
    for label in sheet.layout.labels:
        draw_label(within, label)
