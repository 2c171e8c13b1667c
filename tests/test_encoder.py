"""The second reader of typed words: an addition that nobody ever has to miss.

Read from the file that ships, with the library that ships.
"""

from __future__ import annotations

import logging
import shutil
import sys
from pathlib import Path

import pytest

from bot.core.danger.model import from_bytes
from bot.core.finding import Findings
from bot.encoder import Encoder
from bot.folder import read_outline
from tests.house import ROOT

SIGNS = ROOT / "flows" / "signs"
ENCODER, WEIGHTS = "encoder.onnx", "weights.bin"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the shipped flow, with what was learnt."""
    for name in ("stalking", "signs"):
        source = ROOT / "flows" / name
        shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("*.txt"))
    for name in ("services.yaml", "signs.yaml"):
        shutil.copy(ROOT / "flows" / name, tmp_path / name)
    return tmp_path / "stalking"


def test_both_readers_know_the_same_signs() -> None:
    """A sign that only one of them knows would be half as likely as it is."""
    model = from_bytes((SIGNS / WEIGHTS).read_bytes())

    assert set(Encoder(SIGNS / ENCODER).read("hello")) == set(model.kinds)


@pytest.mark.parametrize(
    "text", ["", " ", "a" * 4096, "a " * 2048, "🔪" * 4096, "\u200b", "\0", "ਮਦਦ"]
)
def test_whatever_is_typed_can_be_read(text: str) -> None:
    """Nothing that people may send makes it fail, and so be left out from then on."""
    likely = Encoder(SIGNS / ENCODER).read(text)

    assert all(0 <= each <= 1 for each in likely.values())


@pytest.mark.parametrize("damage", ["half", "empty"])
def test_a_damaged_file_is_told_and_typed_words_are_still_understood(
    folder: Path, damage: str
) -> None:
    """`encoder-unreadable`: who checks a flow hears of it; who types is still heard."""
    path = folder.parent / "signs" / ENCODER
    whole = path.read_bytes()
    path.write_bytes({"half": whole[: len(whole) // 2], "empty": b""}[damage])
    findings = Findings()

    flow = read_outline(folder, findings)

    (finding,) = [each for each in findings if each.rule == "encoder-unreadable"]
    assert not finding.blocks
    assert finding.at.file == str(path)
    assert flow is not None
    assert flow.recogniser.signs("he is kicking my door in help") == ("danger_now",)


def test_a_running_bot_goes_on_without_it_and_tells_no_word(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is read when words are first typed; those words must not be in the log."""
    (folder.parent / "signs" / ENCODER).write_bytes(b"half a file")
    flow = read_outline(folder, Findings(), proved=True)
    assert flow is not None

    with caplog.at_level(logging.DEBUG):
        for _ in range(3):
            heard = flow.recogniser.signs("he is kicking my door in help")
            assert heard == ("danger_now",)

    (line,) = caplog.messages
    assert "kicking" not in line
    assert ENCODER in line


def test_without_its_library_the_model_decides_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some processors have no build of it; whoever checks the flow is told."""
    monkeypatch.setitem(sys.modules, "onnxruntime", None)  # as if it were not there
    findings = Findings()

    checked, running = (
        read_outline(folder, findings),
        read_outline(folder, Findings(), proved=True),
    )

    assert "encoder-unreadable" in {each.rule for each in findings}
    for flow in (checked, running):
        assert flow is not None
        assert flow.recogniser.signs("he is kicking my door in help") == ("danger_now",)
