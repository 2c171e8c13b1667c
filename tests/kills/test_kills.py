"""Killed at any moment under load, nobody's turn is lost, doubled, or made up.

A few kills in each mode here; `make kill` does a thousand in each.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from random import Random

import pytest

from tests.kills.judge import nobody_is_harmed, right
from tests.kills.lives import Lives, lives
from tests.kills.walker import Walker, rest
from tests.telegram import webhook as posting
from tests.telegram.stand_in import Telegram

KILLS = int(os.environ.get("WAYMARK_KILLS", "5"))
SEED = int(os.environ.get("WAYMARK_KILL_SEED", "0")) or Random().randrange(1, 10**6)
PEOPLE = 16


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give what WAYMARK_STORE says."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'waymark.db'}"
    address: str = request.getfixturevalue("postgres").new_address()
    return address


@pytest.mark.slow
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
    nobody_is_harmed(people)
    assert telegram.violations == []
    for line in ("Traceback", " ERROR ", *(str(each.person.id) for each in people)):
        assert line not in log, log


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
    await rest(people)
    behind = sum(not right(each) for each in people)
    for each in people:
        await each.taps_once_more()
    await rest(people)
    await these.is_stopped()
    return behind
