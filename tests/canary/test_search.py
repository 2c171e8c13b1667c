"""The search itself: a leak on purpose, in whatever place and form, is found."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.canary.people import (
    FORGED,
    SAID,
    TOKEN,
    TOKEN_SECRET,
    everything,
    marked,
    names,
    number,
    words,
)
from tests.canary.places import Server, files_in
from tests.canary.real import (
    COMMANDS,
    LOUD,
    a_week_later,
    folders,
    settings_for,
    told,
)
from tests.canary.search import Hit, Search
from tests.postgres import Postgres, do
from tests.process import running_as
from tests.telegram.stand_in import Telegram

WHO = 5
CHAT, WORDS = str(number(WHO)), words(WHO)
WORD = WORDS.split()[0]
FIRST, _, ACCOUNT = names(WHO)
LEAKED_COUNTS = [("started", "all"), ("answer nation", WORD)]
PLANTED = [
    ("a log line", "stderr", WORDS, "text"),
    ("in hex", "stderr", WORDS, "hex"),
    ("in base64", "stderr", WORDS, "base64"),
    ("in an address", "stderr", WORDS, "url"),
    ("as UTF-16", "stderr", WORDS, "utf-16"),
    ("a digest salted with the key", "stderr", CHAT, "md5"),
    ("a traceback", "stderr", SAID, "text"),
    ("a name", "stdout", FIRST, "text"),
    ("a user name", "stdout", ACCOUNT, "text"),
    ("a tap", "stdout", FORGED, "text"),
    ("the token", "stdout", TOKEN_SECRET, "text"),
    ("a metric's label", "/metrics", WORDS, "text"),
    ("a health page", "/ready", CHAT, "text"),
    ("a bare digest in a row", "waymark.db", CHAT, "sha256"),
    ("a row in clear", "waymark.db", CHAT, "text"),
    ("a number in a row", "waymark.db", CHAT, "number"),
    ("an export", "stats", WORD, "text"),
    ("an export as JSON", "stats --json", WORD, "text"),
    ("an export as CSV", "stats --csv", WORD, "text"),
    ("an export as a page", "page", WORD, "text"),
    ("a table's file", "table file", WORDS, "text"),
    ("the server's WAL", "server's WAL", WORDS, "text"),
    ("the server's log", "server's log", WORD, "text"),
    ("a dump", "dump", WORDS, "text"),
]


async def everywhere(folder: Path) -> dict[str, bytes]:
    """Return what is in each place once a leaking Waymark has served somebody."""
    data, says = folders(folder)
    settings = settings_for("polling", "") | {"CANARY_LEAKS": "all"}
    async with Telegram(token=TOKEN, patience=60) as telegram:
        start = (LOUD, data, telegram.base, TOKEN, settings, says)
        async with running_as(*start) as process:
            await process.becomes_ready()
            person = marked(telegram, WHO)
            await person.starts(waits=False)
            await person.types(WORDS, waits=False)
            await telegram.until(lambda: len(telegram.ledger.calls_for(person.id)) > 1)
            await person.taps_data(FORGED, waits=False)
            answered = telegram.ledger.calls_of
            await telegram.until(lambda: bool(answered("answerCallbackQuery")))
            pages = {
                path: (await process.page(path)).content
                for path in ("/metrics", "/ready")
            }
            process.process.send_signal(signal.SIGUSR1)
            assert await process.ends() != 0
        with closing(sqlite3.connect(data / "waymark.db")) as db:
            for row in LEAKED_COUNTS:
                leaked = "INSERT INTO counts VALUES ('', 'small', '1', ?, ?, 0, 12)"
                db.execute(leaked, row)
            db.commit()
        places = pages | files_in(data) | files_in(says)
        a_week_later(data, "")
        return places | await told(telegram, data, settings, *COMMANDS)


@pytest.fixture(scope="module")
def hits(
    tmp_path_factory: pytest.TempPathFactory, postgres_server: Postgres
) -> set[Hit]:
    """Give what the search finds where everything leaks."""
    places = asyncio.run(everywhere(tmp_path_factory.mktemp("leaks")))
    address = postgres_server.new_address()
    server = Server.now(postgres_server, address)
    do(address, "CREATE TABLE leak (said text)")
    said = WORDS.replace("'", "''")
    do(address, f"INSERT INTO leak VALUES ('{said}')")  # noqa: S608 - our own words
    return Search(everything()).hits(places | server.places())


@pytest.mark.parametrize(
    ("place", "mark", "form"),
    [planted[1:] for planted in PLANTED],
    ids=[planted[0] for planted in PLANTED],
)
def test_a_leak_is_caught(hits: set[Hit], place: str, mark: str, form: str) -> None:
    """A search that finds nothing anywhere would prove nothing."""
    found = {hit for hit in hits if hit.mark == mark and hit.form == form}

    assert any(hit.place.startswith(place) for hit in found), found


def test_a_text_that_goes_on_in_the_next_page_of_the_wal_is_whole(
    postgres_server: Postgres,
) -> None:
    """One in a hundred does; a search for all of it would pass it over."""
    address = postgres_server.new_address()
    server = Server.now(postgres_server, address)
    do(address, "CREATE TABLE leak (said text)")
    said = WORDS.replace("'", "''")
    do(address, f"INSERT INTO leak SELECT '{said}' FROM generate_series(1, 1000)")  # noqa: S608 - our own words

    assert server.places()["server's WAL"].count(WORDS.encode()) >= 1000
