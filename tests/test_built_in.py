"""The flow of last resort: no file, one screen, and 999 whatever somebody does."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.built_in import built_in_machine
from bot.core.checker.check import check_flow
from bot.core.checker.prove import prove
from bot.core.checker.walk import Effort
from bot.core.engine.conversation import Said
from bot.core.engine.emergency import EMERGENCY_TEXT
from bot.core.engine.machine import FlowMachine
from bot.core.engine.screen import Moment
from bot.core.engine.turn import take_turn
from bot.core.finding import Findings, Position, Source
from bot.core.flow import Flow
from bot.core.promise import Intent
from tests.command import environ
from tests.person import NUMBER, Person

NOTHING_PROMISED = Intent((), (), date(2026, 11, 25))

# What a file would be sent back for, and why it is right where there is one screen.
MEANT_SO = {
    "danger-unheard": "whatever is typed, the screen with 999 is the answer",
    "danger-loses-place": "there is only one place",
    "unclear-without-999": "its words hold the number itself, and no name for it",
}


@pytest.fixture
def lost(moment: Moment) -> Person:
    """Give somebody who writes while no flow can be used."""
    return Person(built_in_machine(), moment)


def as_written(flow: Flow) -> Flow:
    """Return a flow as if it had been read from a file, so that it can be checked."""
    nowhere = Position("built in", 1, 1)
    return replace(flow, source=Source(defaultdict(lambda: nowhere)))


def test_it_passes_every_check_that_a_single_screen_can() -> None:
    """What keeps a charity's flow fit keeps this one fit as well."""
    findings = Findings()

    check_flow(
        as_written(built_in_machine().flow), NOTHING_PROMISED, findings, Effort()
    )

    assert {found.rule for found in findings} == set(MEANT_SO)


def test_every_standing_promise_holds_in_it() -> None:
    """It is walked like any other: 999 in reach and a way out, wherever they stand."""
    findings = Findings()

    proven = prove(built_in_machine(), NOTHING_PROMISED, findings, Effort())

    assert not len(findings), list(map(str, findings))
    assert proven is not None
    assert proven.configurations > 0


@pytest.mark.parametrize(
    ("service", "words"),
    [
        ("police_999", "Ask for the police"),
        ("silent_solution", "When you are asked, press"),
        ("relay_uk", "Relay UK"),
        ("samaritans", "Samaritans"),
    ],
)
def test_its_numbers_are_those_of_the_directory(
    machine: FlowMachine, lost: Person, service: str, words: str
) -> None:
    """999, 55, 18000 and 116 123, exact: there is nobody else to ask just now."""
    lost.starts()

    number = machine.flow.services[service].main
    assert number in {"999", "55", "18000", "116 123"}
    assert number in NUMBER.findall(lost.screen.text)
    assert lost.sees(words)


def test_it_shows_the_screen_of_last_resort_word_for_word(lost: Person) -> None:
    """There is one such screen, and nobody has to learn two."""
    lost.starts()

    assert lost.screen.text == EMERGENCY_TEXT
    assert lost.screen.services == ("police_999",)
    assert lost.screen.route == "police_999"


@pytest.mark.parametrize(
    "typed",
    ["he is outside", "/999", "999", "help", "hello", "?", "/restart", "x" * 4096],
)
def test_whatever_is_typed_999_is_the_first_number(lost: Person, typed: str) -> None:
    """It knows no signs, so it takes everything for danger."""
    lost.types(typed)
    first = lost.is_told_to_call
    lost.types(typed, typed, typed)

    assert first == lost.is_told_to_call == "999"


def test_a_picture_and_an_old_button_are_met_with_999_too(lost: Person) -> None:
    """The buttons of a flow that has gone are still in their chat."""
    for does in (lost.sends_a_picture, lambda: lost.taps("now", on_screen="right_now")):
        does()

        assert lost.is_told_to_call == "999"


def test_danger_and_leave_are_on_it_and_work(lost: Person) -> None:
    """The two buttons that everyone knows do what they always do."""
    lost.starts()
    assert [button.id for button in lost.screen.interrupts] == ["danger", "leave"]

    lost.uses("danger")
    assert lost.is_told_to_call == "999"

    lost.leaves()
    assert lost.has_left


def test_leaving_can_be_typed(lost: Person) -> None:
    """Somebody comes in; there is no time to look for the button."""
    lost.starts()

    lost.types("Leave now")

    assert lost.has_left


def test_it_needs_no_file_at_all() -> None:
    """A disk that is full or gone takes the flows away, and not this screen."""
    asks = (
        "import sys\n"
        "from datetime import UTC, datetime\n"
        "from bot.built_in import built_in_machine\n"
        "from bot.core.engine.conversation import Said\n"
        "from bot.core.engine.screen import Moment\n"
        "from bot.core.engine.turn import take_turn\n"
        "def refuse(event, _):\n"
        "    if event == 'open': raise OSError('no disk')\n"
        "sys.addaudithook(refuse)\n"
        "moment = Moment(datetime(2026, 12, 25, 3, 0, tzinfo=UTC))\n"
        "print(take_turn(built_in_machine(), None, Said('help'), moment).screen.text)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", asks],
        env=environ(),
        capture_output=True,
        text=True,
        check=False,
    )

    moment = Moment(datetime(2026, 12, 25, 3, 0, tzinfo=UTC))
    screen = take_turn(built_in_machine(), None, Said("help"), moment).screen
    assert screen
    assert "Call 999" in screen.text
    assert ran.stdout == f"{screen.text}\n", ran.stderr
