"""The screen for when all else fails still brings someone to help."""

from __future__ import annotations

import pytest

from bot.core.engine.emergency import emergency_screen
from bot.core.engine.machine import FlowMachine
from tests.person import NUMBER


@pytest.mark.parametrize(
    ("service", "words"),
    [
        ("police_999", "Ask for the police"),
        ("silent_solution", "When you are asked, press"),
        ("relay_uk", "Relay UK"),
        ("samaritans", "Samaritans"),
    ],
)
def test_it_has_the_way_to_help(machine: FlowMachine, service: str, words: str) -> None:
    """Its numbers are those of services.yaml, though it reads no file."""
    text = emergency_screen().text

    assert machine.flow.services[service].main in NUMBER.findall(text)
    assert words in text


def test_999_is_the_first_number() -> None:
    """Nothing is read before the number that matters most."""
    assert NUMBER.findall(emergency_screen().text)[0] == "999"


def test_it_says_what_55_does_not_do() -> None:
    """Nobody waits for help that cannot know where they are."""
    text = emergency_screen().text

    assert "mobiles" in text
    assert "does not tell them where you are" in text


def test_it_has_no_button_that_could_fail_too() -> None:
    """It stands alone: a tap would lead to what is broken already."""
    screen = emergency_screen()

    assert screen.options == ()
    assert screen.interrupts == ()
    assert screen.back is None


def test_it_says_how_to_go_on() -> None:
    """Nobody is left at a dead end."""
    assert "/start" in emergency_screen().text
