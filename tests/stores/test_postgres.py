"""What a server in use can meet: a restart, a stopped replica, a wrong address."""

from __future__ import annotations

import asyncio
import logging
import os
import signal

import psycopg
import pytest

from bot.core.errors import StoreAway, StoreError
from bot.stores import postgres_tables
from bot.stores.base import Kept
from tests.postgres import Postgres, rows
from tests.stores import process, replica
from tests.stores.shelf import (
    SEALER,
    Shelf,
    counts,
    keeps,
    looks,
    opened_at,
    right_now,
    someone,
    store_at,
)


def fails(_: Kept) -> tuple[None, None]:
    """Stand for a turn with a fault in it."""
    raise LookupError("a fault of the flow")


def does(address: str, statement: str) -> None:
    """Do one thing to a database, as its administrator would."""
    with psycopg.connect(address, autocommit=True) as db:
        db.execute(statement.encode())


async def test_r02_the_next_turn_after_a_restart_is_kept(
    on_server: Shelf, postgres: Postgres
) -> None:
    """R02: every connection is broken by then, and nobody notices."""
    for number in range(20):
        await on_server.store.turn(someone(number), None, counts)

    postgres.stop()
    postgres.start()

    for number in range(20):
        assert await on_server.store.turn(someone(number), None, counts) == 2
    assert on_server.store.trouble is None


async def test_r02_while_there_is_no_server_every_turn_says_so(
    on_server: Shelf, postgres: Postgres
) -> None:
    """R02: nobody waits for it, whoever watches is told, and it recovers by itself."""
    await on_server.store.turn(someone(), None, counts)
    postgres.stop()

    for _ in range(3):
        with pytest.raises(StoreError):
            await on_server.store.turn(someone(), None, counts)
    with pytest.raises(StoreError):
        await on_server.store.purge()
    assert "cannot be reached" in (on_server.store.trouble or "")

    postgres.start()
    assert await on_server.store.turn(someone(), None, counts) == 2
    assert on_server.store.trouble is None


async def test_a_replica_that_is_stopped_within_a_turn_holds_nobody_up(
    on_server: Shelf, address: str
) -> None:
    """Its person goes on elsewhere; once awake, it does its turn on what is then."""
    on_server.clock.now = right_now()
    async with process.beside(replica.stops_within, address) as told:
        try:
            assert await on_server.store.turn(someone(), None, counts) == 1
        finally:
            os.kill(int(told), signal.SIGCONT)

    assert await on_server.store.turn(someone(), "update 7", looks) == {"count": 2}


async def test_a_turn_that_fails_leaves_no_empty_row(
    on_server: Shelf, address: str
) -> None:
    """Nothing tells afterwards that somebody was there."""
    with pytest.raises(LookupError):
        await on_server.store.turn(someone(), "update 5", fails)

    assert rows(address, "SELECT * FROM conversation") == []
    assert rows(address, "SELECT * FROM claim") == []


async def test_a_dump_tells_nobody_anything(
    on_server: Shelf, address: str, postgres: Postgres
) -> None:
    """Not who wrote, nor what, nor which update or minute it was, is in a backup."""
    number = 1087968824
    record = {"facts": {"nation": "wales"}, "notes": {"words": "he is outside"}}
    await on_server.store.turn(someone(number), "telegram 987654321", keeps(record))

    dump = postgres.dump(address)

    assert someone(number).name.hex().encode() in dump  # else this looks past it
    for clear in (b"1087968824", b"telegram", b"987654321", b"wales", b"outside"):
        assert clear not in dump
        assert clear.hex().encode() not in dump
    for hidden in (number, 987654321):
        assert hidden.to_bytes(4, "little").hex().encode() not in dump
        assert hidden.to_bytes(4, "big").hex().encode() not in dump
    assert SEALER.names_key.hex().encode() not in dump
    ((until,),) = rows(address, "SELECT forget_at FROM conversation")
    assert isinstance(until, int)
    assert until % 300 == 0
    assert rows(address, "SELECT day FROM claim") == [(20781,)]  # 24 November 2026


async def test_whoever_is_gone_is_in_no_dump(
    on_server: Shelf, address: str, postgres: Postgres
) -> None:
    """Forgotten, left or past: no backup from then on has them, nor has a restart."""
    for number in range(3):
        await on_server.store.turn(someone(number), None, counts)
    await on_server.store.forget(someone(0))
    await on_server.store.turn(someone(1), None, keeps(None))
    on_server.clock.moves(minutes=65)
    await on_server.store.purge()
    await on_server.reopen()

    dump = postgres.dump(address)

    for number in range(3):
        assert someone(number).name.hex().encode() not in dump
        assert await on_server.store.turn(someone(number), None, looks) is None


async def test_many_replicas_may_start_at_once(
    address: str, caplog: pytest.LogCaptureFixture
) -> None:
    """An empty database gets its tables once, and every replica serves."""
    caplog.set_level(logging.INFO, "bot")

    async def start() -> int:
        async with opened_at(address) as store:
            return await store.turn(someone(), None, counts)

    told = await asyncio.gather(*(start() for _ in range(8)))

    assert sorted(told) == list(range(1, 9))
    assert caplog.messages == ["new tables made in PostgreSQL"]


async def test_a_database_of_a_newer_waymark_is_left_alone(
    on_server: Shelf, address: str
) -> None:
    """To go back a version by mistake destroys nothing, and says what to do."""
    does(address, "UPDATE waymark_version SET version = 99")

    with pytest.raises(StoreError, match="newer Waymark: install that one"):
        await on_server.reopen()

    assert rows(address, "SELECT version FROM waymark_version") == [(99,)]
    newest = len(postgres_tables.CHANGES)
    does(address, f"UPDATE waymark_version SET version = {newest}")  # noqa: S608 ours
    await on_server.open()


@pytest.mark.parametrize(
    ("database", "user", "told"),
    [
        (
            "nowhere",
            "postgres",
            '"nowhere" does not exist. Mend WAYMARK_STORE',
        ),
        ("postgres", "nobody", '"nobody" does not exist. Mend WAYMARK_STORE'),
        ("postgres", "guest", "GRANT CREATE ON SCHEMA public"),
    ],
)
async def test_a_start_that_can_never_work_says_why(
    postgres: Postgres, database: str, user: str, told: str
) -> None:
    """One line with the cure, instead of waiting for what will not come."""
    does(postgres.address("postgres"), "DROP ROLE IF EXISTS guest")
    does(postgres.address("postgres"), "CREATE ROLE guest LOGIN")

    with pytest.raises(StoreError, match=told) as caught:
        await store_at(postgres.address(database, user), right_now).open()

    assert not isinstance(caught.value, StoreAway)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("host", ["127.0.0.1:1", "nowhere.invalid"])
async def test_a_server_that_is_not_there_yet_is_told_apart(host: str) -> None:
    """Started before its server, it may wait; the password is not shown meanwhile."""
    store = store_at(f"postgresql://u:hunter2@{host}/waymark", right_now)

    with pytest.raises(StoreAway) as caught:
        await store.open()

    assert "hunter2" not in str(caught.value)


async def test_after_closing_every_turn_on_a_server_is_refused(
    on_server: Shelf,
) -> None:
    """What was asked for before is still kept; nothing hangs afterwards."""
    last = asyncio.create_task(on_server.store.turn(someone(), None, counts))
    await asyncio.sleep(0)

    await on_server.store.close()

    assert await last == 1
    with pytest.raises(StoreError, match="not open"):
        await on_server.store.turn(someone(), None, counts)
    with pytest.raises(StoreError, match="not open"):
        await on_server.store.purge()
