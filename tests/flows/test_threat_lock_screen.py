"""Threat: the lock-screen preview. The first words of a screen tell nobody anything.

999 may be among them. Whatever is shown was asked for a moment before, and comes
without a sound. In danger the number must be the first thing read, and by itself it
says nothing about who needs it, or why.
"""

from __future__ import annotations

import pytest

from bot.core.danger.folding import fold
from bot.core.engine.conversation import Said, Unread
from bot.core.engine.machine import FlowMachine
from bot.core.engine.profile import profile_of
from bot.core.engine.screen import Moment
from tests.person import Person
from tests.walk import ways

SHOWN_LOCKED = 40  # characters
TELLING = (
    *("stalk", "harass", "abuse", "police", "crime", "rape", "sexual", "suicid"),
    *("kill", "violen", "weapon", "threat", "hurt", "evidence", "victim", "afraid"),
    *("ex-partner", "court order", "followed", "watched", "frightened"),
)
URGENT = "999"


def told(text: str) -> list[str]:
    """Return the telling words in what a locked phone shows of a text."""
    return [word for word in TELLING if fold(word) in fold(text[:SHOWN_LOCKED])]


@pytest.mark.parametrize("step", ways())
def test_the_first_words_of_every_screen_are_neutral(person: Person, step: str) -> None:
    """Whoever sees the phone light up learns nothing, after buttons and after words."""
    person.starts(at=step)
    assert told(person.screen.text) == []

    for event in (Said("zzz"), Said("zzz"), Said("zzz"), Unread()):
        person.does(event)
        assert told(person.screen.text) == []


def test_danger_is_answered_with_999_before_anything_else(person: Person) -> None:
    """The one number that must be read at a glance is the first thing on its screen."""
    person.starts()
    person.types("he is outside")

    assert person.screen.text.startswith(f"Call {URGENT} now.")


def test_the_bot_itself_says_nothing_to_whoever_picks_up_the_phone(
    machine: FlowMachine, moment: Moment
) -> None:
    """Its name, its descriptions and the list of its commands could be any guide's."""
    profile = profile_of(machine.flow, moment)
    texts = [profile.name, profile.short_description, profile.description]
    texts += [says for _, says in profile.commands]

    assert all(texts)
    assert len(profile.commands) == 6
    assert URGENT in profile.description
    for text in texts:
        assert [word for word in TELLING if fold(word) in fold(text)] == []


def test_no_name_behind_a_button_is_taken_for_a_standing_one(
    machine: FlowMachine,
) -> None:
    """Whoever taps by a button's data finds danger, leave and back where they are."""
    standing = ("danger", "leave", "back", "restart", "language", "skip", "done")
    names = [
        name
        for step in machine.flow.steps.values()
        for name in (step.id, *(option.id for option in step.options))
    ]

    assert [name for name in names if any(word in name for word in standing)] == []
