"""A flow that changes while people use it: the good is taken, the bad never is."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest

from bot.core.errors import FlowUnfit
from bot.proved import load_flow
from bot.shelf import Shelf
from tests.command import SMALL_FLOW
from tests.process import running
from tests.telegram.stand_in import Telegram

RIGHT, WRONG = "route: helpline", "route: helplin"
QUESTION, OTHER_WORDS = "Which of these fit?", "What do you see?"
PROMISE = "- {promise: Somebody listens, at: talk, shows: helpline}\n"
BROKEN = "- {promise: The police are near, at: talk, shows: police_999}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with the small flow, for an author to edit."""
    return Path(shutil.copytree(SMALL_FLOW, tmp_path / "flows" / "small"))


def edits(folder: Path, old: str, new: str, name: str = "flow.yaml") -> None:
    """Save a file with one piece of its text replaced."""
    text = (folder / name).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def asks(shelf: Shelf) -> str:
    """Return what the flow in use asks second; the built-in one has only a name."""
    step = shelf.machine.flow.steps.get("which")
    return str(step.says[0].pieces[0]) if step else shelf.machine.flow.id


def test_a_fit_flow_is_in_use_from_the_start(folder: Path) -> None:
    """Nothing has to be done to a flow that is right."""
    shelf = Shelf(folder)

    assert asks(shelf) == QUESTION
    assert not shelf.has_nothing
    assert not shelf.has_changed()


def test_a_change_that_is_fit_is_taken_into_use(folder: Path) -> None:
    """A volunteer saves a better sentence, and people read it, with no restart."""
    shelf = Shelf(folder)
    edits(folder, QUESTION, OTHER_WORDS)

    assert shelf.has_changed()
    shelf.look()

    assert asks(shelf) == OTHER_WORDS
    assert not shelf.has_changed()


def test_a_change_that_blocks_is_not_taken_and_the_last_good_one_stays(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A slip reaches nobody; the operator reads in one line where it is."""
    shelf = Shelf(folder)
    caplog.clear()
    edits(folder, QUESTION, OTHER_WORDS)
    edits(folder, RIGHT, WRONG)

    shelf.look()

    assert asks(shelf) == QUESTION
    assert not shelf.has_nothing
    (told,) = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert f"{folder / 'flow.yaml'}:" in told.getMessage()
    assert "'helplin'" in told.getMessage()
    assert "The last good one stays." in told.getMessage()
    assert told.getMessage().endswith(f"waymark check {folder}")


def test_a_flow_that_blocks_is_told_once_and_not_read_again(folder: Path) -> None:
    """The log is not flooded while an author is still at work."""
    shelf = Shelf(folder)
    edits(folder, RIGHT, WRONG)
    shelf.look()

    assert not shelf.has_changed()


def test_what_was_mended_is_taken_into_use(folder: Path) -> None:
    """After a slip the next save counts, as if nothing had been."""
    shelf = Shelf(folder)
    edits(folder, RIGHT, WRONG)
    shelf.look()
    edits(folder, WRONG, RIGHT)
    edits(folder, QUESTION, OTHER_WORDS)

    assert shelf.has_changed()
    shelf.look()

    assert asks(shelf) == OTHER_WORDS


def test_bad_at_the_start_there_is_999_until_it_is_mended(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A bot that can only say 999 is better than none; and it does not stay so."""
    edits(folder, RIGHT, WRONG)

    shelf = Shelf(folder)
    assert asks(shelf) == "built_in"
    assert shelf.has_nothing
    assert "Only 999 is shown." in caplog.text

    edits(folder, WRONG, RIGHT)
    assert shelf.has_changed()
    shelf.look()
    assert asks(shelf) == QUESTION
    assert not shelf.has_nothing


@pytest.mark.parametrize("name", ["flow.yaml", "services.yaml", "signs.yaml"])
def test_a_file_that_is_taken_away_is_a_change_that_blocks(
    folder: Path, name: str
) -> None:
    """A half-finished upload takes nothing from the people who are in the middle."""
    shelf = Shelf(folder)
    (folder / name).unlink()

    assert shelf.has_changed()
    shelf.look()

    assert asks(shelf) == QUESTION


def test_a_folder_that_is_not_there_shows_999(tmp_path: Path) -> None:
    """A slip in a setting, or a disk that is not mounted yet."""
    shelf = Shelf(tmp_path / "nowhere")

    assert asks(shelf) == "built_in"


def test_a_number_that_several_flows_share_is_a_change_too(folder: Path) -> None:
    """services.yaml beside the folder is read, so it is watched."""
    shared = folder.parent / "services.yaml"
    (folder / "services.yaml").rename(shared)
    shelf = Shelf(folder)
    edits(folder.parent, "0300 000 0000", "0300 000 0001", shared.name)

    assert shelf.has_changed()
    shelf.look()

    assert shelf.machine.flow.services["helpline"].main == "0300 000 0001"


def test_what_was_proved_before_is_no_excuse_for_what_was_not(folder: Path) -> None:
    """A start may skip a proof of the same files, and never that of other ones."""
    proved = folder.parent / "proved"
    (folder / "promises.yaml").write_text(PROMISE)
    load_flow(folder, proved)
    load_flow(folder, proved)
    remembered = proved.read_text()
    (folder / "promises.yaml").write_text(BROKEN)

    for _ in range(2):  # what was found unfit is not remembered as proved
        with pytest.raises(FlowUnfit, match="The police are near"):
            load_flow(folder, proved)

    assert proved.read_text() == remembered


async def test_people_see_999_until_the_file_is_mended(folder: Path) -> None:
    """The whole of it: a bad file, a person who writes, a mended file, and again."""
    edits(folder, RIGHT, WRONG)
    async with (
        Telegram() as telegram,
        running(
            folder.parent / "data",
            telegram.base,
            telegram.token,
            WAYMARK_FLOW=str(folder),
        ) as process,
    ):
        person = telegram.person()
        await person.types("hello")
        assert person.sees("Call 999. Ask for the police.")
        assert person.sees("In danger now")
        ready = await process.page("/ready")
        assert ready.status_code == 503
        assert "built-in screen with 999" in ready.text

        edits(folder, WRONG, RIGHT)
        await process.becomes_ready()
        await person.types("hello")

        assert person.sees("Yes, right now")
        await person.taps("not_now")
        assert person.sees(QUESTION)


def test_numbers_that_are_due_are_told_at_every_start(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A stale number is harm. Whoever runs the bot is told until somebody looked."""
    Shelf(folder)
    assert "services due for review before people rely on them: 1;" in caplog.text

    caplog.clear()
    edits(folder, "review_by: 2026-01-01", "review_by: 2099-01-01", "services.yaml")
    Shelf(folder)
    assert "due for review" not in caplog.text
