"""Killed at any moment under load, nobody's turn is lost, doubled, or made up.

A few kills in each mode here; `make kill` does a thousand in each.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from random import Random

import pytest

from bot.library import load_flow
from tests.command import SMALL_FLOW
from tests.kills.judge import faults, seen, stands
from tests.kills.lives import Lives, lives
from tests.kills.walker import Walker
from tests.telegram import webhook as posting
from tests.telegram.stand_in import Telegram

KILLS = int(os.environ.get("WAYMARK_KILLS", "5"))
SEED = int(os.environ.get("WAYMARK_KILL_SEED", "0")) or Random().randrange(1, 10**6)
PEOPLE = 16
MACHINE = load_flow(SMALL_FLOW)


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give what WAYMARK_STORE says."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'waymark.db'}"
    address: str = request.getfixturevalue("postgres").new_address()
    return address


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_m01_killed_under_load_nobody_is_harmed(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, webhook: bool
) -> None:
    """M01: what was shown stays so, nothing counts twice, and the next tap is right."""
    monkeypatch.setattr(posting, "_FIRST_WAIT", 0.02)
    monkeypatch.setattr(posting, "_LONGEST_WAIT", 0.1)
    chance = Random(SEED)
    async with (
        Telegram(patience=60) as telegram,
        lives(telegram, chance, tmp_path, store=store, webhook=webhook) as these,
    ):
        people = [
            Walker(telegram.person(), Random(chance.random())) for _ in range(PEOPLE)
        ]
        behind = await _go_through(these, people)
        log = these.log.read_text()

    updates = sum(len(each.deeds) for each in people)
    told = f"seed {SEED}: {these.killed} kills, {updates} updates, {behind} people"
    print(f"{told} saw an older screen before they tapped once more")  # noqa: T201 this is what the long form is run for
    wrong = [fault for each in people for fault in faults(MACHINE, each)]
    wrong += [
        f"{each.person.id} sees {seen(each)}" for each in people if not right(each)
    ]
    assert not wrong, "\n".join([told, *wrong[:3]])
    assert telegram.violations == []
    for line in ("Traceback", " ERROR ", *(str(each.person.id) for each in people)):
        assert line not in log, log


def right(walker: Walker) -> bool:
    """Tell whether somebody sees the screen at which they stand."""
    return seen(walker) in stands(MACHINE, walker).right


async def _go_through(these: Lives, people: list[Walker]) -> int:
    """Kill one life after another under people's hands; then let all come to rest.

    Returns how many people then saw an older screen than the one at which they stand.
    """
    over = asyncio.Event()
    walking = [asyncio.create_task(each.walk(over)) for each in people]
    for _ in range(KILLS):
        await these.one()
    over.set()
    await these.begins()
    await asyncio.gather(*walking)
    await _rest(these, people)
    behind = sum(not right(each) for each in people)
    for each in people:
        await each.taps_once_more()
    await _rest(these, people)
    await these.is_stopped()
    return behind


async def _rest(these: Lives, people: list[Walker]) -> None:
    """Wait until all is confirmed, and nothing has happened for a moment."""
    loop, ledger = asyncio.get_running_loop(), these.telegram.ledger
    await these.telegram.until(lambda: all(each.is_served for each in people))
    await these.telegram.until(lambda: loop.time() - ledger.last_at > 0.5)
