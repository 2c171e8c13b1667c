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
DIFFERENT = 200  # days on which something opens at another time than the day before
PROVES = {"bot.library", "bot.core.checker.prove", "bot.core.checker.walk"}
BEGINS = """
import sys
from bot.bootstrap import build
from bot.settings import read_settings
build(read_settings())
print(*sys.modules)
"""
# The same, and somebody is told when each line opens next.
TELLS_HOURS = """
import sys
from datetime import datetime, timedelta
from bot.core.hours import LONDON
from bot.proved import load_flow
from bot.settings import read_settings
flow = load_flow(read_settings().flow).flow
for days in range(300):
    moment = datetime.now(LONDON) + timedelta(days=days)
    print(*(service.hours.opens_next(moment) for service in flow.services.values()))
print("holidays" in sys.modules)
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
    return set(said_by(BEGINS, folder).split())


def said_by(program: str, folder: Path) -> str:
    """Return what a program prints that serves the flow in a folder."""
    settings = environ(
        WAYMARK_FLOW=str(folder),
        WAYMARK_DATA=str(folder.parent / "data"),
        WAYMARK_TELEGRAM_TOKEN="424242:abc",
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=True,
        cwd=ROOT,
        encoding="utf-8",
        env=settings,
    )
    return ran.stdout


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


def test_opening_hours_hold_nobody_up(folder: Path) -> None:
    """To read bank holidays takes a tenth of a second: those of the proof are known."""
    read_then = said_by(TELLS_HOURS, folder)
    assert waymark("check", str(folder)).returncode == 0

    known = said_by(TELLS_HOURS, folder)

    *opens, reads_them = known.splitlines()
    assert reads_them == "False"
    assert read_then.splitlines() == [*opens, "True"]
    assert len(set(opens)) > DIFFERENT


@pytest.mark.parametrize("written", [0.5, 0.99])
def test_a_proof_that_was_not_written_to_its_end_is_made_anew(
    folder: Path, written: float
) -> None:
    """A disk was full: no bank holiday is missing, and no language."""
    assert waymark("check", str(folder)).returncode == 0
    whole = (folder / PROVED).read_bytes()
    (folder / PROVED).write_bytes(whole[: int(len(whole) * written)])

    assert loaded_by_a_start(folder) >= PROVES
    assert (folder.parent / "data" / PROVED).read_bytes() == whole
