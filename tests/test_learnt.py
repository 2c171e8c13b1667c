"""What recognition has learnt is read soon after somebody came, who may type."""

from __future__ import annotations

import asyncio
import logging
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from bot import beforehand
from bot.bootstrap import utc_now
from bot.core.engine.conversation import Started
from bot.core.engine.machine import FlowMachine
from bot.core.finding import Findings
from bot.core.person import PersonKey
from bot.folder import read_outline
from bot.frontdesk import FrontDesk
from bot.learnt import WEIGHTS
from bot.stores.memory import MemoryStore
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


def test_a_start_reads_none_of_it(folder: Path) -> None:
    """Nobody has been asked anything yet, so it is the same without the files."""
    shutil.rmtree(folder.parent / "signs")
    flow = read_outline(folder, Findings(), proved=True)

    assert flow is not None
    assert flow.recogniser.signs(PHRASE) == DANGER


async def test_who_has_come_need_not_wait_for_it_when_they_type(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One tap is enough: by the time they type, all is read, and no file is needed."""
    monkeypatch.setattr(beforehand, "_AFTER", 0.0)
    flow = read_outline(folder, Findings(), proved=True)
    assert flow is not None
    store = MemoryStore(utc_now, timedelta(hours=1))
    desk = FrontDesk(FlowMachine(flow), store, utc_now)

    await desk.receive(PersonKey(b"someone"), Started())
    await asyncio.sleep(0.05)
    await asyncio.get_running_loop().shutdown_default_executor()

    shutil.rmtree(folder.parent / "signs")
    assert flow.recogniser.signs(IN_OTHER_WORDS) == DANGER
