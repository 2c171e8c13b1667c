"""A folder of files becomes a flow that may run, or says why it must not."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.core.checker.walk import Effort
from bot.core.errors import FlowUnfit, WaymarkError
from bot.library import load_flow, read_folder
from tests.core.seeding import SMALL

SHIPPED = Path(__file__).parents[1] / "flows" / "stalking"
TODAY = date(2026, 11, 25)
QUICK = Effort(reading_age=False)
UNPROVED = Effort(reading_age=False, proof=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the small flow, promises and journeys left out."""
    return Path(shutil.copytree(SMALL, tmp_path / "flows" / "small"))


def rules(folder: Path) -> list[str]:
    """Return the rules that are broken in a folder, but for files left out."""
    found = read_folder(folder, TODAY, QUICK).findings
    return [each.rule for each in found if each.rule != "no-file"]


def change(path: Path, old: str, new: str) -> None:
    """Save a file with one piece of its text replaced."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_folder_without_mistakes_becomes_a_flow_that_runs(folder: Path) -> None:
    """All that a charity needs is a folder of files."""
    machine = load_flow(folder)

    assert machine.flow.id == "small"
    assert machine.move("how_to_listen", "next", {}) == "which_of_four"


def test_services_and_signs_may_stand_beside_the_folder(folder: Path) -> None:
    """Several flows share every number, so that each stands once."""
    for name in ("services.yaml", "signs.yaml"):
        (folder / name).rename(folder.parent / name)

    reading = read_folder(folder, TODAY)
    assert reading.flow is not None
    assert set(reading.flow.services) == {"police_999", "helpline", "listeners"}
    assert "danger_now" in reading.flow.recogniser.kinds


def test_a_file_of_its_own_comes_before_the_shared_one(folder: Path) -> None:
    """A flow for another country has numbers of its own."""
    shared = Path(shutil.copy(folder / "services.yaml", folder.parent))
    change(shared, 'call: "0000"', 'call: "1111"')

    assert load_flow(folder).flow.services["helpline"].main == "0000"


def test_a_finding_names_the_file_as_it_stands_on_disk(folder: Path) -> None:
    """A click on it opens the right file in an editor."""
    (folder / "services.yaml").rename(folder.parent / "services.yaml")
    change(folder.parent / "services.yaml", "checked: 2026-11-24", "checked: today")

    reading = read_folder(folder, TODAY)
    assert reading.blocked
    (found,) = [each for each in reading.findings if each.rule == "not-a-day"]
    assert found.at.file == str(folder.parent / "services.yaml")
    assert found.at.line == 13


def test_a_flow_with_a_mistake_never_runs(folder: Path) -> None:
    """Better no bot than one that leads people astray; the error says all of it."""
    change(folder / "flow.yaml", "back: Back\n", "back: Back 55\n")
    change(folder / "flow.yaml", "does: quick_exit", "does: restart")

    with pytest.raises(FlowUnfit) as unfit:
        load_flow(folder)

    assert isinstance(unfit.value, WaymarkError)
    blocking = [each for each in unfit.value.findings if each.blocks]
    assert [each.rule for each in blocking] == ["number-in-text", "leave-stays"]
    for each in blocking:
        assert str(each) in str(unfit.value)


def test_advice_alone_keeps_no_flow_from_running(folder: Path) -> None:
    """A flow without promises runs; its author is told that there are none."""
    reading = read_folder(folder, TODAY, QUICK)

    assert [each.rule for each in reading.findings] == ["no-file", "no-file"]
    assert {Path(each.at.file).name for each in reading.findings} == {
        "promises.yaml",
        "journeys.yaml",
    }
    assert not reading.blocked


@pytest.mark.parametrize("name", ["flow.yaml", "services.yaml", "signs.yaml"])
def test_a_file_that_is_missing_is_named(folder: Path, name: str) -> None:
    """Whoever deleted it by mistake learns which one to bring back."""
    (folder / name).unlink()

    reading = read_folder(folder, TODAY)
    assert reading.blocked
    (found,) = [each for each in reading.findings if each.rule == "cannot-read"]
    assert Path(found.at.file).name == name
    assert "Restore it" in found.cure


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", "flow: sm\xe4ll".encode("latin-1")]
)
def test_a_file_in_another_encoding_is_named(folder: Path, content: bytes) -> None:
    """An editor that saves in another way is found out, not guessed at."""
    (folder / "flow.yaml").write_bytes(content)

    reading = read_folder(folder, TODAY)
    assert reading.flow is None
    (found,) = [each for each in reading.findings if each.rule == "cannot-read"]
    assert "plain UTF-8" in found.cure


def test_a_file_that_is_missing_is_found_once(folder: Path) -> None:
    """Dozens of findings that follow from one hide the one."""
    (folder / "services.yaml").unlink()

    assert rules(folder) == ["cannot-read"]


def test_a_file_with_a_mark_at_its_start_is_read(folder: Path) -> None:
    """Some editors on Windows put an invisible mark there."""
    path = folder / "flow.yaml"
    path.write_text("\ufeff" + path.read_text(encoding="utf-8"), encoding="utf-8")

    assert rules(folder) == []


def test_a_folder_that_is_not_there_is_a_finding_not_a_crash(tmp_path: Path) -> None:
    """An operator with a slip in the setting reads a sentence."""
    reading = read_folder(tmp_path / "nowhere", TODAY)

    assert reading.flow is None
    assert reading.blocked
    assert "cannot-read" in [each.rule for each in reading.findings]


def test_b40_a_bot_does_not_start_on_a_step_written_twice(folder: Path) -> None:
    """A branch that vanished without a word would be missed by somebody."""
    change(
        folder / "flow.yaml",
        "  how_to_listen:\n",
        "  about_whom: {says: Again}\n  how_to_listen:\n",
    )

    with pytest.raises(FlowUnfit, match=r"'about_whom' stands here and on line \d+"):
        load_flow(folder)


def test_b41_a_bot_does_not_start_on_a_flow_that_leads_nowhere(folder: Path) -> None:
    """A target that does not exist is found before anybody taps on it."""
    change(folder / "flow.yaml", "next: talk_to_someone", "next: talk_to_nobody")

    with pytest.raises(FlowUnfit, match=r"leads to 'talk_to_nobody'"):
        load_flow(folder)


def test_weights_that_cannot_be_read_are_told_and_nobody_is_passed_over(
    tmp_path: Path,
) -> None:
    """`weights-unreadable`: the flow runs, and what is typed is asked about."""
    shutil.copytree(SHIPPED, tmp_path / "stalking")
    for name in ("services.yaml", "signs.yaml"):
        shutil.copy(SHIPPED.parent / name, tmp_path / name)
    (tmp_path / "signs").mkdir()
    (tmp_path / "signs" / "weights.bin").write_bytes(b"half a file")

    reading = read_folder(tmp_path / "stalking", effort=UNPROVED)

    assert "weights-unreadable" in {found.rule for found in reading.findings}
    assert reading.runs
    assert reading.flow is not None
    assert reading.flow.recogniser.signs("it is odd") == ("unclear",)
