"""Counting switched on, in a real process on Telegram: numbers are kept, and no one."""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from tests.command import ROOT, waymark
from tests.process import running
from tests.telegram.people import Person
from tests.telegram.stand_in import Telegram
from tests.test_nothing_in_clear import bytes_in

FIRST_CHAT = 7_123_456_000
SAID = "SENTINEL-91 is outside my house"
NAME = "Sentinella"
TAPS = ("me", "not_now", "yes", "done", "done", "wales", "report", "useful", "partly")


def traces() -> list[bytes]:
    """Return all that must be found nowhere, as the bytes that would give it away."""
    found = [b"SENTINEL", NAME.encode(), base64.b64encode(SAID.encode())[:12]]
    for chat in range(FIRST_CHAT, FIRST_CHAT + 10):
        text = str(chat).encode()
        digest = sha256(text)
        found += [text, digest.digest()[:8], digest.hexdigest()[:16].encode()]
        found += [chat.to_bytes(8, order) for order in ("big", "little")]
    return found


async def comes(person: Person) -> None:
    """Let someone answer everything, type, and leave."""
    await person.starts()
    for tap in TAPS:
        await person.taps(tap)
    await person.types(SAID)
    await person.taps("leave")


async def ten_people_are_counted(folder: Path) -> bytes:
    """Let ten people go through it, type, and leave; return what was logged."""
    async with (
        Telegram() as telegram,
        running(
            folder,
            telegram.base,
            telegram.token,
            WAYMARK_FLOW=str(ROOT / "flows" / "stalking"),
            WAYMARK_COUNT="on",
            WAYMARK_LOG_LEVEL="debug",
        ) as process,
    ):
        chats = range(FIRST_CHAT, FIRST_CHAT + 10)
        people = [telegram.person(id=n, first_name=NAME, username=NAME) for n in chats]
        await asyncio.gather(*map(comes, people))
        return (await process.is_told_to_stop()).encode()


async def test_ten_people_leave_numbers_and_nothing_else(
    tmp_path: Path, proved: Path
) -> None:
    """No chat, name or word: in no file, no log, no export, however it is written."""
    shutil.copy(proved, tmp_path)
    log = await ten_people_are_counted(tmp_path)

    today = datetime.now(UTC).date()
    last_week = (today - timedelta(days=today.weekday() + 7)).isoformat()
    kept = bytes_in(tmp_path)
    with closing(sqlite3.connect(tmp_path / "waymark.db")) as db:
        rows = db.execute("SELECT measure, value, people FROM counts").fetchall()
        told = {(measure, value): people for measure, value, people in rows}
        columns = [name for _, name, *_ in db.execute("PRAGMA table_info(counts)")]
        db.execute("UPDATE counts SET week = ?", (last_week,))  # it is over by now
        db.commit()
    assert told["started", "all"] == 10
    by_lot = [
        told["answer nation", "wales"],
        told["route", "police_999"],  # what they typed last is danger
        told["stopped at", "call_999"],
    ]
    assert sum(by_lot) == 10
    assert told["answer useful", "partly"] == by_lot[0]
    assert told["danger sign", "typed"] == by_lot[0]
    assert columns == ["week", "flow", "version", "measure", "value", "rank", "people"]

    for form in ("--json", "--csv", ""):
        kept[f"stats {form}"] = _stats(tmp_path, *([form] if form else [])).encode()
    assert json.loads(kept["stats --json"])["weeks"][0]["people"] == 10
    for trace in traces():
        assert trace not in log
        for name, data in kept.items():
            assert trace not in data, f"{trace!r} stands in {name}"


def _stats(folder: Path, *form: str) -> str:
    ran: subprocess.CompletedProcess[str] = waymark(
        "stats", *form, WAYMARK_DATA=str(folder)
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout
