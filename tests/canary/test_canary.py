"""Marked people go through everything, at the loudest of logs, and leave no mark."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.canary.people import PASSWORD, TOKEN, everything, marked, words
from tests.canary.places import Server, files_in
from tests.canary.real import (
    COMMANDS,
    LOUD,
    MORE_COMMANDS,
    a_week_later,
    folders,
    settings_for,
    told,
)
from tests.canary.scenario import Scenario
from tests.canary.search import Search
from tests.postgres import Postgres
from tests.process import running_as
from tests.telegram.stand_in import Telegram


@pytest.mark.parametrize(
    ("mode", "kind", "ends"),
    [
        ("polling", "sqlite", signal.SIGUSR1),
        ("webhook", "postgres", signal.SIGABRT),
    ],
)
async def test_threat_log_files(
    tmp_path: Path, postgres: Postgres, mode: str, kind: str, ends: signal.Signals
) -> None:
    """Number, name, words, taps and token: in no log, file, page, number or export."""
    data, says = folders(tmp_path)
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
        exports = await told(telegram, data, settings, *COMMANDS, *MORE_COMMANDS)
        assert b'"people": ' in exports["stats --json"]
        places |= exports
        places |= {f"{name}, at the end": data for name, data in files_in(data).items()}
        places |= server.places() if server else {}
        hits = Search(everything(telegram)).hits(places)

    assert hits == set()
    assert b"telegram.ext" in places["stderr"]  # the libraries did speak
