"""What a picture is made of: a shape with its words in it, measured to fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from bot.core.diagram import AnyTime, Box, Diagram, Shelf, opening
from bot.core.flow import Kind
from bot.operations.picture.letters import LINE, wrapped

SIZE = 7.5  # of all letters, in points, before the sheet is fitted to its page
PAD = 4.0
GAP = 6.0  # between two shapes of a column
POINTED = 9.0  # how far a question's sides stand out

Look = Kind | Literal["pages", "words", "heading", "frame"]

_KEY = (
    Box("Question", "question", "Waits for an answer."),
    Box("Notice", "notice", "Says something, and leads on or back."),
    Box("Outcome", "outcome", "Says whom to turn to.", ("the one to report to",)),
)
_KEY_WORDS = (
    "A step takes the first way that is true; “otherwise” means that no other is."
    " Arrows that join lead to the same step. A grey arrow leads back up."
    " From a page one goes back. Back and Skip are not drawn."
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of words in a shape. `dark` lines stand white in a dark band."""

    text: str
    bold: bool = False
    dark: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape and its words. All numbers are points; x and y are its top left."""

    look: Look
    rows: tuple[Row, ...]
    width: float
    x: float = 0
    y: float = 0
    step: str = ""

    @property
    def height(self) -> float:
        """How high it is: as many lines as it has, and some air."""
        return len(self.rows) * SIZE * LINE + 2 * self.pad

    @property
    def pad(self) -> float:
        """The air above and below its words."""
        return 0 if self.look in {"words", "heading"} else PAD

    @property
    def centre(self) -> float:
        """The middle, from the left."""
        return self.x + self.width / 2

    def at(self, x: float, y: float) -> Shape:
        """Return the same shape, put there."""
        return replace(self, x=x, y=y)


def box_shape(box: Box, width: float) -> Shape:
    """Return the shape of a step, as wide as that and as high as its words need."""
    room = width - 2 * _side(box.kind)
    name, *contact = (f"Route: {box.route[0]}", *box.route[1:]) if box.route else ("",)
    opens = opening(box.opens) if box.opens else ""
    route = (*_rows(name, room, bold=True), *_rows("".join(contact), room, bold=True))
    rows = (
        *_rows(box.id, room, bold=True),
        *_rows(box.says, room),
        *_rows(opens, room),
        *(replace(row, dark=True) for row in route),
    )
    return Shape(box.kind, rows, width, step=box.id)


def beside(drawn: Diagram, width: float) -> tuple[Shape, ...]:
    """Return what stands beside the steps, from the top: the interrupts."""
    return _column(
        _words("heading", "At any time, from every step", width),
        *(shape for each in drawn.any_time for shape in _any_time(each, width)),
    )


def below(drawn: Diagram, width: float) -> tuple[tuple[Shape, ...], ...]:
    """Return the columns that stand below the steps: pages, and how to read it all."""
    key = (
        _words("heading", "How to read this", width),
        *(replace(box_shape(box, width), step="") for box in _KEY),
        _words("words", _KEY_WORDS, width),
    )
    return (*(_column(*_shelf(each, width)) for each in drawn.shelves), _column(*key))


def _side(look: Look) -> float:
    return PAD + POINTED if look == "question" else 2 * PAD


def _rows(text: str, room: float, *, bold: bool = False) -> Iterable[Row]:
    return (Row(line, bold=bold) for line in wrapped(text, room, SIZE, bold=bold))


def _words(look: Look, text: str, width: float) -> Shape:
    bold = look == "heading"
    return Shape(look, tuple(_rows(text, width - PAD, bold=bold)), width)


def _any_time(each: AnyTime, width: float) -> Iterable[Shape]:
    back = ", then back to where they were" if each.returns else ""
    room = width - 4 * PAD
    said = (
        *_rows(each.name, room, bold=True),
        *_rows(each.set_off_by, room),
        *_rows(f"{each.does}{back}.", room),
    )
    yield Shape("frame", said, width)
    if each.box:
        yield box_shape(each.box, width)


def _shelf(shelf: Shelf, width: float) -> Iterable[Shape]:
    opener = shelf.opened_by
    name = f"Pages of {opener.number} {opener.box.id}" if opener else "Pages to look at"
    yield _words("heading", name, width)
    rows: list[Row] = []
    for page in shelf.pages:
        opens = f" ({opening(page.box.opens)})" if page.box.opens else ""
        labels = " / ".join(page.labels)
        words = f"{page.number} {page.box.id}: {labels}{opens}"
        rows += _rows(words, width - 4 * PAD)
    yield Shape("pages", tuple(rows), width)


def _column(*shapes: Shape) -> tuple[Shape, ...]:
    """Put shapes below each other. A step touches the interrupt that leads to it."""
    placed: list[Shape] = []
    y = 0.0
    for shape in shapes:
        if shape.step:
            y -= GAP
        placed.append(shape.at(0, y))
        y += shape.height + GAP
    return tuple(placed)
