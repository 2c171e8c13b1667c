"""Whatever is done to the files of a flow, reading them ends, in findings with a place.

`make fuzz` does more to them; WAYMARK_FUZZ_CASES says how many files.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.core.checker.walk import Effort
from bot.core.engine.conversation import Said, Started, Tapped
from bot.core.engine.machine import FlowMachine
from bot.core.engine.screen import Moment
from bot.library import Reading, read_folder
from tests.fuzz.slips import CHANGES, all_of
from tests.house import ROOT
from tests.languages import IN_LANGUAGES
from tests.person import Person
from tests.stores.shelf import right_now

CASES = int(os.environ.get("WAYMARK_FUZZ_CASES", "0"))
CPU_SECONDS = 20  # of a small flow; when nothing is wrong it takes a hundredth of that
FLOWS = {"example": ROOT / "flows" / "example", "in languages": IN_LANGUAGES}

# In the suite always the same files: what fails today fails for everybody.
fuzz = settings(
    max_examples=CASES or 120,
    deadline=None,
    derandomize=not CASES,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
    phases=[*Phase] if CASES else [Phase.generate],
)


@contextmanager
def soon() -> Iterator[None]:
    """Fail what does not end: by the time that it worked, not by the clock."""

    def fails(*_: object) -> None:
        raise AssertionError(f"no end after {CPU_SECONDS} seconds of work")

    before = signal.signal(signal.SIGVTALRM, fails)
    signal.setitimer(signal.ITIMER_VIRTUAL, CPU_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give a copy of each flow, with all of its files in one folder."""
    copies = {}
    for name, folder in FLOWS.items():
        copies[name] = tmp_path_factory.mktemp("flows") / "flow"
        shutil.copytree(folder, copies[name])
    return copies


@fuzz
@given(
    flow=st.sampled_from(sorted(FLOWS)),
    which=st.integers(0, 99),
    hows=st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=4),
    seed=st.integers(0, 2**64),
    proof=st.booleans(),
)
def test_whatever_is_done_to_a_file_is_found(  # noqa: PLR0913, PLR0917 - what chance draws
    folders: dict[str, Path],
    flow: str,
    which: int,
    hows: list[str],
    seed: int,
    proof: bool,  # noqa: FBT001
) -> None:
    """A volunteer's worst evening ends in a list to mend, and people are answered."""
    folder = folders[flow]
    files = sorted(folder.glob("*.yaml"))
    file = files[which % len(files)]
    whole = file.read_bytes()
    try:
        file.write_bytes(all_of(whole, hows, seed))
        with soon():
            reading = read_folder(folder, effort=Effort(reading_age=False, proof=proof))
            points_at_what_is_wrong(reading, files)
            if reading.runs:
                guides(reading)
    finally:
        file.write_bytes(whole)


def points_at_what_is_wrong(reading: Reading, files: list[Path]) -> None:
    """Fail unless each finding says what, where, and how to mend it."""
    texts = {str(file): file.read_bytes().decode("utf-8", "replace") for file in files}
    for found in reading.findings:
        lines = (
            len(texts.get(found.at.file, "").splitlines()) + 1
        )  # a file may be missing
        assert 1 <= found.at.line <= max(lines, 1), found
        assert found.at.column >= 1, found
        assert found.says, found
        assert found.cure, found
    assert reading.runs or any(found.blocks for found in reading.findings)


def guides(reading: Reading) -> None:
    """Fail unless a flow that is let through guides people, in each language."""
    assert reading.flow is not None
    machine = FlowMachine(reading.flow, reading.languages)
    person = Person(machine, Moment(right_now()))
    for language in reading.on_offer:
        person.does(Started(language))
        for button in person.screen.options[:4]:
            person.does(Tapped(button.id), Said("he is outside"), Said("zzz"))
            assert person.screen.text
