"""A real Waymark that counts, loud, with marks in all its secrets; and its exports."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.bootstrap import PROVED
from bot.proved import fingerprint, remember
from tests.canary.loud import BEGINS
from tests.canary.people import HOOK_SECRET, KEY, SAID, TOKEN
from tests.command import ROOT, SMALL_FLOW, environ
from tests.postgres import do
from tests.process import free_port
from tests.telegram.stand_in import Telegram
from tests.walk import SHIPPED, shipped

LOUD = (sys.executable, "-X", "dev", "-m", "tests.canary.loud")
COMMANDS = ("stats", "stats --json", "stats --csv", "stats --html {page}")
MORE_COMMANDS = ("purge", "doctor", "setup")


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


def folders(folder: Path) -> tuple[Path, Path]:
    """Make the data folder, with what was proved before, and one for what is said."""
    data, says = folder / "data", folder / "says"
    data.mkdir(mode=0o700)
    says.mkdir()
    languages = shipped().languages[1:]
    remember(SHIPPED, fingerprint(SHIPPED), languages, data / PROVED)
    return data, says


async def told(
    telegram: Telegram, data: Path, settings: dict[str, str], *commands: str
) -> dict[str, bytes]:
    """Return all that each command says or writes, loud too."""
    page = data.parent / "page.html"
    process = await asyncio.create_subprocess_exec(
        *LOUD,
        *" -- ".join(commands).replace("{page}", str(page)).split(),
        cwd=ROOT,
        env=environ(
            **settings
            | {
                "WAYMARK_DATA": str(data),
                "WAYMARK_FLOW": str(SMALL_FLOW),
                "WAYMARK_TELEGRAM_TOKEN": TOKEN,
                "WAYMARK_TELEGRAM_API": telegram.base,
            }
        ),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    parts = said.split(BEGINS.encode())[1:]
    places = dict(zip(commands, parts, strict=True))
    return places | ({"page": page.read_bytes()} if page.exists() else {})


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
