"""`waymark doctor` looks at the key and the store, and touches neither."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.bootstrap import DATABASE
from bot.core.person import person_key
from bot.doctor.diagnosis import State
from bot.stores.keys import KEY_FILE
from bot.stores.opening import open_store
from bot.stores.sealing import Sealer
from tests.doctor.told import KEY, told
from tests.postgres import Postgres, do
from tests.stores.shelf import keeps
from tests.telegram.stand_in import Telegram

OLDER = "CANARY six blue ladders lean behind the church"


async def test_a_key_beside_the_database_or_open_to_others(
    telegram: Telegram, tmp_path: Path
) -> None:
    """Whoever takes the folder has both; whoever shares the machine can read it."""
    path = tmp_path / KEY_FILE
    path.write_text(KEY)
    path.chmod(0o600)
    state, says = (await told(telegram, tmp_path, WAYMARK_KEY=""))["key"]
    assert state is State.NOTE
    assert "Keep it apart from the database" in says

    path.chmod(0o644)
    state, says = (await told(telegram, tmp_path, WAYMARK_KEY=""))["key"]
    assert state is State.MEND
    assert f"chmod 600 {path}" in says

    path.write_bytes(b"\xff" * 44)
    parts = await told(telegram, tmp_path, WAYMARK_KEY="")
    assert parts["key"][0] is State.MEND
    assert parts["store"][0] is State.FIT


async def kept(where: str | Path, key: str) -> None:
    """Keep somebody's place under a key."""
    sealer = Sealer(key.encode())
    store = open_store(where, sealer, lambda: datetime.now(UTC), timedelta(hours=1))
    await store.open()
    name = person_key(sealer.names_key, "telegram", 1)
    await store.turn(name, None, keeps({"step": "who"}))
    await store.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_which_key_is_needed(
    telegram: Telegram, tmp_path: Path, postgres: Postgres, kind: str
) -> None:
    """It says when the old one may go, and what a lost one means."""
    address = postgres.new_address() if kind == "postgres" else ""
    await kept(address or tmp_path / DATABASE, OLDER)

    async def says(keys: str) -> str:
        parts = await told(telegram, tmp_path, WAYMARK_STORE=address, WAYMARK_KEY=keys)
        assert parts["store"][0] is State.FIT
        return parts["key"][1]

    assert "still needed" in await says(f"{KEY}\n{OLDER}")
    assert "Nothing that is kept needs" in await says(f"{OLDER}\n{KEY}")
    assert "no key in force opens" in await says(KEY)
    assert "no key in force opens" not in await says(OLDER)


async def test_nobody_is_told_to_drop_a_key_unseen(
    telegram: Telegram, tmp_path: Path
) -> None:
    """While the store cannot be reached, people may still be kept under the old key."""
    nowhere = "postgresql://me@127.0.0.1:1/waymark"
    keys = f"{KEY}\n{OLDER}"

    parts = await told(telegram, tmp_path, WAYMARK_STORE=nowhere, WAYMARK_KEY=keys)

    assert parts["store"][0] is State.MEND
    assert "leave its line where it is" in parts["key"][1]
    assert "Nothing that is kept needs" not in parts["key"][1]


async def test_a_database_that_is_damaged_newer_or_not_to_be_written(
    telegram: Telegram, tmp_path: Path
) -> None:
    """Each is told as it would be met, and none is touched."""
    path = tmp_path / DATABASE
    path.write_bytes(b"no database at all" * 400)
    state, says = (await told(telegram, tmp_path))["store"]
    assert state is State.MEND
    assert "restore a backup first" in says
    assert path.read_bytes() == b"no database at all" * 400

    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 1000")
        db.execute("CREATE TABLE later (a)")
    state, says = (await told(telegram, tmp_path))["store"]
    assert (state, "newer Waymark" in says) == (State.MEND, True)

    (tmp_path / "file").touch()
    state, says = (await told(telegram, tmp_path / "file" / "below"))["store"]
    assert (state, "WAYMARK_DATA" in says) == (State.MEND, True)


async def test_a_server_that_is_not_there_or_lets_nobody_write(
    telegram: Telegram, tmp_path: Path, postgres: Postgres
) -> None:
    """The address is never shown, and the line says what to grant."""
    nowhere = "postgresql://me:CANARY@127.0.0.1:1/waymark"
    state, says = (await told(telegram, tmp_path, WAYMARK_STORE=nowhere))["store"]
    assert state is State.MEND
    assert "cannot be reached" in says
    assert "CANARY" not in says

    address = postgres.new_address()
    do(address, "CREATE ROLE reader LOGIN")
    database = address.rpartition("/")[2]
    as_reader = postgres.address(database, user="reader")
    parts = await told(telegram, tmp_path, WAYMARK_STORE=as_reader)
    assert parts["store"][0] is State.MEND
    assert "GRANT CREATE" in parts["store"][1]

    parts = await told(telegram, tmp_path, WAYMARK_STORE=address)
    assert parts["store"][0] is State.FIT
    assert "made ready at the first start" in parts["store"][1]
