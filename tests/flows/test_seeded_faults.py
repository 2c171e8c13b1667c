"""Faults put into the shipped flow: each is found, and can be seen by its lines.

What is found must be little, and the conversation that comes with it must end at a
screen on which the fault can be seen.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from bot.core.checker.walk import Effort
from bot.core.engine.machine import FlowMachine
from bot.core.finding import Finding
from bot.library import Reading, read_folder
from tests.command import ROOT, waymark
from tests.flows.seeds import AT_ITS_LINE, SHOWN, Edits, Screen, Seed
from tests.replay import last_screen, replayed

FLOWS = ROOT / "flows"
TODAY = date(2026, 11, 25)
QUICKLY = Effort(exact=False)  # what is put in are faults of a flow, not of the engine
FEW = 3  # findings: more of one fault hide what it is
PASTED = (SHOWN[2], SHOWN[10])  # at any hour, and at one that the finding names


def planted(folder: Path, edits: Edits) -> Reading:
    """Copy the shipped flow, replace pieces of its text, and check it."""
    shutil.copytree(FLOWS / "stalking", folder / "stalking")
    for name in ("services.yaml", "signs.yaml"):
        shutil.copy(FLOWS / name, folder)
    for old, new in edits.items():
        holding = [path for path in folder.rglob("*.yaml") if old in path.read_text()]
        assert len(holding) == 1, f"{old!r} stands in {holding}"
        text = holding[0].read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
        holding[0].write_text(text.replace(old, new), encoding="utf-8")
    return read_folder(folder / "stalking", TODAY, QUICKLY)


def blocking(reading: Reading) -> list[Finding]:
    """Return what keeps the flow from being published."""
    return [found for found in reading.findings if found.blocks]


@pytest.mark.slow
@pytest.mark.parametrize("seed", SHOWN, ids=str)
def test_a_fault_is_found_with_a_conversation_that_shows_it(
    seed: Seed, tmp_path: Path, machine: FlowMachine
) -> None:
    """An author sees it with their own eyes, and without the fault it is gone.

    What is printed can be pasted into the real command, in the flow with the fault.
    """
    reading = planted(tmp_path, seed.edits)
    assert reading.flow is not None

    found = blocking(reading)
    assert 0 < len(found) <= FEW, [str(each) for each in found]
    last = {each.says: last_screen(reading.flow, each.shown_by) for each in found}
    (fault,) = [each for each in found if seed.found in each.says]
    assert seed.seen(last[fault.says])

    *_, sound = (s for s in replayed(machine.flow, fault.shown_by) if "error" not in s)
    assert not seed.seen(sound)
    if seed in PASTED:
        assert seed.seen(pasted(fault.shown_by, tmp_path))


def pasted(shown_by: Sequence[str], tmp_path: Path) -> Screen:
    """Return the last screen of the real command, with the lines that were printed."""
    command, *lines = shown_by
    arguments = command.removeprefix("waymark ").split()

    ran = waymark(
        *(*arguments, "--flow", str(tmp_path / "stalking")),
        typed="".join(f"{line}\n" for line in lines),
    )

    assert ran.returncode == 0, ran.stderr
    last: Screen = json.loads(ran.stdout.splitlines()[-1])
    return last


@pytest.mark.parametrize("fault", AT_ITS_LINE)
def test_a_fault_of_the_outline_is_found_at_its_line(
    fault: str, tmp_path: Path
) -> None:
    """What can be seen in the file itself needs no conversation."""
    edits, says = AT_ITS_LINE[fault]
    found = blocking(planted(tmp_path, edits))

    assert 0 < len(found) <= FEW, [str(each) for each in found]
    assert any(says in each.says for each in found)
    assert all(each.at.line > 1 for each in found)


def test_one_fault_is_one_finding(tmp_path: Path) -> None:
    """A rule that is lost is not told once for every step behind it."""
    edits = {"      - {when: {danger: now}, goes_to: call_999}\n": ""}

    found = blocking(planted(tmp_path, edits))

    kinds = sorted({each.rule for each in found})
    assert kinds == ["in-vain", "journey", "promise"]  # what is lost, whom it misleads
    assert len(found) <= FEW + 1  # two promises speak of danger


def test_a_name_without_its_number_is_not_taken_for_help(tmp_path: Path) -> None:
    """Whoever reads the name alone has nobody to call."""
    edits = {
        "        {samaritans}, Samaritans. Free": "        {samaritans.name}. Free",
    }

    assert blocking(planted(tmp_path, edits)) != []
