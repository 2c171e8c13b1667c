"""A start has little to do: whoever writes while it begins is waiting."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.proved import PROVED
from tests.command import ROOT, SMALL_FLOW, environ, waymark

# What `run` never needs: it learns, draws, or colours text in a terminal.
NEVER = {"sklearn", "scipy", "numpy", "rich", "pygments", "resvg_py", "psycopg"}
PROVES = {"bot.library", "bot.core.checker.prove", "bot.core.checker.walk"}
BEGINS = """
import sys
from bot.bootstrap import build
from bot.settings import read_settings
build(read_settings())
print(*sys.modules)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with the small flow, for an author to edit."""
    # Another test may have checked it where it stands.
    unproved = shutil.ignore_patterns(PROVED)
    copy = shutil.copytree(SMALL_FLOW, tmp_path / "flows" / "small", ignore=unproved)
    return Path(copy)


def loaded_by_a_start(folder: Path) -> set[str]:
    """Return the names of all that Python has loaded once everything is built."""
    settings = environ(
        WAYMARK_FLOW=str(folder),
        WAYMARK_DATA=str(folder.parent / "data"),
        WAYMARK_TELEGRAM_TOKEN="424242:abc",
    )
    ran = subprocess.run(
        [sys.executable, "-c", BEGINS],
        capture_output=True,
        check=True,
        cwd=ROOT,
        encoding="utf-8",
        env=settings,
    )
    return set(ran.stdout.split())


def test_what_was_checked_need_not_be_proved_by_whoever_starts_it(folder: Path) -> None:
    """The first start after `waymark check` is as quick as any other."""
    assert waymark("check", str(folder)).returncode == 0
    shutil.rmtree(folder.parent / "data", ignore_errors=True)

    loaded = loaded_by_a_start(folder)

    assert "bot.channels.telegram.app" in loaded
    assert not loaded & (PROVES | NEVER)


def test_what_was_edited_since_is_proved(folder: Path) -> None:
    """A flow that nobody has checked as it is now is never taken on trust."""
    assert waymark("check", str(folder)).returncode == 0
    with (folder / "flow.yaml").open("a", encoding="utf-8") as file:
        file.write("# a remark\n")

    assert loaded_by_a_start(folder) >= PROVES
    # It is remembered among the data, so that the next start is quick again.
    assert not loaded_by_a_start(folder) & PROVES


def test_a_flow_that_is_not_fit_is_not_remembered(folder: Path) -> None:
    """Nothing that blocks can be slipped past the next start."""
    promise = "- {promise: The police are near, at: talk, shows: police_999}\n"
    (folder / "promises.yaml").write_text(promise, encoding="utf-8")

    assert waymark("check", str(folder)).returncode == 1

    assert not (folder / PROVED).exists()
