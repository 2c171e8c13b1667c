"""What every store promises, sentence by sentence of `bot.stores.base`."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.stores.base import Kept, Record
from tests.stores.shelf import Shelf, counts, keeps, looks, someone

RECORD = {
    "conversation": {"here": {"step": "who", "facts": {"nation": ["cymru"]}}},
    "notes": {"message": 17, "words": "Dŵr, 水, 💛", "nothing": None, "part": 0.5},
}


def fails(_: Kept) -> tuple[Record | None, None]:
    """Stand for a turn with a fault in it."""
    raise LookupError("a fault of the flow")


async def test_what_a_turn_kept_is_there_at_the_next(shelf: Shelf) -> None:
    """A person goes on where they were, with every answer as it was."""
    first = await shelf.store.turn(someone(), None, keeps(RECORD))

    assert first == Kept(None)
    assert await shelf.store.turn(someone(), None, looks) == RECORD


async def test_to_look_someone_up_is_no_turn(shelf: Shelf) -> None:
    """It tells what the next turn would, in its order, and leaves all as it is."""
    assert await shelf.store.read(someone()) is None

    kept = asyncio.create_task(shelf.store.turn(someone(), "update 1", keeps(RECORD)))
    read = asyncio.create_task(shelf.store.read(someone()))
    await asyncio.gather(kept, read)

    assert read.result() == RECORD
    assert await shelf.store.turn(someone(), None, looks) == RECORD
    assert await shelf.store.read(someone(1)) is None


async def test_people_do_not_see_each_other(shelf: Shelf) -> None:
    """Nobody is ever shown where another person stands."""
    await shelf.store.turn(someone(1), None, keeps(RECORD))

    assert await shelf.store.turn(someone(2), None, looks) is None


async def test_a_record_is_plain_data_and_nothing_else(shelf: Shelf) -> None:
    """What is kept cannot be changed from outside, and what is not plain is refused."""
    mine: dict[str, Any] = {"ticked": ["a"]}
    await shelf.store.turn(someone(), None, keeps(mine))
    mine["ticked"].append("b")

    with pytest.raises(TypeError):
        await shelf.store.turn(someone(), "update 1", keeps({"a": object()}))

    assert await shelf.store.turn(someone(), "update 1", keeps(None)) == Kept(
        {"ticked": ["a"]}
    )


async def test_turns_of_one_person_keep_their_order(shelf: Shelf) -> None:
    """Quick taps are taken one after another, each on what the last one left."""

    async def tap(number: int, turn: int) -> None:
        await shelf.store.turn(
            someone(number),
            None,
            lambda kept: ({"taps": [*(kept.record or {"taps": []})["taps"], turn]}, 0),
        )

    await asyncio.gather(*(tap(turn % 3, turn) for turn in range(300)))

    for number in range(3):
        record = await shelf.store.turn(someone(number), None, looks)
        assert record == {"taps": list(range(number, 300, 3))}


async def test_a_receipt_counts_once(shelf: Shelf) -> None:
    """An update that Telegram tells of again does not answer a question twice."""
    first = await shelf.store.turn(someone(), "update 7", keeps(RECORD))
    again = await shelf.store.turn(someone(), "update 7", keeps(RECORD))
    other = await shelf.store.turn(someone(), "update 8", keeps(RECORD))

    assert [first.repeated, again.repeated, other.repeated] == [False, True, False]
    assert again.record == RECORD


async def test_a_receipt_that_comes_twice_at_once_counts_once(shelf: Shelf) -> None:
    """Two deliveries of one update, side by side, are one answer."""
    both = await asyncio.gather(
        *(shelf.store.turn(someone(), "update 7", keeps(RECORD)) for _ in range(2))
    )

    assert sorted(kept.repeated for kept in both) == [False, True]


async def test_a_receipt_of_someone_who_left_is_still_known(shelf: Shelf) -> None:
    """A quick exit that is delivered twice does not open the conversation again."""
    await shelf.store.turn(someone(), "update 9", keeps(None))

    again = await shelf.store.turn(someone(), "update 9", keeps(None))

    assert again == Kept(None, repeated=True)


async def test_a_turn_without_a_receipt_is_never_repeated(shelf: Shelf) -> None:
    """Notes that a channel keeps are no update of Telegram's."""
    await shelf.store.turn(someone(), None, keeps(RECORD))

    assert not (await shelf.store.turn(someone(), None, keeps(RECORD))).repeated


async def test_of_a_turn_that_fails_nothing_is_kept(shelf: Shelf) -> None:
    """The fault reaches whoever asked, and the person may tap again."""
    await shelf.store.turn(someone(), None, keeps(RECORD))

    with pytest.raises(LookupError):
        await shelf.store.turn(someone(), "update 5", fails)

    assert await shelf.store.turn(someone(), "update 5", keeps(None)) == Kept(RECORD)


async def test_a_turn_that_fails_is_nobody_elses(shelf: Shelf) -> None:
    """A fault in one conversation leaves the others beside it as they should be."""
    told = await asyncio.gather(
        shelf.store.turn(someone(1), None, counts),
        shelf.store.turn(someone(2), None, fails),
        shelf.store.turn(someone(1), None, counts),
        shelf.store.turn(someone(3), None, counts),
        return_exceptions=True,
    )

    assert isinstance(told[1], LookupError)
    assert [told[0], told[2], told[3]] == [1, 2, 1]


async def test_whoever_asks_is_forgotten_and_nobody_else(shelf: Shelf) -> None:
    """To forget one person costs no other person their place."""
    for number in (1, 2):
        await shelf.store.turn(someone(number), None, keeps(RECORD))

    await shelf.store.forget(someone(1))
    await shelf.store.forget(someone(3))

    assert await shelf.store.turn(someone(1), None, looks) is None
    assert await shelf.store.turn(someone(2), None, looks) == RECORD


async def test_a_turn_that_keeps_no_record_forgets(shelf: Shelf) -> None:
    """Quick exit leaves nothing to come back to."""
    await shelf.store.turn(someone(), None, keeps(RECORD))
    await shelf.store.turn(someone(), None, keeps(None))

    assert await shelf.store.turn(someone(), None, looks) is None


async def test_all_is_well(shelf: Shelf) -> None:
    """Whoever watches is not alarmed by a fault of one turn."""
    with pytest.raises(LookupError):
        await shelf.store.turn(someone(), "update 5", fails)

    assert shelf.store.trouble is None
