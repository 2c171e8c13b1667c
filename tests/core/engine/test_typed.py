"""Every button also works as typed text, in whatever form a phone may send it."""

from __future__ import annotations

import pytest

from bot.core.engine.conversation import Conversation, Event, Said, Started, Tapped
from bot.core.engine.machine import FlowMachine
from bot.core.engine.turn import decide
from bot.core.engine.typed import plain_words
from tests.person import Person
from tests.walk import shipped, ways

BUTTONS = [
    (step.id, option.id, option.label)
    for step in shipped().flow.steps.values()
    for option in step.options
]


def after(machine: FlowMachine, step: str, event: Event) -> Conversation | None:
    """Return where an event leads from a step."""
    conversation = None
    for each in (Started(), *ways()[step], event):
        conversation = decide(machine, conversation, each).conversation
    return conversation


@pytest.mark.parametrize(("step", "option", "label"), BUTTONS)
def test_a_label_that_is_typed_is_the_button(
    machine: FlowMachine, step: str, option: str, label: str
) -> None:
    """Whoever types a button's words gets what a tap would have given."""
    assert after(machine, step, Said(label)) == after(machine, step, Tapped(option))


@pytest.mark.parametrize(("step", "option", "label"), BUTTONS)
def test_r04_a_label_in_another_form_is_the_same_button(
    machine: FlowMachine, step: str, option: str, label: str
) -> None:
    """R04: capitals, curly quotes and spaces that cannot be seen change nothing."""
    typed = label.upper().replace("'", "\u2019").replace(" ", "\u00a0") + " \u200b!"

    assert after(machine, step, Said(typed)) == after(machine, step, Tapped(option))


@pytest.mark.parametrize(
    "typed",
    [
        "🆘 In danger now",
        "In danger now",
        "🆘\ufe0f in danger now!",
        "\u200bIN DANGER NOW",
    ],
)
def test_r04_the_danger_button_can_be_typed(
    person: Person, question: str, typed: str
) -> None:
    """R04: with its sign or without, on every screen, before /start has been sent."""
    person.types(typed)
    assert person.is_told_to_call == "999"

    person.starts(at=question)
    person.types(typed)
    assert person.stands_at == "call_999"
    assert person.is_told_to_call == person.number_for_danger


@pytest.mark.parametrize(
    "typed", ["Leave now", "leave now", "LEAVE NOW!", "/exit", "exit"]
)
def test_leaving_can_be_typed(person: Person, question: str, typed: str) -> None:
    """Nobody has to find the button in order to leave, wherever they are."""
    person.starts(at=question)

    person.types(typed)

    assert person.has_left


@pytest.mark.parametrize("typed", ["back", "Back", "⬅ Back", "/back"])
def test_back_can_be_typed(person: Person, typed: str) -> None:
    """The way back works without its button."""
    person.starts(at="right_now")

    person.types(typed)

    assert person.stands_at == "welcome"


@pytest.mark.parametrize("typed", ["skip", "Skip this question"])
def test_skip_can_be_typed(person: Person, typed: str) -> None:
    """Whoever does not want to answer can say so in words."""
    person.starts(at="right_now")

    person.types(typed)

    assert person.stands_at == "which_of_four"


def test_ticks_can_be_typed(person: Person) -> None:
    """Somebody who cannot see which button is which may still choose any."""
    person.starts(at="which_of_four")

    person.types("fixated", "Unwanted", "done")

    assert person.facts["four"] == ("fixated", "unwanted")


@pytest.mark.parametrize(
    ("typed", "step"),
    [
        ("yes", "call_999"),
        ("Yep", "call_999"),
        ("not sure", "call_999"),
        ("no", "which_of_four"),
    ],
)
def test_short_answers_to_the_danger_question_are_taken(
    person: Person, typed: str, step: str
) -> None:
    """People answer as they speak; doubt counts as danger."""
    person.starts()
    person.taps("me")

    person.types(typed)

    assert person.stands_at == step


def test_the_words_of_a_button_are_not_taken_for_danger(person: Person) -> None:
    """The button "Help for men" holds the word "help", and still means help for men."""
    person.starts(at="more_help")

    person.types("Help for men")

    assert person.stands_at == "help_men"


def test_danger_is_heard_before_other_words_for_an_option(person: Person) -> None:
    """Whoever types more than a button's words is listened to first."""
    person.starts()

    person.types("someone is outside my house")

    assert person.is_told_to_call == "999"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("⚠️ Yes", "yes"),
        ("It\u2019s me", "its me"),
        ("  NOT\tnow\n", "not now"),
        ("🆘", ""),
    ],
)
def test_r04_words_are_read_without_what_cannot_be_seen(typed: str, plain: str) -> None:
    """R04: signs that a keyboard adds or drops by itself do not count."""
    assert plain_words(typed) == plain
