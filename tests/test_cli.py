"""The command itself: what each word does, what it prints, and how it ends."""

import json
import re
import shlex
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from bot.bootstrap import build_sealer, build_store
from bot.core.hours import LONDON
from bot.core.person import PersonKey
from bot.settings import read_settings
from bot.stores.base import Kept
from tests.command import ROOT, SMALL_FLOW, waymark


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    """Give a copy of the small flow that a test may break."""
    return copytree(SMALL_FLOW, tmp_path / "flow")


@pytest.fixture
def reviewed(flow: Path) -> Path:
    """Give it with 999 checked today, so that only the helpline is due."""
    today = datetime.now(LONDON).date()
    breaks(flow, "2026-11-24", f"{today}", "services.yaml")
    breaks(flow, "2027-05-24", f"{today + timedelta(days=180)}", "services.yaml")
    return flow


def breaks(flow: Path, words: str, other: str, name: str = "flow.yaml") -> None:
    """Write something else in a flow's file, as an author's slip would."""
    file = flow / name
    before = file.read_text()
    assert words in before
    file.write_text(before.replace(words, other))


def test_help_names_every_command() -> None:
    """An operator finds out what there is without opening a page."""
    ran = waymark("--help")

    assert ran.returncode == 0
    for command in ("run", "chat", "check", "services", "purge"):
        assert f"\n  {command} " in ran.stdout


def test_a_flow_that_is_fit_says_so() -> None:
    """A volunteer who has done everything right is told in one line."""
    ran = waymark("check", str(SMALL_FLOW))

    assert ran.returncode == 0
    assert "fit to publish" in ran.stdout


@pytest.mark.slow
def test_the_shipped_flow_is_fit() -> None:
    """What people meet has passed its own check, found with nothing said.

    So it is proved that no answer about counting, nor being asked, changes the help.
    """
    ran = waymark("check")

    assert ran.returncode == 0, ran.stdout
    assert "flows/stalking: fit to publish: nothing to mend" in ran.stdout
    promises = (ROOT / "flows" / "stalking" / "promises.yaml").read_text()
    walked = re.search(r"([\d,]+) situations; (\d+) promises held in each", ran.stdout)
    assert walked
    assert int(walked[2]) == promises.count("- promise:")


def test_what_blocks_is_told_by_line_and_column_all_at_once(flow: Path) -> None:
    """An author mends every slip in one go, each found by file, line and column."""
    breaks(flow, "goes_to: call_999}", "goes_to: call_99}")
    breaks(flow, "route: helpline", "route: helplin")

    ran = waymark("check", str(flow))

    assert ran.returncode == 1
    lines = (flow / "flow.yaml").read_text().splitlines()
    (line,) = [n for n, said in enumerate(lines, 1) if "goes_to: call_99}" in said]
    assert f"{flow}/flow.yaml:{line}:7 " in ran.stdout
    assert "'call_999'" in ran.stdout
    assert "'helpline'" in ran.stdout
    assert "not fit to publish" in ran.stdout


def test_findings_as_json_hold_the_same(flow: Path) -> None:
    """An editor can jump to each place and show the cure."""
    breaks(flow, "route: helpline", "route: helplin")

    ran = waymark("check", str(flow), "--json")

    told = json.loads(ran.stdout)
    (finding,) = [found for found in told["findings"] if found["blocks"]]
    assert ran.returncode == 1
    assert finding["file"] == f"{flow}/flow.yaml"
    assert finding["line"] > 1
    assert finding["column"] > 1
    assert finding["blocks"] is True
    assert "helplin" in finding["says"]
    assert "helpline" in finding["cure"]
    assert set(finding) == {
        *("rule", "file", "line", "column", "says", "cure", "blocks"),
        *("shown_by", "touches"),
    }
    assert told["summary"]["fit"] is False
    assert told["summary"]["blocking"] == 1
    assert told["summary"]["findings"] == len(told["findings"])


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("flow.yaml", None),
        ("services.yaml", b"\xff\xfe"),
        ("flow.yaml", b"flow: [small"),
        ("signs.yaml", b""),
        ("signs.yaml", b"\xff\xfe"),
    ],
)
def test_a_file_that_cannot_be_read_has_a_code_of_its_own(
    flow: Path, file: str, content: bytes | None
) -> None:
    """A check that read nothing must not look like a flow with a slip in it."""
    if content is None:
        (flow / file).unlink()
    else:
        (flow / file).write_bytes(content)

    ran = waymark("check", str(flow))

    assert ran.returncode == 2
    assert f"{flow}/{file}:" in ran.stdout
    assert "Traceback" not in ran.stderr


def test_phrases_that_cannot_be_read_are_found_where_something_is_learnt(
    flow: Path,
) -> None:
    """Beside messages to learn from, too, the check says which file to mend."""
    corpus = flow / "signs" / "corpus"
    corpus.mkdir(parents=True)
    (corpus / "one.txt").write_text("# EMERGENCY_NOW\nhe is outside\n")
    (flow / "signs.yaml").write_bytes(b"\xff\xfe")

    ran = waymark("check", str(flow))

    assert ran.returncode == 2
    assert f"{flow}/signs.yaml:" in ran.stdout
    assert "Traceback" not in ran.stderr


def test_services_say_what_is_due(reviewed: Path) -> None:
    """The operator sees each number, and which must be looked at before it is used."""
    ran = waymark("services", WAYMARK_FLOW=str(reviewed))

    told = " ".join(ran.stdout.split())
    assert ran.returncode == 0
    assert "2 services, 1 to check before relying on them" in told
    assert "999" in told
    assert "0300 000 0000" in told
    assert "whether it opens" in told


def test_services_as_json_hold_the_same(reviewed: Path) -> None:
    """A script can ask what is due."""
    ran = waymark("services", "--json", WAYMARK_FLOW=str(reviewed))

    police, helpline = json.loads(ran.stdout)
    assert police["due"] is False
    assert helpline["due"] is True
    assert helpline["contacts"] == {"call": "0300 000 0000"}
    assert helpline["nations"] == ["england", "wales"]
    assert helpline["anonymous"] == "yes"
    assert helpline["source"] == "made up for a test"


def test_every_shipped_service_is_listed() -> None:
    """Nothing people are sent to is missing from what the operator reviews."""
    listed = json.loads(waymark("services", "--json").stdout)
    written = (ROOT / "flows" / "services.yaml").read_text()

    assert len(listed) == written.count("\n    review_by:")


def test_a_conversation_in_a_flow_that_is_unfit_is_refused(flow: Path) -> None:
    """Nobody is led through a flow with a dead end, not even to try it."""
    breaks(flow, "route: helpline", "route: helplin")

    ran = waymark("chat", "--json", "--flow", str(flow), typed='{"start": true}\n')

    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1
    assert "flow.yaml:" in ran.stderr


def test_the_command_for_all_findings_works_when_it_is_pasted(flow: Path) -> None:
    """Whatever the folder is called, nobody is shown the findings of another one."""
    breaks(flow, "route: helpline", "route: helplin")
    folder = flow.rename(flow.with_name("my flow's folder"))
    told = waymark("chat", "--json", "--flow", str(folder)).stderr

    pasted = shlex.split(told.partition("For all of them: waymark ")[2])

    ran = waymark(*pasted)
    assert ran.returncode == 1
    assert f"{folder}/flow.yaml:" in ran.stdout
    assert "'helplin'" in ran.stdout


def test_a_wrong_setting_is_one_line(tmp_path: Path) -> None:
    """No traceback, no value: the setting, and what to write."""
    ran = waymark("purge", cwd=tmp_path, WAYMARK_STORE="mysql://waymark:SECRET@db")

    assert ran.returncode == 2
    assert "WAYMARK_STORE" in ran.stderr
    assert "SECRET" not in ran.stderr
    assert "Traceback" not in ran.stderr


async def test_purge_removes_what_is_past_its_time(tmp_path: Path) -> None:
    """Answers that should be gone go, also when nothing else is running."""
    data = str(tmp_path / "data")
    settings = read_settings({"WAYMARK_DATA": data})
    yesterday = datetime.now(UTC) - timedelta(days=1)
    store = build_store(settings, build_sealer(settings), lambda: yesterday)
    await store.open()
    await store.turn(PersonKey(b"somebody"), None, _keeps)
    await store.close()

    first = waymark("purge", WAYMARK_DATA=data)
    second = waymark("purge", WAYMARK_DATA=data)

    assert first.stdout == "1 removed\n"
    assert second.stdout == "0 removed\n"


def _keeps(_: Kept) -> tuple[dict[str, str], None]:
    return {"conversation": "anything"}, None
