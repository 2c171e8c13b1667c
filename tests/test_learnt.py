"""What recognition has learnt is read when words are first typed, and never in vain."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest

from bot.core.finding import Findings
from bot.folder import read_outline
from bot.learnt import WEIGHTS
from tests.house import ROOT

PHRASE = "he is outside"
# No phrase of signs.yaml is in it, so it takes what was learnt.
IN_OTHER_WORDS = "my ex is smashing the glass in the front door"
DANGER, ASKED = ("danger_now",), ("unclear",)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the shipped flow with its weights, and no encoder."""
    shutil.copytree(ROOT / "flows" / "stalking", tmp_path / "stalking")
    for name in ("services.yaml", "signs.yaml"):
        shutil.copy(ROOT / "flows" / name, tmp_path / name)
    (tmp_path / "signs").mkdir()
    shutil.copy(ROOT / "flows" / "signs" / WEIGHTS, tmp_path / "signs" / WEIGHTS)
    return tmp_path / "stalking"


@pytest.mark.parametrize("damage", [b"", b"half a file", None], ids=repr)
def test_what_cannot_be_read_when_words_are_typed_is_told_and_tried_again(
    folder: Path, damage: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    """The file was there at the start. Meanwhile phrases decide, and the rest is asked.

    `damage` is what is in the file; None: a folder is in its place.
    """
    weights = folder.parent / "signs" / WEIGHTS
    flow = read_outline(folder, Findings(), proved=True)
    assert flow is not None
    signs = flow.recogniser.signs
    aside = weights.rename(weights.with_suffix(".aside"))
    weights.mkdir() if damage is None else weights.write_bytes(damage)

    with caplog.at_level(logging.ERROR):
        assert (signs(PHRASE), signs(IN_OTHER_WORDS)) == (DANGER, ASKED)
    assert "weights.bin:1:1" in caplog.text
    assert IN_OTHER_WORDS not in caplog.text

    weights.rmdir() if damage is None else weights.unlink()
    aside.rename(weights)
    assert (signs(PHRASE), signs(IN_OTHER_WORDS)) == (DANGER, DANGER)


def test_who_only_taps_needs_none_of_it(folder: Path) -> None:
    """A start reads no weights, so it is the same without them."""
    shutil.rmtree(folder.parent / "signs")
    flow = read_outline(folder, Findings(), proved=True)

    assert flow is not None
    assert flow.recogniser.signs(PHRASE) == DANGER
