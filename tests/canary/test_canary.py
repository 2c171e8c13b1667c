"""Marked people go through everything, at the loudest of logs, and leave no mark."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.bootstrap import PROVED
from bot.library import _fingerprint
from tests.canary.people import (
    HOOK_SECRET,
    KEY,
    PASSWORD,
    SAID,
    TOKEN,
    everything,
    marked,
    words,
)
from tests.canary.places import Server, files_in
from tests.canary.scenario import Scenario
from tests.canary.search import Search
from tests.command import ROOT, SMALL_FLOW, environ
from tests.postgres import Postgres, do
from tests.process import free_port, running_as
from tests.telegram.stand_in import Telegram
from tests.walk import SHIPPED

LOUD = (sys.executable, "-X", "dev", "-m", "tests.canary.loud")
FORMS = (
    "stats",
    "stats --json",
    "stats --csv",
    "stats --html {page}",
    "purge",
    "doctor",
)
EXPORTS = f"{' -- '.join(FORMS)} -- setup"


def settings_for(mode: str, store: str) -> dict[str, str]:
    """Return the settings of a Waymark that counts, in one mode and with one store."""
    settings = {
        "WAYMARK_FLOW": str(SHIPPED),
        "WAYMARK_KEY": KEY,
        "WAYMARK_COUNT": "on",
        "WAYMARK_LOG_FORMAT": "json" if store else "text",
        "WAYMARK_LAST_LINE": "on" if store else "off",
        "CANARY_SAID": SAID,
        **({"WAYMARK_STORE": store} if store else {}),
    }
    if mode == "webhook":
        port = free_port()
        settings |= {
            "WAYMARK_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
            "WAYMARK_WEBHOOK_SECRET": HOOK_SECRET,
            "WAYMARK_LISTEN": f"127.0.0.1:{port}",
        }
    return settings


async def told(command: str, page: Path, **settings: str) -> bytes:
    """Return all that some commands say, one after another."""
    process = await asyncio.create_subprocess_exec(
        *LOUD,
        *(word.replace("{page}", str(page)) for word in command.split()),
        cwd=ROOT,
        env=environ(**settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    return said


def a_week_later(data: Path, store: str) -> None:
    """Move what was counted into a week that is over, so that it may be shown."""
    monday = datetime.now(UTC).date()
    monday -= timedelta(days=monday.weekday() + 7)
    moved = f"UPDATE counts SET week = '{monday}'"  # noqa: S608 - a date
    if store:
        do(store, moved)
        return
    with closing(sqlite3.connect(data / "waymark.db")) as db:
        assert db.execute(moved).rowcount > 0
        db.commit()


@pytest.mark.parametrize(
    ("mode", "kind", "ends"),
    [
        ("polling", "sqlite", signal.SIGUSR1),
        ("webhook", "postgres", signal.SIGABRT),
    ],
)
async def test_no_mark_is_found_anywhere(
    tmp_path: Path, postgres: Postgres, mode: str, kind: str, ends: signal.Signals
) -> None:
    """Number, name, words, taps and token: in no log, file, page, number or export."""
    data, says, page = (tmp_path / name for name in ("data", "says", "page.html"))
    data.mkdir(mode=0o700)
    says.mkdir()
    (data / PROVED).write_text(_fingerprint(SHIPPED))  # else a start proves it anew
    address = postgres.new_address() if kind == "postgres" else ""
    store = address.replace("postgres@", f"postgres:{PASSWORD}@")
    settings = settings_for(mode, store)
    server = Server.now(postgres, address) if address else None
    places: dict[str, bytes] = {}
    async with Telegram(token=TOKEN, patience=60) as telegram:
        start = (LOUD, data, telegram.base, TOKEN, settings, says)
        async with running_as(*start) as process:
            await process.becomes_ready()
            webhook = settings.get("WAYMARK_WEBHOOK_URL", "")
            scenario = Scenario(telegram, process, webhook, address)
            await scenario.plays()
            places |= scenario.pages
            process.process.send_signal(signal.SIGTERM)
            assert await process.process.wait() == 0

        async with running_as(*start) as process:
            await process.becomes_ready()
            person = marked(telegram, 99)
            await person.starts(waits=False)
            await person.types(words(99), waits=False)
            await telegram.until(lambda: len(telegram.ledger.calls_for(person.id)) > 1)
            process.process.send_signal(ends)
            assert await process.process.wait() != 0
        places |= files_in(data) | files_in(says)

        a_week_later(data, store)
        more = {"WAYMARK_DATA": str(data), "WAYMARK_FLOW": str(SMALL_FLOW)}
        more |= {"WAYMARK_TELEGRAM_TOKEN": TOKEN, "WAYMARK_TELEGRAM_API": telegram.base}
        places["commands"] = await told(EXPORTS, page, **(settings | more))
        assert b'"people": ' in places["commands"]
        places["page"] = page.read_bytes()
        places |= {f"{name}, at the end": data for name, data in files_in(data).items()}
        places |= server.places() if server else {}
        hits = Search(everything(telegram)).hits(places)

    assert hits == set()
    assert b"telegram.ext" in places["stderr"]  # the libraries did speak
