"""`waymark understand`: what is made of typed words, and how often rightly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.learning.report import Share, read_judged, report
from tests.command import waymark

FIT = """\
{"text": "he is at my door", "intent": "EMERGENCY_NOW", "tag": "now"}
{"text": "i want to die", "intent": "SUICIDE_RISK", "risk": "sui"}
{"text": "hello", "intent": "OTHER", "risk": "none"}
{"text": "he was at my door in a film", "intent": "OTHER", "hard_negative": true}
{"text": "how do i report him", "intent": "WANTS_POLICE", "also": ["CHILD"]}
"""


def test_each_line_typed_is_one_line_of_json() -> None:
    """A script can ask what would be done, in the words of the interface."""
    typed = "he is outside my house\ni want to kill myself\ndelete this\nhello\n\n"

    told = [
        json.loads(each)
        for each in waymark("understand", typed=typed).stdout.splitlines()
    ]

    assert [each["does"] for each in told[:4]] == [
        "shows_999",
        "shows_suicide_help",
        "leaves",
        "repeats_question",
    ]
    assert told[0]["text"] == "he is outside my house"
    assert told[0]["signs"] == ["danger_now"]
    assert told[0]["because"]["danger_now"] == ["he is outside"]
    assert len(told) == len(typed.splitlines())


HELP = {
    "i cant speak": "cannot_speak",
    "start again": "restarts",
    "can i tell you without giving my name": "shows_crimestoppers",
    "how do i report him to the police": "shows_101",
    "im worried about my friend her ex keeps following her": "helps_friend",
    "i cant stop following my ex": "shows_own_behaviour_help",
    "im in year 9 and a boy wont stop texting me": "shows_child_help",
}


def test_each_kind_of_help_is_found_by_typing() -> None:
    """Whoever does not tap finds the same help as whoever does."""
    lines = waymark("understand", typed="".join(f"{text}\n" for text in HELP)).stdout

    told = [json.loads(line) for line in lines.splitlines()]
    assert {each["text"]: each["does"] for each in told} == HELP


def test_a_report_counts_what_is_missed_and_what_is_wrong(tmp_path: Path) -> None:
    """The figures are those that a person would count by hand."""
    (tmp_path / "fit.jsonl").write_text(FIT, encoding="utf-8")
    heard = {
        "he is at my door": None,  # missed
        "i want to die": "suicide",
        "hello": "unclear",
        "he was at my door in a film": "danger_now",  # wrong
        "how do i report him": "child",  # also right
    }

    made = report(read_judged(tmp_path / "fit.jsonl"), heard.__getitem__)

    assert [(share.hits, share.total) for share in made.shares] == [
        (1, 1), (0, 1), (0, 1), (1, 1), (1, 1), (1, 3), (1, 1), (1, 1),
    ]  # fmt: skip
    assert [missed.text for missed in made.misses] == ["he is at my door"]


def test_a_share_has_an_honest_interval() -> None:
    """None of 362 still means up to 1 %: Wilson's interval, not a bare zero."""
    low, high = Share("missed", 0, 362).interval

    assert low == 0
    assert high == pytest.approx(0.0105, abs=0.0002)


def test_a_line_that_is_no_message_is_named(tmp_path: Path) -> None:
    """Whoever wrote the file sees which line, and how a line looks."""
    path = tmp_path / "wrong.jsonl"
    path.write_text(FIT + '{"text": "x", "intent": "EMERGENCY"}\n', encoding="utf-8")

    ran = waymark("understand", "--report", str(path))

    assert ran.returncode == 1
    assert f"{path}:6" in ran.stderr
    assert "EMERGENCY_NOW" in ran.stderr


def test_the_report_is_printed_with_intervals_and_misses() -> None:
    """Recall, false alarms, kinds and misses, on the messages that are kept apart."""
    held_out = "flows/signs/held-out/i.txt"

    told = waymark("understand", "--report", held_out).stdout

    for line in (
        "danger missed:",
        "harmless: asked:",
        "[",
        "the worst first",
        "missed,",
    ):
        assert line in told
