"""`waymark chat --json` through real pipes: what every script and check relies on."""

import json
import subprocess
from collections.abc import Iterator

import pytest

from tests.command import (
    COMMAND,
    PATIENCE,
    ROOT,
    SMALL_FLOW,
    Send,
    conversation,
    environ,
    talk,
    waymark,
)

START = {"start": True}
FIELDS = {
    "step",
    "kind",
    "text",
    "options",
    "standing",
    "interrupts",
    "services",
    "route",
    "facts",
    "interrupt",
}


@pytest.fixture(scope="module")
def going_on() -> Iterator[Send]:
    """Give one conversation that goes on from test to test, whatever was sent."""
    with conversation() as send:
        yield send


def test_the_first_screen_has_everything_a_driver_needs() -> None:
    """A driver that knows nothing of the flow can go on from what it is shown."""
    (first,) = talk([START])

    assert set(first) == FIELDS
    assert first["step"] == "welcome"
    assert first["kind"] == "question"
    assert first["options"] == [
        {"id": "now", "label": "Yes, right now"},
        {"id": "not_now", "label": "No, not right now"},
        {"id": "skip", "label": "Skip this question"},
    ]
    assert first["standing"] == []
    assert first["interrupts"] == ["danger", "leave"]
    assert first["facts"] == {}
    assert first["interrupt"] is None
    assert first["route"] is None


def test_danger_shows_999_on_the_second_line() -> None:
    """The shortest way to help, as the issue that asked for this tries it."""
    _, card = talk([START, {"interrupt": "danger"}])

    assert card["route"] == "police_999"
    assert card["services"] == ["police_999"]
    assert "999" in card["text"]
    assert card["interrupt"] == "danger"
    assert card["facts"] == {"danger": "now"}
    assert card["standing"] == ["back"]


def test_the_shipped_flow_shows_999_on_the_second_line() -> None:
    """The same with nothing said about a flow: the one that people really meet."""
    ran = waymark(*("chat", "--json"), typed='{"start":true}\n{"interrupt":"danger"}\n')

    _, card = map(json.loads, ran.stdout.splitlines())
    assert "police_999" in card["services"]


def test_ticks_are_told_and_kept_as_a_list() -> None:
    """Choose-any: a driver sees what is ticked, and the fact holds all of it."""
    *_, ticked, done, again, none = talk(
        [
            START,
            {"tap": "not_now"},
            {"tap": "repeated"},
            {"tap": "done"},
            {"tap": "more"},
            {"tap": "done"},
        ]
    )

    assert ticked["options"] == [
        {"id": "fixated", "label": "They seem fixated", "ticked": False},
        {"id": "repeated", "label": "It has happened before", "ticked": True},
        {"id": "done", "label": "Done"},
        {"id": "skip", "label": "Skip this question"},
    ]
    assert done["facts"] == {"danger": "not_now", "four": ["repeated"]}
    assert [option["ticked"] for option in again["options"][:2]] == [False, False]
    assert none["facts"]["four"] == []


def test_back_and_skip_are_taps() -> None:
    """The standing buttons have ids like any other."""
    *_, back, skipped = talk(
        [START, {"tap": "not_now"}, {"tap": "back"}, {"tap": "skip"}]
    )

    assert back["step"] == "welcome"
    assert back["facts"] == {}
    assert skipped["step"] == "which"
    assert skipped["facts"] == {}


def test_typed_danger_is_an_interrupt_too() -> None:
    """Whoever types instead of tapping is told of 999 all the same."""
    _, card = talk([START, {"say": "he is outside"}])

    assert card["interrupt"] == "danger"
    assert card["route"] == "police_999"


@pytest.mark.parametrize(
    "leaving", [{"leave": True}, {"interrupt": "leave"}, {"say": "close this"}]
)
def test_leaving_shows_nothing_and_keeps_nothing(leaving: object) -> None:
    """After a quick exit there is nothing to read; the next start is a first one."""
    _, _, left, refused, again = talk(
        [START, {"tap": "not_now"}, leaving, {"tap": "done"}, START]
    )

    assert left == {
        **{field: [] for field in FIELDS},
        "step": None,
        "kind": "left",
        "text": "",
        "route": None,
        "facts": {},
        "interrupt": "leave",
    }
    assert "start" in refused["error"]
    assert again["step"] == "welcome"
    assert again["facts"] == {}


@pytest.mark.parametrize(
    ("line", "cure"),
    [
        ("not json", '{"start": true}'),
        ("", '{"start": true}'),
        ("[" * 100_000, '{"start": true}'),
        ("[]", '{"start": true}'),
        ("null", '{"start": true}'),
        ('{"start": false}', '{"start": true}'),
        ('{"tap": 1}', '{"tap": "an option"}'),
        ('{"tap": "now", "say": "help"}', '{"say": "words"}'),
        ('{"tap": "nowhere"}', "fixated, repeated, done, skip, back"),
        ('{"tap": "danger"}', "interrupt with danger, leave"),
        ('{"interrupt": "nothing"}', "danger, leave"),
        ('{"tap": "\\ud800"}', "fixated"),
    ],
)
def test_a_line_that_cannot_be_taken_changes_nothing(
    going_on: Send, line: str, cure: str
) -> None:
    """An error says what could be sent instead, and the conversation goes on."""
    going_on('{"start": true}')
    going_on('{"tap": "not_now"}')

    error, after = going_on(line), going_on('{"tap": "fixated"}')

    assert list(error) == ["error"]
    assert cure in error["error"]
    assert after["step"] == "which"
    assert after["options"][0]["ticked"] is True


def test_bytes_that_are_no_text_are_answered() -> None:
    """Whatever comes down the pipe, one line goes back, and the next one is served."""
    ran = subprocess.run(
        [*COMMAND, "chat", "--json", "--flow", str(SMALL_FLOW)],
        input=b'\xff\xfe\n{"say": "\xff"}\n{"start": true}\n',
        capture_output=True,
        cwd=ROOT,
        env=environ(),
        timeout=PATIENCE,
        check=True,
    )

    first, second, started = map(json.loads, ran.stdout.splitlines())
    assert "error" in first
    assert "error" in second
    assert started["step"] == "welcome"


def test_each_answer_comes_before_the_next_line_is_sent() -> None:
    """A driver that waits for each answer is never left waiting."""
    with conversation() as send:
        assert send('{"start": true}')["step"] == "welcome"
        assert send('{"tap": "not_now"}')["step"] == "which"


def test_the_clock_can_be_fixed() -> None:
    """Christmas at three in the morning can be looked at on any day."""
    to_talk = [START, {"tap": "not_now"}, {"tap": "done"}]

    closed = talk(to_talk, "--at", "2026-12-25T03:00")[-1]
    still_open = talk(to_talk, "--at", "2026-11-25T19:59")[-1]
    just_closed = talk(to_talk, "--at", "2026-11-25T20:00")[-1]

    assert "Closed now. Opens Tuesday at 09:00." in closed["text"]
    assert "Open now." in still_open["text"]
    assert "Closed now." in just_closed["text"]


def test_r07_the_clock_is_uk_time_on_both_sides_of_a_change() -> None:
    """R07: a time without a zone is UK time, summer and winter, wherever this runs."""
    to_talk = [START, {"tap": "not_now"}, {"tap": "done"}]

    summer = talk(to_talk, "--at", "2026-03-30T09:00", zone="America/New_York")[-1]
    same = talk(to_talk, "--at", "2026-03-30T08:00Z", zone="America/New_York")[-1]
    earlier = talk(to_talk, "--at", "2026-03-30T08:59", zone="America/New_York")[-1]

    assert "Open now." in summer["text"]
    assert "Open now." in same["text"]
    assert "Closed now. Opens Monday at 09:00." in earlier["text"]


def test_the_time_to_forget_is_the_one_that_is_set() -> None:
    """What the first screen promises is what holds."""
    (first,) = talk([START], forget_after="2h")

    assert "120 minutes" in first["text"]
