"""Nobody is stuck: unknown taps, unread messages and words that fit nothing."""

from __future__ import annotations

import pytest

from bot.core.engine.lasting import with_lasting
from tests.person import Person
from tests.walk import shipped, ways

QUESTIONS = [step for step in ways() if step not in shipped().asides]
# Steps that an interrupt leads to, from wherever someone is; they lead back again.
CALLED = [
    interrupt.goes_to
    for interrupt in shipped().flow.interrupts
    if interrupt.returns and interrupt.goes_to
]
NEVER_OFFERED = ["zzz", "to_q9", "to_police_today", "next", "", "ÿ\x00☠" * 16, "police"]


@pytest.mark.parametrize("option", NEVER_OFFERED)
def test_b05_an_unknown_button_moves_nobody(
    person: Person, question: str, option: str
) -> None:
    """B05: a forged or broken tap shows the same place again, with danger in reach."""
    person.starts(at=question)
    before = person.conversation

    person.taps(option)

    assert person.conversation == before
    assert not person.tap_was_taken
    assert person.stands_at == question
    assert person.screen.interrupts[0].id == "danger"


def test_b05_a_button_of_an_older_screen_moves_nobody(person: Person) -> None:
    """B05: a tap on a message from before does not answer the question of now."""
    person.starts()
    person.taps("me", "not_now")

    for option, step in (("someone_else", "welcome"), ("skip", "right_now")):
        person.taps(option, on_screen=step)

        assert person.stands_at == "which_of_four"
        assert person.facts["who"] == ("me",)
        assert not person.tap_was_taken


@pytest.mark.parametrize("step", ["right_now", "what_else", "q9"])
def test_b05_a_button_after_everything_was_forgotten_begins_anew(
    person: Person, step: str
) -> None:
    """B05: whoever taps an old message after a day stands at the first question."""
    person.taps("not_now", on_screen=step)

    assert person.stands_at == "welcome"
    assert person.facts == {}


def test_b05_an_interrupt_that_no_flow_has_does_nothing(person: Person) -> None:
    """B05: a forged command is not obeyed, and the place is shown again."""
    person.starts(at="what_else")

    person.uses("drop_everything")

    assert person.stands_at == "what_else"
    assert not person.tap_was_taken


def test_the_danger_button_works_however_old_it_is(person: Person) -> None:
    """Telegram keeps old messages; this button never says "too late"."""
    person.uses("danger")

    assert person.is_told_to_call == "999"


@pytest.mark.parametrize("forgotten", [False, True])
def test_yes_to_danger_works_however_old_the_screen_is(
    person: Person, *, forgotten: bool
) -> None:
    """Somebody scrolls up to "Yes, right now" and taps it: that is danger, today."""
    if not forgotten:
        person.starts(at="what_next")

    person.taps("now", on_screen="right_now")

    assert person.is_told_to_call == "999"


def test_b08_what_cannot_be_read_moves_nobody(person: Person, question: str) -> None:
    """B08, B43: an edited message, a picture or a voice message changes nothing."""
    person.starts(at=question)
    before = person.conversation

    person.sends_a_picture()

    assert person.conversation == before
    assert person.sees("999")


def test_b42_start_always_begins_again(person: Person, question: str) -> None:
    """B42: from every place /start leads to the first screen, and forgets all."""
    person.starts(at=question)

    person.starts()

    assert person.stands_at == "welcome"
    assert person.facts == {}
    assert person.conversation is not None
    assert person.conversation.trail == ()


@pytest.mark.parametrize(
    "words", ["HELP ME", "help", "999", "/999", "sos", "emergency!"]
)
def test_b42_urgent_words_always_show_999(
    person: Person, question: str, words: str
) -> None:
    """B42: wherever someone is stuck, a bare plea is answered with the number."""
    person.starts(at=question)

    person.types(words)

    assert person.stands_at == "call_999"
    assert person.is_told_to_call == person.number_for_danger
    assert person.sees("999")


@pytest.mark.parametrize(
    "words", ["", " ", "\n", "/blah", "asdfgh", "👍", "?", "." * 4096]
)
def test_b42_words_that_fit_nothing_are_never_met_with_silence(
    person: Person, question: str, words: str
) -> None:
    """B42, rule 3: 999 comes first, and what was asked before comes back."""
    person.starts(at=question)
    place, home = person.place, person.home

    person.types(words)

    assert "999" in person.screen.text.split("\n\n")[0]
    assert person.screen.interrupts[0].id == "danger"
    if question == "are_you_safe":  # nobody is asked a second time
        assert person.is_told_to_call == person.number_for_danger
        return
    if person.stands_at == "are_you_safe":
        person.taps("go_on")
        assert person.place == home
    else:
        assert person.place == place


@pytest.mark.parametrize("aside", CALLED)
@pytest.mark.parametrize("words", ["?", "asdfgh"])
def test_b42_words_within_an_aside_lead_back_to_the_question_that_was_asked(
    person: Person, aside: str, words: str
) -> None:
    """B42: whoever looked something up goes on with just what they were asked."""
    person.starts(at="which_nation")
    asked = person.place
    person.does(*ways()[aside])
    assert person.place != asked

    person.types(words)
    options = person.machine.flow.steps[person.stands_at].options
    person.taps(next(option.id for option in options if option.goes_to is None))

    lasting = person.machine.lasting  # whoever said that they are a child still is one
    assert person.place == with_lasting(lasting, asked, person.facts)


@pytest.mark.parametrize("step", QUESTIONS)
@pytest.mark.parametrize("command", ["help", "privacy"])
def test_b42_commands_that_explain_come_back(
    person: Person, step: str, command: str
) -> None:
    """B42: whoever looks something up stands where they were afterwards."""
    person.starts(at=step)
    before = person.conversation

    person.uses(command)
    assert person.stands_at != step
    person.taps("go_on")

    assert person.conversation == before


@pytest.mark.parametrize("typed", ["q9", "start ref_leaflet7", "%3Cb%3E", "x" * 64])
def test_r05_the_text_behind_start_is_no_step(person: Person, typed: str) -> None:
    """R05: a link's payload that reaches a conversation as words leads nowhere."""
    person.starts()

    person.types(typed)

    assert person.stands_at in {"welcome", "are_you_safe"}
    assert person.facts == {}
