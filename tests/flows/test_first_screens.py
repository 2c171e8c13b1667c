"""The first two screens: what this is, what it cannot hide, and how to reach 999."""

from __future__ import annotations

import pytest

from tests.person import Person


def test_the_first_screen_says_what_this_is(person: Person) -> None:
    """Nobody takes it for a person, for the police, or for somebody who can call."""
    person.starts()

    assert person.sees("automatic")
    assert person.sees("not a person")
    assert person.sees("not the police")
    assert person.sees("cannot call")


def test_the_first_screen_says_what_it_cannot_hide(person: Person) -> None:
    """Rule 13: before the first question people know who else may read this."""
    person.starts()

    assert person.sees("Telegram keeps this chat on every phone and computer")
    assert person.sees("“Leave now” forgets your answers")
    assert "Leave now" in [button.label for button in person.screen.interrupts]
    assert person.sees("It cannot take the chat off your list")
    assert person.sees("60 minutes")


def test_the_first_screen_has_danger_and_three_doors(person: Person) -> None:
    """The first tap is already useful, whoever writes."""
    person.starts()

    assert person.sees("Call 999 now")
    assert person.sees("🆘 In danger now")
    assert person.options[:3] == ("me", "someone_else", "my_own_behaviour")


def test_two_taps_from_the_start_reach_999(person: Person) -> None:
    """Someone in danger never has to read past the second question."""
    person.starts()

    person.taps("me", "now")

    assert person.is_told_to_call == "999"


@pytest.mark.parametrize(
    "fact",
    [
        "Call 999 now",
        "Ask for the police",
        "I cannot call for you",
        "Cannot speak?",
        "stay on the line",
        "When you are asked, press 55",
        "mobiles only",
        "does not tell them where you are",
        "18000 with Relay UK",
        "999bsl.co.uk",
        "Text 999 only if you registered your phone before",
        "On a train",
        "61016",
    ],
)
def test_the_999_card_is_complete_in_one_message(person: Person, fact: str) -> None:
    """Rule 2: whoever cannot speak, hear or move finds their way on the same card."""
    person.uses("danger")

    assert person.sees(fact)


def test_the_999_card_begins_with_what_to_do(person: Person) -> None:
    """The number stands in the first line, before anything else is said."""
    person.uses("danger")

    assert person.screen.text.startswith("Call 999 now")


def test_someone_abroad_is_told_112_first(person: Person) -> None:
    """Outside the UK 999 may reach nobody: the number that works comes first."""
    person.starts()
    person.taps("me", "not_now", "skip", "skip", "elsewhere")

    person.uses("danger")

    assert person.is_told_to_call == "112"


def test_no_railway_text_is_shown_where_it_does_not_serve(person: Person) -> None:
    """61016 is for England, Scotland and Wales; elsewhere it reaches nobody."""
    person.starts()
    person.taps("me", "not_now", "skip", "skip", "northern_ireland")

    person.uses("danger")

    assert not person.sees("61016")
