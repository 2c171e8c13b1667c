"""How wide words are in a picture, without a font at hand; and where lines break."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

# Fonts of these shapes and widths are on nearly every machine; Arimo comes with PNG.
FONTS = "Arial, Arimo, Liberation Sans, Helvetica, sans-serif"

BOLD = 1.08  # bold letters are wider, by about this much
LINE = 1.2  # from one line to the next, in sizes of the letters

# Thousandths of the letters' size, measured in Arimo, which is as wide as Arial.
_WIDTHS = {
    mark: width
    for width, marks in {
        191: "'",
        222: "ijl’",  # noqa: RUF001 - as flows have it
        278: " !,./:;I[\\]ft|",
        333: '()-`r“”"{}·',
        389: "*•",
        500: "Jcksvxyz^",
        556: "#$0123456789?L_abdeghnopqu–",  # noqa: RUF001 - as flows have it
        611: "+<=>~FTZ",
        667: "&ABEKPSVXY",
        722: "CDHNRUw",
        778: "GOQ",
        889: "Mm%",
        944: "W",
        1000: "…@",
    }.items()
    for mark in marks
}
_UNKNOWN, _WIDE = 620, 1000


def drawable(text: str) -> str:
    """Return a text without emoji and marks that many fonts cannot show."""
    kept = "".join(
        mark if mark.isprintable() else " "
        for mark in text
        if unicodedata.category(mark) not in {"So", "Sk", "Cf"} and mark != "\ufe0f"
    )
    return " ".join(kept.split()).replace("“ ", "“")


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is, in the unit of its size."""
    thousandths = sum(map(_width, text))
    return thousandths / 1000 * size * (BOLD if bold else 1)


def wrapped(
    text: str, room: float, size: float, *, bold: bool = False
) -> tuple[str, ...]:
    """Return a text in lines that fit the room, broken between words where it can."""
    lines: list[str] = []
    for word in drawable(text).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines += _cut(word, room, size, bold=bold)
    return tuple(lines)


def _cut(word: str, room: float, size: float, *, bold: bool) -> Iterator[str]:
    piece = ""
    for mark in word:
        if piece and width_of(piece + mark, size, bold=bold) > room:
            yield piece
            piece = ""
        piece += mark
    yield piece


def _width(mark: str) -> int:
    if mark in _WIDTHS:
        return _WIDTHS[mark]
    if unicodedata.east_asian_width(mark) in "WF":
        return _WIDE
    if unicodedata.combining(mark):
        return 0
    return _WIDTHS.get(unicodedata.normalize("NFD", mark)[0], _UNKNOWN)
