"""Good practice, accessibility, language: a test for each row (4.9 of the domain)."""

from __future__ import annotations

import re

import pytest

from bot.core.checker.walk import Effort
from bot.library import read_folder
from tests.person import Person
from tests.threats.flow_texts import said_at, text_of
from tests.walk import SHIPPED, shipped, ways

SHORT = 1500  # characters of a screen; Telegram cuts at 4096


def test_4_9_misspelt_words_are_read_and_people_offered_after_three(
    person: Person,
) -> None:
    """Help with words, a person after three misses, and one action to leave."""
    person.starts(at="which_nation")
    person.types("hes otuside my hosue")
    assert person.sees("999")

    person.starts(at="which_nation")
    person.types("purple", "purple", "purple", "purple")
    assert person.sees("116 123") or person.sees("999")
    assert "leave" in [button.id for button in person.screen.interrupts]


def test_4_9_purpose_is_stated_and_messages_are_short(person: Person) -> None:
    """The first words say what it is; no screen is a page to scroll through."""
    person.starts()
    assert person.screen.text.startswith("This is an automatic guide")
    for step in shipped().flow.steps:
        assert len(said_at(step)) < 2 * SHORT, step


def test_4_9_nothing_rests_on_an_emoji_alone() -> None:
    """Whoever hears a screen read out, or sees no picture, misses nothing."""
    flow = shipped().flow
    labels = [option.label for step in flow.steps.values() for option in step.options]
    labels += [each.button for each in flow.interrupts if each.button]
    assert all(re.search(r"[A-Za-z]{2}", label) for label in labels)


def test_4_9_no_time_limit_on_reading(person: Person) -> None:
    """An old button for danger works; time takes answers away, and says so first."""
    person.starts()
    assert person.sees("After 60 minutes without use")


@pytest.mark.parametrize("step", ways())
def test_4_9_every_button_also_works_as_typed_text(person: Person, step: str) -> None:
    """Whoever cannot tap types what stands on the button."""
    person.starts(at=step)
    screen = person.screen
    for option in screen.options[:1]:
        person.types(option.label)
        assert person.tap_was_taken


def test_4_9_the_number_stands_before_its_explanation() -> None:
    """A screen reader says it first."""
    for name, first in (("call_999", "police_999"), ("stay_alive", "ambulance_999")):
        card = "\n".join(map(text_of, shipped().flow.steps[name].says[1:2]))
        assert card.startswith(f"Call {{{first}}} now")


def test_4_9_a_language_is_whole_or_not_on_offer() -> None:
    """Where another is offered, nothing that people in danger read is missing."""
    reading = read_folder(SHIPPED, effort=Effort(reading_age=False, proof=False))
    assert reading.on_offer
    for flow in reading.languages:
        assert flow.steps.keys() == shipped().flow.steps.keys()


def test_4_9_words_in_other_languages_bring_999(person: Person) -> None:
    """Whatever is typed that is not understood, 999 is in the reply."""
    for typed in ("pomocy on tu jest", "مدد", "ਮਦਦ", "ajutor", "au secours"):
        person.starts(at="which_nation")
        person.types(typed)
        assert person.sees("999")
