"""The picture as PNG: the same page, with letters that can be read."""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from pathlib import Path

from bot.core.engine.machine import FlowMachine
from bot.core.finding import Findings
from bot.core.flow import Flow
from bot.operations.drawing import png
from tests.core.seeding import planted, read, small

A4 = (595.28, 841.89)  # points


def flow_of(texts: dict[str, str]) -> Flow:
    """Return the flow that these texts describe."""
    flow = read(texts, Findings())
    assert flow is not None
    return flow


def test_png_is_the_same_page_at_200_dots_an_inch(machine: FlowMachine) -> None:
    """It prints as sharp as it is shown."""
    picture = png(machine.flow)

    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    wide, high = struct.unpack(">II", picture[16:24])
    for pixels, points in zip((wide, high), A4, strict=True):
        assert abs(pixels - points / 72 * 200) <= 2


def test_png_is_not_blank() -> None:
    """Its rows of dots are not all alike."""
    picture = png(flow_of(small()))
    wide = struct.unpack(">I", picture[16:20])[0]

    assert len(set(rows_of(picture, wide))) > 100


def rows_of(picture: bytes, wide: int) -> list[bytes]:
    """Return the rows of dots of a PNG, as they are packed in it."""
    packed, place = b"", 8
    while place < len(picture):
        size, kind = struct.unpack(">I4s", picture[place : place + 8])
        if kind == b"IDAT":
            packed += picture[place + 8 : place + 8 + size]
        place += 12 + size
    dots = zlib.decompress(packed)
    row = wide * 4 + 1
    return [dots[start : start + row] for start in range(0, len(dots), row)]


def test_png_shows_letters() -> None:
    """Two labels of the same letters, and so of the same width, do not look alike."""
    friend = png(flow_of(small()))
    finder = png(flow_of(planted({"label: About a friend": "label: About a finder"})))

    assert friend != finder


def test_without_its_extra_png_says_what_to_install(tmp_path: Path) -> None:
    """An operator who lacks a part is told which, and that SVG needs none."""
    asks = (
        "import sys; sys.modules['resvg_py'] = None\n"
        "from bot.core.errors import CannotDraw\n"
        "from bot.operations.drawing import png\n"
        "try: png(None)\n"
        "except CannotDraw as error: print(error)\n"
    )
    script = tmp_path / "asks.py"
    script.write_text(asks)

    told = subprocess.run(
        [sys.executable, script],
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "--editable '.[draw]'" in told.stdout
    assert "SVG" in told.stdout
