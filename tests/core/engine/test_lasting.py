"""Whoever said that they are a child is one wherever they go back to."""

from __future__ import annotations

import pytest

from tests.person import Person

CHILD = ("yes",)


@pytest.mark.parametrize("step", ["right_now", "what_else", "safe_phone"])
def test_it_stays_after_going_on_and_after_going_back(
    person: Person, step: str
) -> None:
    """Nobody has to say it twice, and the place itself is as it was."""
    person.starts(at=step)
    before = person.place
    person.types("im 13")
    assert person.stands_at == "under_19"

    person.taps("go_on")
    assert person.facts == {**before.facts, "child": CHILD}
    assert (person.place.step, person.place.ticked) == (before.step, before.ticked)
    while person.conversation and person.conversation.trail:
        person.taps("back")
        assert person.facts["child"] == CHILD
    assert person.stands_at == "welcome"


def test_it_can_be_taken_back(person: Person) -> None:
    """Words can be misread: an adult says so, and is shown what adults are shown."""
    person.starts(at="what_else")
    person.types("my sister is in year 8, im in year 8 too")
    person.taps("adult")
    assert person.stands_at == "what_else"
    assert person.facts["child"] == ("no",)

    person.taps("back")
    assert person.facts["child"] == ("no",)


def test_a_start_forgets_it(person: Person) -> None:
    """Whoever holds the phone next is told nothing of it."""
    person.starts(at="what_else")
    person.types("im 13")
    person.starts()
    assert person.facts == {}


def test_danger_in_between_leads_back_with_it(person: Person) -> None:
    """From one interrupt into another, and home: what was said is still so."""
    person.starts(at="which_nation")
    person.types("im 13")
    person.uses("danger")
    assert person.is_told_to_call == "999"

    person.taps("safe_now")
    assert person.stands_at == "which_nation"
    assert person.facts["child"] == CHILD
