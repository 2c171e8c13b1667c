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

Start = tuple[tuple[str, ...], Path, str, str, dict[str, str], Path]


async def all_happens(
    telegram: Telegram, start: Start, address: str
) -> dict[str, bytes]:
    """Let everything happen to marked people; return every page that was served."""
    webhook = start[4].get("WAYMARK_WEBHOOK_URL", "")
    async with running_as(*start) as process:
        await process.becomes_ready()
        scenario = Scenario(telegram, process, webhook, address)
        await scenario.plays()
        process.process.send_signal(signal.SIGTERM)
        assert await process.ends() == 0
        return scenario.pages


def all_are_silent(telegram: Telegram) -> bool:
    """Tell whether no message, whatever it was sent for, made a sound or a preview."""
    sent = telegram.ledger.calls_of("sendMessage")
    writes = {call.method for call in telegram.ledger.calls if "send" in call.method}
    return writes == {"sendMessage"} and all(
        call.parameters.get("disable_notification") is True
        and call.parameters["link_preview_options"]["is_disabled"]
        for call in sent
    )


async def it_crashes(telegram: Telegram, start: Start, by: signal.Signals) -> None:
    """Let it crash while it serves a marked person."""
    async with running_as(*start) as process:
        await process.becomes_ready()
        person = marked(telegram, 99)
        await person.starts(waits=False)
        await person.types(words(99), waits=False)
        await telegram.until(lambda: len(telegram.ledger.calls_for(person.id)) > 1)
        process.process.send_signal(by)
        assert await process.ends() != 0


@pytest.mark.slow
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
    settings = settings_for(mode, address.replace("postgres@", f"postgres:{PASSWORD}@"))
    server = Server.now(postgres, address) if address else None
    async with Telegram(token=TOKEN) as telegram:
        start = (LOUD, data, telegram.base, TOKEN, settings, says)
        places = await all_happens(telegram, start, address)
        await it_crashes(telegram, start, ends)
        places |= files_in(data) | files_in(says)
        a_week_later(data, address)
        exports = await told(telegram, data, settings, *COMMANDS, *MORE_COMMANDS)
        assert b'"people": ' in exports["stats --json"]
        places |= exports | (server.places() if server else {})
        places |= {f"{name}, at the end": data for name, data in files_in(data).items()}
        hits = Search(everything(telegram)).hits(places)

    assert hits == set()
    assert all_are_silent(telegram)
    assert b"telegram.Bot" in places["stderr"]  # the libraries did speak
