"""The commands that write files for an author: a picture, and help for editors."""

from pathlib import Path

from tests.command import ROOT, SMALL_FLOW, waymark


def test_a_flow_can_be_drawn(tmp_path: Path) -> None:
    """A safeguarding lead sees all of it at once, as text or as a page to print."""
    page = tmp_path / "flow.svg"
    text = waymark("draw", str(SMALL_FLOW))
    ran = waymark("draw", str(SMALL_FLOW), "--format", "svg", "-o", str(page))

    assert (text.returncode, ran.returncode) == (0, 0), text.stderr + ran.stderr
    assert "call_999" in text.stdout
    assert "<svg" in page.read_text(encoding="utf-8")


def test_the_schemas_beside_the_shipped_flow_are_those_of_this_version(
    tmp_path: Path,
) -> None:
    """An editor that reads them marks what the loader would refuse, and no more."""
    ran = waymark("schema", str(tmp_path))

    written = {file.name: file.read_text() for file in tmp_path.iterdir()}
    beside = ROOT / "flows" / "schemas"
    assert ran.returncode == 0
    assert written == {file.name: file.read_text() for file in beside.iterdir()}


def test_a_picture_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    """What the disk refuses is told with its place, and never as a traceback."""
    ran = waymark("draw", "-o", str(tmp_path / "nowhere" / "flow.mmd"))

    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1
    assert "nowhere/flow.mmd cannot be written" in ran.stderr
