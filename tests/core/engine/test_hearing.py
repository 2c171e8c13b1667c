"""What typed words do: danger at once, what is unclear is asked about, and seldom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.danger.recogniser import Recogniser
from bot.core.danger.signs import Sign
from bot.core.engine.conversation import Said
from bot.core.engine.machine import FlowMachine
from bot.core.engine.screen import Moment
from bot.core.finding import Position
from tests.person import Person
from tests.walk import shipped

HERE = Position("signs.yaml", 1, 1)
IN_DANGER = (
    *("he is outside my house", "HELP", "hes got a knife", "theyre trying to get in"),
    *("im being followed", "she strangled me", "999", "🆘", "h3lp me", "heeelp"),
)
CARDS = ("call_999", "call_silently", "stay_alive", "keep_alive")


@pytest.fixture
def anxious(moment: Moment) -> Person:
    """Give someone whose words are unclear unless they are one of four phrases.

    Nothing has been learnt here, so these tests do not change with what is learnt.
    """
    signs = (
        Sign("danger_now", ("he is here",), (), (), HERE),
        Sign("suicide", ("end my life",), (), (), HERE),
        Sign("leave", ("delete this",), (), (), HERE),
        Sign("police", ("report him",), (), (), HERE),
    )
    flow = replace(shipped().flow, recogniser=Recogniser(signs))
    return Person(FlowMachine(flow), moment)


@pytest.mark.parametrize("words", IN_DANGER)
def test_danger_typed_at_any_step_shows_999(
    person: Person, question: str, words: str
) -> None:
    """Rule 1: whatever was asked, danger is answered first, with the number."""
    person.starts(at=question)

    person.types(words)

    assert person.is_told_to_call == person.number_for_danger
    assert person.sees("999")


@pytest.mark.parametrize("words", IN_DANGER)
@pytest.mark.parametrize(
    "state", ["new", "left", "after three misses", "asked, said no"]
)
def test_danger_typed_in_any_state_shows_999(
    person: Person, state: str, words: str
) -> None:
    """Rule 1: before /start, after leaving, after words that fitted nothing."""
    if state == "left":
        person.starts()
        person.leaves()
    if state == "after three misses":
        person.starts()
        person.types("ok", "thanks", "hello")
    if state == "asked, said no":
        person.starts(at="which_of_four")
        person.uses("unsure")
        person.taps("go_on")

    person.types(words)

    assert person.is_told_to_call == "999"


def test_unclear_words_are_answered_with_the_question(
    anxious: Person, question: str
) -> None:
    """Never "I do not understand": 999, and four taps that say what it is."""
    anxious.starts(at=question)

    anxious.types("it is happening")

    assert anxious.sees("999")
    if question in CARDS:  # what helps already stays
        assert anxious.stands_at == question
    elif question != "are_you_safe":
        assert anxious.stands_at == "are_you_safe"
        assert anxious.options == ("now", "quiet", "life", "go_on")


@pytest.mark.parametrize(
    ("tap", "step"),
    [("now", "call_999"), ("quiet", "call_silently"), ("life", "stay_alive")],
)
def test_each_answer_to_the_question_brings_its_help(
    anxious: Person, tap: str, step: str
) -> None:
    """One tap from what they typed to the numbers that they need."""
    anxious.starts(at="which_nation")
    anxious.types("it is happening")

    anxious.taps(tap)

    assert anxious.stands_at == step
    assert anxious.sees("999")


def test_whoever_says_no_stands_where_they_were(anxious: Person) -> None:
    """The question takes nothing from anyone: answers and place are as before."""
    anxious.starts(at="which_nation")
    before = anxious.place
    anxious.types("it is happening")

    anxious.taps("go_on")

    assert anxious.place == before


def test_whoever_said_no_is_not_asked_again_for_ten_minutes(anxious: Person) -> None:
    """A question at every sentence would teach people to tap it away."""
    anxious.starts(at="which_nation")
    anxious.types("it is happening")
    anxious.taps("go_on")

    anxious.types("my street is called elm road")
    assert anxious.stands_at == "which_nation"
    assert "999" in anxious.screen.text.split("\n\n")[0]

    later = anxious.moment.now + timedelta(minutes=10)
    anxious.moment = replace(anxious.moment, now=later)
    anxious.types("my street is called elm road")
    assert anxious.stands_at == "are_you_safe"


def test_something_clear_is_answered_within_the_ten_minutes(anxious: Person) -> None:
    """Who said no a minute ago may be in danger now."""
    anxious.starts(at="which_nation")
    anxious.types("it is happening")
    anxious.taps("go_on")

    anxious.types("he is here")

    assert anxious.is_told_to_call == "999"


def test_unclear_again_at_the_question_is_danger(anxious: Person) -> None:
    """Nobody who cannot tap is asked a second time: they are shown the number."""
    anxious.starts(at="which_nation")

    anxious.types("it is happening", "it is happening again")

    assert anxious.is_told_to_call == "999"


def test_pieces_of_one_message_are_not_a_second_answer(anxious: Person) -> None:
    """Who types one word a message has not yet answered the question."""
    anxious.starts(at="which_nation")
    anxious.types("it")

    anxious.does(Said("is", before=("it",)))

    assert anxious.stands_at == "are_you_safe"


def test_words_of_several_messages_are_read_together(anxious: Person) -> None:
    """One cry in three messages: "he" "is" "here"."""
    anxious.starts()

    anxious.does(Said("here", before=("he", "is")))

    assert anxious.is_told_to_call == "999"


def test_danger_comes_before_everything_else_that_is_said(anxious: Person) -> None:
    """Several signs may hold: danger, then suicide, then the rest."""
    anxious.starts()

    anxious.types("i want to report him and end my life and he is here")
    assert anxious.stands_at == "call_999"
    anxious.types("i want to report him and end my life")
    assert anxious.stands_at == "stay_alive"
    anxious.types("i want to report him")
    assert anxious.stands_at == "tell_police"


def test_b08_an_edit_is_heard_as_danger_and_never_as_an_answer(
    anxious: Person,
) -> None:
    """B08: "no" changed to "yes" answers nothing; a cry that is edited in is heard."""
    anxious.starts(at="right_now")
    before = anxious.conversation

    anxious.does(Said("yes", edited=True))
    assert anxious.turn is not None
    edited_to_yes = anxious.conversation
    anxious.does(Said("he is here", edited=True))

    assert before is not None
    assert edited_to_yes is not None
    assert edited_to_yes.here.facts == before.here.facts
    assert anxious.is_told_to_call == "999"


def test_b08_an_edit_to_something_else_is_answered_with_nothing(
    anxious: Person,
) -> None:
    """B08: whoever mends a word in an old message does not make the bot write."""
    anxious.starts(at="right_now")
    before = anxious.conversation

    anxious.does(Said("report him", edited=True), Said("delete this", edited=True))

    assert anxious.turn is not None
    assert anxious.turn.decision.interrupt is None
    assert anxious.conversation is not None
    assert before is not None
    assert anxious.conversation.here.facts == before.here.facts


def test_he_is_gone_after_the_card_is_accepted(person: Person) -> None:
    """What they say of their own safety is believed, and the red button stays."""
    person.starts(at="which_of_four")
    person.uses("danger")

    person.types("he's gone")

    assert person.stands_at == "which_of_four"
    assert person.screen.interrupts[0].id == "danger"
