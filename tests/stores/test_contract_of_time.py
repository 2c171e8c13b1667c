"""What every store promises of time: what goes when, and what is left of it."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.counting.cell import Cell
from bot.stores.base import Record
from bot.stores.memory import MemoryStore
from bot.stores.purging import PURGED_AT_ONCE
from tests.stores.shelf import FORGET_AFTER, Shelf, counts, keeps, looks, someone

RECORD: Record = {
    "conversation": {"here": {"step": "who", "facts": {"nation": ["cymru"]}}},
    "notes": {"message": 17},
}
NOTES_ALONE: Record = {"notes": RECORD["notes"]}


async def test_an_idle_record_is_as_if_it_had_never_been(shelf: Shelf) -> None:
    """Whoever picks up the phone an hour later finds nothing, to the second."""
    answers = {"conversation": RECORD["conversation"]}
    await shelf.store.turn(someone(1), None, keeps(answers))
    await shelf.store.turn(someone(2), None, keeps(answers))

    shelf.clock.now += FORGET_AFTER
    gone = await shelf.store.turn(someone(1), None, looks)
    shelf.clock.moves(seconds=-1)
    there = await shelf.store.turn(someone(2), None, looks)

    assert gone is None
    assert there == answers


async def test_a_turn_starts_the_idle_time_again(shelf: Shelf) -> None:
    """Someone who reads slowly is not forgotten on the way."""
    for _ in range(5):
        await shelf.store.turn(someone(), None, counts)
        shelf.clock.moves(minutes=59)

    assert await shelf.store.turn(someone(), None, counts) == 6


async def test_purge_removes_what_is_past_and_nothing_before(shelf: Shelf) -> None:
    """Nothing goes before its time, everything after."""
    await shelf.store.turn(someone(1), None, keeps(RECORD))
    shelf.clock.moves(minutes=30)
    await shelf.store.turn(someone(2), None, keeps(RECORD))

    shelf.clock.moves(minutes=29)
    assert await shelf.store.purge() == 0
    shelf.clock.moves(minutes=6)
    assert await shelf.store.purge() == 1
    assert await shelf.store.purge() == 0

    assert await shelf.store.turn(someone(2), None, looks) == RECORD


async def test_purge_keeps_receipts_for_two_days(shelf: Shelf) -> None:
    """Telegram repeats for a day; after that, nothing of an update is left."""
    await shelf.store.turn(someone(), "update 7", keeps(None))

    shelf.clock.moves(hours=47)
    await shelf.store.purge()
    assert (await shelf.store.turn(someone(), "update 7", keeps(None))).repeated
    shelf.clock.moves(hours=48)
    await shelf.store.purge()
    assert not (await shelf.store.turn(someone(), "update 7", keeps(None))).repeated


async def test_of_an_idle_record_the_notes_alone_are_left(shelf: Shelf) -> None:
    """Answers are as if they had never been; messages can still be taken out."""
    await shelf.store.turn(someone(), None, keeps(RECORD))

    shelf.clock.now += FORGET_AFTER
    left = await shelf.store.turn(someone(), None, looks)

    assert left == {"notes": RECORD["notes"]}


async def test_purge_hands_over_what_is_past_once(shelf: Shelf) -> None:
    """However many clear up, messages are taken out by one of them."""
    told: list[Record] = []
    await shelf.store.turn(someone(1), None, keeps(RECORD))
    shelf.clock.moves(minutes=66)
    await shelf.store.turn(someone(2), None, keeps({"notes": {"chat": 2}}))

    counted = await asyncio.gather(*(shelf.store.purge(told.append) for _ in range(3)))

    assert sorted(counted) == [0, 0, 1]
    assert told == [RECORD]
    await shelf.store.turn(someone(1), None, keeps(None))  # all is taken out
    shelf.clock.moves(minutes=66)
    assert await shelf.store.purge(told.append) == 1
    assert told == [RECORD, {"notes": {"chat": 2}}]


async def test_notes_that_nobody_cleared_are_handed_over_again(shelf: Shelf) -> None:
    """Whoever took them may have been killed; answers are gone all the same."""
    told: list[Record] = []
    await shelf.store.turn(someone(), None, keeps(RECORD))
    shelf.clock.moves(minutes=66)
    await shelf.store.purge(told.append)

    shelf.clock.moves(minutes=66)
    await shelf.store.purge(told.append)

    assert told == [RECORD, NOTES_ALONE]


@pytest.mark.parametrize("takes", ["idle", "left"])
async def test_of_two_that_begin_together_one_takes_what_is_left(
    shelf: Shelf, takes: str
) -> None:
    """Messages are deleted once; if that one is killed, the other does it soon."""
    told: list[Record] = []
    if takes == "left":
        await shelf.store.turn(someone(), None, keeps(NOTES_ALONE))
    else:
        await shelf.store.turn(someone(), None, keeps(RECORD))
        shelf.clock.moves(minutes=66)

    begin = (shelf.store.purge(told.append, left=True) for _ in range(2))
    assert sorted(await asyncio.gather(*begin)) == [0, 1]
    shelf.clock.moves(seconds=59)
    assert await shelf.store.purge(told.append, left=True) == 0
    shelf.clock.moves(seconds=1)
    assert await shelf.store.purge(told.append, left=True) == 1

    assert told == [NOTES_ALONE if takes == "left" else RECORD, NOTES_ALONE]


async def test_a_purge_that_takes_no_notes_leaves_them_to_the_next(
    shelf: Shelf,
) -> None:
    """An operator's purge removes answers; messages are a running bot's to delete."""
    told: list[Record] = []
    await shelf.store.turn(someone(), None, keeps(RECORD))
    shelf.clock.moves(minutes=66)

    assert await shelf.store.purge() == 1
    assert await shelf.store.purge() == 0
    assert await shelf.store.purge(told.append) == 1

    assert told == [NOTES_ALONE]


@pytest.mark.parametrize("takes", [True, False])
async def test_notes_go_two_days_after_their_person_was_here(
    shelf: Shelf, *, takes: bool
) -> None:
    """Nobody can delete such old messages; then nothing of a person is left."""
    told: list[Record] = []
    farewell = told.append if takes else None
    await shelf.store.turn(someone(), None, keeps(RECORD))
    shelf.clock.moves(hours=47, minutes=30)
    assert await shelf.store.purge(farewell) == 1
    assert await shelf.store.purge(farewell) == 0

    shelf.clock.moves(minutes=35)  # what stands outside the seal is coarse
    assert await shelf.store.purge(farewell) == 1

    assert told == ([RECORD, NOTES_ALONE] if takes else [])
    shelf.clock.moves(days=9)
    assert await shelf.store.purge(farewell) == 0


async def test_many_are_purged_and_handed_over_each_once(shelf: Shelf) -> None:
    """However many parts a purge has, nobody is left out."""
    told: list[Record] = []
    people = 2 * PURGED_AT_ONCE + 1
    records = [{**RECORD, "notes": {"chat": number}} for number in range(people)]
    turns = (
        shelf.store.turn(someone(number), None, keeps(record))
        for number, record in enumerate(records)
    )
    await asyncio.gather(*turns)
    shelf.clock.moves(minutes=66)

    assert await shelf.store.purge(told.append) == people
    assert sorted(each["notes"]["chat"] for each in told) == list(range(people))


async def test_what_a_killed_process_left_of_whoever_has_left_is_handed_over(
    shelf: Shelf,
) -> None:
    """Their messages go when the next one begins, not an hour later."""
    told: list[Record] = []
    for number in range(3):
        await shelf.store.turn(someone(number), None, keeps(RECORD))
    await shelf.store.turn(someone(1), None, keeps(NOTES_ALONE))

    assert await shelf.store.purge(told.append) == 0
    assert await shelf.store.purge(told.append, left=True) == 1

    assert told == [NOTES_ALONE]
    for number in (0, 2):
        assert await shelf.store.turn(someone(number), None, looks) == RECORD


async def test_time_counts_from_when_someone_was_here(shelf: Shelf) -> None:
    """What is stored late is not kept any longer for that."""
    earlier = shelf.clock.now - FORGET_AFTER / 2
    await shelf.store.turn(someone(), None, keeps(RECORD), used=earlier)

    shelf.clock.now += FORGET_AFTER / 2
    left = await shelf.store.turn(someone(), None, looks)

    assert left == {"notes": RECORD["notes"]}


async def test_counts_are_added_up_and_go_by_the_week(shelf: Shelf) -> None:
    """Numbers outlive people and starts, and go when their weeks are past."""
    old = Cell("2026-08-24", "stalking", "1", "started", "all")
    new = Cell("2026-11-23", "stalking", "1", "started", "all")
    nobody = Cell("2026-11-23", "stalking", "1", "answer nation", "wales")
    await shelf.store.count({new: 12, nobody: 0, old: 11})
    await shelf.store.count({new: 10, nobody: 0})
    if not isinstance(shelf.store, MemoryStore):
        await shelf.reopen()

    assert await shelf.store.counts() == {old: 11, nobody: 0, new: 22}
    assert await shelf.store.forget_counts("2026-08-24") == 0
    assert await shelf.store.forget_counts("2026-08-31") == 1
    assert await shelf.store.counts() == {nobody: 0, new: 22}
