"""One turn: what an event does to a conversation, whoever sends it."""

from __future__ import annotations

import pytest

from bot.core.engine.conversation import Tapped
from tests.person import Person


def test_whoever_never_sent_start_is_still_heard(person: Person) -> None:
    """The first thing that someone types may be the most urgent."""
    person.types("he is outside my house")

    assert person.is_told_to_call == "999"


def test_i_am_safe_now_before_any_question_skips_none(person: Person) -> None:
    """Typing 999 first and being safe again must not skip the danger question."""
    person.types("999")
    person.taps("safe_now", "me")

    assert person.stands_at == "right_now"


def test_one_aside_after_another_leads_back_to_the_question(person: Person) -> None:
    """999, then the words for people who want to die, then on: nothing is lost."""
    person.starts(at="what_else")
    before = person.conversation

    person.types("999", "i want to die")
    assert person.stands_at == "stay_alive"
    person.taps("go_on")

    assert person.conversation == before


def test_danger_twice_is_one_step_back(person: Person) -> None:
    """Tapping the danger button again and again does not bury the way back."""
    person.starts(at="which_nation")
    for _ in range(5):
        person.uses("danger")

    person.taps("back")

    assert person.stands_at == "which_nation"


def test_a_skipped_question_leaves_no_answer(person: Person) -> None:
    """Whoever is asked again and skips takes the answer of before away."""
    person.starts()
    person.taps("me", "not_now", "done", "done", "elsewhere", "in_uk", "skip")

    assert person.stands_at == "what_next"
    assert "nation" not in person.facts


def test_done_without_a_tick_is_an_answer_too(person: Person) -> None:
    """None of these: that is not the same as not having been asked."""
    person.starts(at="which_of_four")

    person.taps("done")

    assert person.facts["four"] == ()


def test_a_second_tap_takes_a_tick_away(person: Person) -> None:
    """People change their mind while they choose."""
    person.starts(at="which_of_four")

    person.taps("fixated", "unwanted", "fixated", "done")

    assert person.facts["four"] == ("unwanted",)


def test_a_tick_that_arrives_twice_stays_one_tick(person: Person) -> None:
    """A tap that Telegram delivers again does not undo itself."""
    person.starts(at="which_of_four")
    tick = Tapped("fixated", "which_of_four", on=True)

    person.does(tick, tick)
    ticked = person.ticked
    untick = Tapped("fixated", "which_of_four", on=False)
    person.does(untick, untick)

    assert (ticked, person.ticked) == (("fixated",), ())


def test_after_three_misses_people_are_offered(person: Person) -> None:
    """Rule 3: whoever cannot be followed is shown whom to talk to."""
    person.starts()
    person.types("ok", "thanks")
    assert not person.sees("116 123")

    person.types("hello")

    assert person.sees("116 123")
    assert person.sees("999")


def test_a_tap_that_fits_begins_the_count_of_misses_again(person: Person) -> None:
    """Two slips at different questions are not three in a row."""
    person.starts(at="which_of_four")
    person.types("ok", "thanks")
    person.taps("fixated")

    person.types("hello")

    assert not person.sees("116 123")
    assert person.sees("999")
    assert (person.stands_at, person.ticked) == ("which_of_four", ("fixated",))
    person.types("hello", "hello")
    assert person.sees("116 123")


def test_leaving_keeps_nothing(person: Person, question: str) -> None:
    """Rule 14: one tap, and all that was kept of someone is gone."""
    person.starts(at=question)

    person.leaves()

    assert person.has_left


def test_after_leaving_the_first_screen_shows_nothing_of_before(person: Person) -> None:
    """Rule 16: whoever holds the phone next sees what a newcomer sees."""
    person.starts()
    newcomer = person.screen
    person.taps("me", "not_now")
    person.leaves()

    person.starts()

    assert person.screen == newcomer
    assert person.facts == {}


@pytest.mark.parametrize("words", ["start again", "/restart"])
def test_starting_again_can_be_typed(person: Person, question: str, words: str) -> None:
    """Whoever has lost the thread may begin again, and nothing is kept of before."""
    person.starts(at=question)

    person.types(words)

    assert person.stands_at == "welcome"
    assert person.facts == {}
