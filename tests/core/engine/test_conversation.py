"""What is kept of a conversation is plain, small, and leads back to the same place."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.core.engine.conversation import (
    MAX_TRAIL,
    Conversation,
    Place,
    from_plain,
    to_plain,
)
from bot.core.errors import Unreadable
from tests.person import Person
from tests.walk import visits

FIRST = Conversation("stalking", "1", Place("welcome"))


def test_every_place_survives_being_kept() -> None:
    """Whoever comes back after a restart stands exactly where they were."""
    for visit in visits(5):
        kept = json.dumps(to_plain(visit.conversation))

        assert from_plain(json.loads(kept)) == visit.conversation


def test_nothing_that_is_typed_is_kept(person: Person) -> None:
    """What someone types is read once: it must not be found on a disk later."""
    person.starts()

    person.types("sentinel told me", "he is outside sentinel")

    assert person.conversation is not None
    assert "sentinel" not in json.dumps(to_plain(person.conversation))


def test_only_closed_answers_are_kept(person: Person) -> None:
    """A store holds step names and ticks, and no field for anything else."""
    person.starts()
    person.taps("me", "not_now", "fixated")

    assert person.conversation is not None
    assert to_plain(person.conversation) == {
        "language": "",
        "flow": "stalking",
        "version": person.machine.flow.version,
        "here": [
            "which_of_four",
            {"who": ["me"], "danger": ["not_now"]},
            ["fixated"],
            None,
        ],
        "trail": [
            ["welcome", {}, [], None],
            ["right_now", {"who": ["me"]}, [], None],
        ],
        "asked": None,
        "misses": 0,
    }


@pytest.mark.parametrize(
    "change",
    [
        {"here": None},
        {"here": ["welcome"]},
        {"here": ["welcome", ["who"], [], None]},
        {"here": ["welcome", {"who": 1}, [], None]},
        {"trail": None},
        {"trail": [7]},
    ],
)
def test_what_is_not_a_conversation_is_refused(change: dict[str, Any]) -> None:
    """Damage is told apart from a conversation, so that the person may start anew."""
    with pytest.raises(Unreadable):
        from_plain({**to_plain(FIRST), **change})


@pytest.mark.parametrize("part", ["flow", "version", "here", "trail", "misses"])
def test_a_conversation_that_lacks_a_part_is_refused(part: str) -> None:
    """Half a record is no record."""
    plain = to_plain(FIRST)
    del plain[part]

    with pytest.raises(Unreadable):
        from_plain(plain)


def test_back_gives_the_place_before_exactly() -> None:
    """Back takes nothing away that was answered before, and adds nothing."""
    before = Place("what_else", {"four": ("fixated",)}, ("threats",))
    conversation = replace(FIRST, here=before)

    assert conversation.move(Place("which_nation")).back() == conversation


def test_a_return_skips_all_that_came_after_the_interrupt() -> None:
    """From 999 and back: the person stands where they were, with the same way back."""
    there = FIRST.move(Place("right_now", {"who": ("me",)}))
    away = there.move(Place("call_999", returns=1)).move(Place("stay_alive", returns=1))

    assert away.resume() == there


def test_without_an_interrupt_there_is_nothing_to_return_to() -> None:
    """A place that was come to by questions is left as it is."""
    assert FIRST.resume() == FIRST


def test_what_is_kept_stays_small_however_long_someone_goes_on() -> None:
    """Someone who goes round for hours cannot fill the store."""
    conversation = FIRST
    for number in range(5 * MAX_TRAIL):
        conversation = conversation.move(Place(f"step_{number}"))

    assert len(conversation.trail) == MAX_TRAIL
    assert conversation.back().here == Place(f"step_{5 * MAX_TRAIL - 2}")


def test_a_long_way_still_returns_to_the_place_before_the_interrupt() -> None:
    """Forgetting the oldest places must not bend the way back from 999."""
    conversation = FIRST
    for number in range(2 * MAX_TRAIL):
        conversation = conversation.move(Place(f"step_{number}"))
    there = conversation.here

    away = conversation.move(Place("call_999", returns=len(conversation.trail)))

    assert away.resume().here == there


def test_the_place_to_return_to_is_never_forgotten() -> None:
    """Whoever types 999 again and again still comes back to their question."""
    there = FIRST.move(Place("right_now", {"who": ("me",)}))
    away = there.move(Place("call_999", returns=1))
    for _ in range(3 * MAX_TRAIL):
        away = away.move(replace(away.here))

    assert len(away.trail) == MAX_TRAIL
    assert away.resume().here == there.here
