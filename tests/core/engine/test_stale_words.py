"""Words that come late: no answer to a screen that was not seen, and still heard."""

from __future__ import annotations

from bot.core.engine.conversation import Said
from tests.person import Person

ANSWER = "No, not right now"
SHOWN_FIRST = "999"


def test_b20_words_from_before_a_screen_do_not_answer_it(
    person: Person, question: str
) -> None:
    """Whatever their words would mean here, nobody is moved on by old ones."""
    person.starts(at=question)
    before = person.conversation
    labels = [option.label for option in person.screen.options]

    for words in (*labels, ANSWER, "done", "skip", "back"):
        person.keeps(before)
        person.does(Said(words, stale=True))

        assert SHOWN_FIRST in person.screen.text
        assert person.turn
        assert person.turn.decision.interrupt or person.conversation == before


def test_b20_old_words_may_still_be_a_cry_for_help(
    person: Person, question: str
) -> None:
    """Danger that was typed while nobody answered is answered with 999."""
    person.starts(at=question)

    person.does(Said("he is breaking down my door", stale=True))

    assert person.screen.route == "police_999"


def test_b20_whoever_wanted_to_leave_has_left(person: Person, question: str) -> None:
    """A quick exit counts, however long it waited."""
    person.starts(at=question)

    person.does(Said("leave now", stale=True))

    assert person.has_left


def test_b20_old_words_of_somebody_new_begin_at_the_beginning(person: Person) -> None:
    """Never silence: the first screen, which says when to call 999."""
    person.does(Said("thank you", stale=True))

    assert person.screen.step == person.machine.flow.start
    assert SHOWN_FIRST in person.screen.text
