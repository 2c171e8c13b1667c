"""A flow as Mermaid text: a picture that a web page or an editor draws by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.core.diagram import (
    AnyTime,
    Arrow,
    Box,
    Diagram,
    Shelf,
    diagram,
    opening,
    ranges,
)
from bot.core.flow import Flow, Kind

# Each kind has a shape of its own, so that a print in black and white tells them apart.
_SHAPES: dict[Kind, tuple[str, str]] = {
    "question": ("{{", "}}"),
    "notice": ("(", ")"),
    "outcome": ("[[", "]]"),
}
_LOOKS = (
    "classDef question fill:#ffffff,stroke:#222222,color:#111111",
    "classDef notice fill:#eef3f8,stroke:#222222,color:#111111",
    "classDef outcome fill:#dcecdc,stroke:#222222,stroke-width:2px,color:#111111",
    "classDef any_time fill:#ffffff,stroke:#222222,stroke-dasharray:4 3,color:#111111",
)
# What Mermaid or the browser below it would read as more than a letter.
_ENTITIES = {ord(mark): f"#{ord(mark)};" for mark in '#"&<>`'}


def mermaid(flow: Flow) -> str:
    """Return the flow as the text of a Mermaid flowchart."""
    drawn = diagram(flow)
    lines = [
        "flowchart TD",
        "  begin((Start))",
        f"  begin --> {_id(drawn.start)}",
        *(f"  {_box(box)}" for box in drawn.boxes),
        *(f"  {_arrow(arrow)}" for arrow in drawn.arrows),
        *_pages(drawn),
        *_any_time(drawn.any_time),
        *_legend(),
        *(f"  {look}" for look in _LOOKS),
    ]
    return "\n".join(lines) + "\n"


def _id(step: str) -> str:
    return f"step_{step}"  # a bare name may be one of Mermaid's own words, such as end


def _text(*lines: str) -> str:
    whole = "\n".join(filter(None, lines)).translate(_ENTITIES)
    return '"' + whole.replace("\n", "<br/>") + '"'


def _shaped(name: str, kind: Kind, *lines: str) -> str:
    before, after = _SHAPES[kind]
    return f"{name}{before}{_text(*lines)}{after}:::{kind}"


def _box(box: Box) -> str:
    route = f"Route: {': '.join(filter(None, box.route))}" if box.route else ""
    opens = opening(box.opens) if box.opens else ""
    return _shaped(_id(box.id), box.kind, box.id, box.says, route, opens)


def _arrow(arrow: Arrow) -> str:
    words = f"|{_text(' / '.join(arrow.labels))}|" if arrow.labels else ""
    return f"{_id(arrow.source)} -->{words} {_id(arrow.target)}"


def _pages(drawn: Diagram) -> Iterator[str]:
    if not drawn.shelves:
        return
    yield '  subgraph pages["Pages to look at, and go back"]'
    for place, shelf in enumerate(drawn.shelves):
        yield f"    {_shelf(place, shelf)}"
    yield "  end"
    for place, shelf in enumerate(drawn.shelves):
        for source, numbers in _openers(drawn, shelf):
            yield f"  {source} -.->|{_text(ranges(numbers))}| shelf_{place}"


def _shelf(place: int, shelf: Shelf) -> str:
    rows = [
        f"{page.number} {page.box.id}: {' / '.join(page.labels)}"
        + (f" ({opening(page.box.opens)})" if page.box.opens else "")
        for page in shelf.pages
    ]
    return _shaped(f"shelf_{place}", "notice", *rows)


def _openers(drawn: Diagram, shelf: Shelf) -> Iterator[tuple[str, list[int]]]:
    here = [page.number for page in shelf.pages]
    for box in drawn.boxes:
        if numbers := [number for number in box.opens if number in here]:
            yield _id(box.id), numbers
    for place, other in enumerate(drawn.shelves):
        opened = {number for page in other.pages for number in page.box.opens}
        if other is not shelf and (numbers := [n for n in here if n in opened]):
            yield f"shelf_{place}", numbers


def _any_time(interrupts: Iterable[AnyTime]) -> Iterator[str]:
    yield '  subgraph any_time["At any time, from every step"]'
    for each in interrupts:
        back = "then back to where they were" if each.returns else ""
        words = _text(each.name, each.set_off_by, each.does, back)
        yield f"    any_{each.name}[{words}]:::any_time"
        if each.box:
            yield f"    {_box(each.box)}"
            yield f"    any_{each.name} --> {_id(each.box.id)}"
    yield "  end"


def _legend() -> Iterator[str]:
    yield '  subgraph legend["What the shapes mean"]'
    yield f"    {_shaped('a_question', 'question', 'Question: waits for an answer')}"
    yield f"    {_shaped('a_notice', 'notice', 'Notice: says something')}"
    yield f"    {_shaped('an_outcome', 'outcome', 'Outcome: names one route')}"
    yield "  end"
