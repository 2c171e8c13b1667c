"""What `check` prints at its end, for somebody who reads no other line."""

from pathlib import Path

from tests.command import SMALL_FLOW, waymark


def test_the_last_line_says_that_nothing_is_to_be_mended() -> None:
    """What is due for review is told beside it, and is no mistake."""
    *_, walked, last = waymark("check", str(SMALL_FLOW)).stdout.splitlines()

    assert last.startswith(f"{SMALL_FLOW}: fit to publish: nothing to mend")
    assert walked.startswith("walked through ")
    assert walked.endswith(" held in each")


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    """A slip in the folder's name is not five missing files."""
    ran = waymark("check", str(tmp_path / "nope"))

    assert ran.returncode == 2
    assert ran.stdout.count("\n") == 1
    assert "there is no such folder" in ran.stdout
    assert "such as flows/stalking" in ran.stdout
