"""What holds when several processes share one store, whichever store it is."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.stores.base import Kept, Store
from tests.stores import process, replica
from tests.stores.shelf import (
    FORGET_AFTER,
    Clock,
    counts,
    keeps,
    looks,
    opened_at,
    someone,
)

WHERE = str | Path


def written(where: WHERE) -> str:
    """Return a place as WAYMARK_STORE has it."""
    return f"sqlite:///{where}" if isinstance(where, Path) else where


async def test_b27_taps_at_two_replicas_are_taken_one_after_another(
    where: WHERE,
) -> None:
    """B27: each tap is taken on what the last one left, whoever took that."""
    async with opened_at(where) as a, opened_at(where) as b:
        told = await asyncio.gather(
            *(
                (a, b)[turn % 2].turn(someone(turn % 5), f"update {turn}", counts)
                for turn in range(400)
            )
        )

        for number in range(5):
            assert sorted(told[number::5]) == list(range(1, 81))
            assert await b.turn(someone(number), None, looks) == {"count": 80}


async def test_b27_a_process_of_its_own_shares_one_person(where: WHERE) -> None:
    """B27: the same between real processes, from someone's very first turn on."""
    async with opened_at(where) as store:
        async with process.beside(replica.adds, written(where)) as told:
            assert told == "ready"
            for _ in range(200):
                await store.turn(someone(), None, counts)

        assert await store.turn(someone(), None, counts) == 401


async def test_two_first_turns_at_once_are_two_turns(where: WHERE) -> None:
    """Of whoever has no record yet, none is lost either: nothing is there to lock."""
    async with opened_at(where) as a, opened_at(where) as b:
        for number in range(50):
            told = await asyncio.gather(
                *(store.turn(someone(number), None, counts) for store in (a, b, a))
            )

            assert sorted(told) == [1, 2, 3]


async def test_someone_who_leaves_at_one_replica_has_left(where: WHERE) -> None:
    """A quick exit and a tap at the same moment never bring half a record back."""

    async def leaves_and_comes(leaves: Store, comes: Store, number: int) -> Kept:
        await leaves.turn(someone(number), None, keeps({"step": "who"}))
        _, kept = await asyncio.gather(
            leaves.turn(someone(number), None, keeps(None)),
            comes.turn(someone(number), None, keeps({"step": "what"})),
        )
        await leaves.forget(someone(number))
        return kept

    async with opened_at(where) as a, opened_at(where) as b:
        for number in range(40):
            kept = await leaves_and_comes(a, b, number)

            assert kept.record in (None, {"step": "who"})
            assert await b.turn(someone(number), None, looks) is None


async def test_an_update_at_two_replicas_at_once_counts_once(where: WHERE) -> None:
    """Telegram delivers again what was not answered in time, perhaps elsewhere."""
    async with opened_at(where) as a, opened_at(where) as b:
        for number in range(40):
            told = await asyncio.gather(
                *(
                    store.turn(someone(number), f"update {number}", keeps({"a": 1}))
                    for store in (a, b)
                )
            )

            assert sorted(kept.repeated for kept in told) == [False, True]


async def test_a_turn_outlives_a_kill_of_its_replica(where: WHERE) -> None:
    """Whoever saw a reply goes on from there at any other replica."""
    async with process.beside(replica.dies, written(where)) as told:
        assert told == "ready"

    async with opened_at(where) as store:
        kept = await store.turn(someone(), "update 7", keeps(None))
    assert kept == Kept({"step": "who"}, repeated=True)


async def test_purge_leaves_whoever_is_just_being_served(where: WHERE) -> None:
    """Two replicas purge and serve side by side, and nobody in time loses a place."""
    clock = Clock()
    async with opened_at(where, clock) as a, opened_at(where, clock) as b:
        for number in range(60):
            await a.turn(someone(number), None, counts)
        clock.now += FORGET_AFTER * 1.2
        served = [a.turn(someone(number), None, counts) for number in range(30)]
        *_, purged, too = await asyncio.gather(*served, b.purge(), a.purge())

        assert 30 <= purged + too <= 60
        for number in range(60):
            record = await b.turn(someone(number), None, looks)
            assert record == ({"count": 1} if number < 30 else None)
