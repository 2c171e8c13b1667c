"""Several replicas behind a real nginx: they change, and no turn is lost or doubled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from tests.kills.judge import nobody_is_harmed
from tests.kills.walker import Walker, rest
from tests.process import Process, free_port, running
from tests.replicas.nginx import Nginx, binary, start_nginx
from tests.telegram.stand_in import Telegram

pytestmark = pytest.mark.skipif(
    binary() is None,
    reason="there is no nginx: `apt-get install nginx-light`, or run `make test`",
)

PEOPLE = 8
SECRET = "a-secret-of-the-tests-own"


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give what WAYMARK_STORE says on every replica."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'shared.db'}"
    address: str = request.getfixturevalue("postgres").new_address()
    return address


@pytest.fixture
def ports() -> tuple[int, int]:
    """Give where the two replicas listen for posts."""
    return free_port(), free_port()


@pytest.fixture
def nginx(tmp_path: Path, ports: tuple[int, int]) -> Iterator[Nginx]:
    """Give a real nginx in front of both replicas."""
    folder = tmp_path / "nginx"
    folder.mkdir()
    nginx = start_nginx(folder, ports)
    yield nginx
    nginx.stop()


@pytest.fixture
async def telegram(nginx: Nginx) -> AsyncIterator[Telegram]:
    """Give a Telegram that posts to nginx."""
    async with Telegram() as telegram:
        telegram.webhook_goes_to(nginx.address)
        yield telegram
        assert telegram.violations == []


@dataclass
class Fleet:
    """Starts replicas that share a store, a key and a secret."""

    telegram: Telegram
    data: Path
    store: str

    def replica(self, port: int) -> AbstractAsyncContextManager[Process]:
        """Start one that listens on a port."""
        return running(
            self.data,
            self.telegram.base,
            self.telegram.token,
            WAYMARK_STORE=self.store,
            WAYMARK_WEBHOOK_URL="https://bot.example/telegram",
            WAYMARK_WEBHOOK_SECRET=SECRET,
            WAYMARK_LISTEN=f"127.0.0.1:{port}",
        )


@pytest.fixture
def fleet(telegram: Telegram, tmp_path: Path, store: str) -> Fleet:
    """Give what starts replicas."""
    return Fleet(telegram, tmp_path / "data", store)


@pytest.mark.slow
async def test_b21_b27_a_rolling_update_loses_and_doubles_nothing(
    telegram: Telegram, fleet: Fleet, ports: tuple[int, int]
) -> None:
    """B21, B27: while one replica after the other is replaced, everyone is answered.

    Told by Telegram's ledger: nobody's turn is lost, doubled or made up, and everyone's
    next tap is answered with the right screen.
    """
    one, two = ports
    people, over = walkers(telegram), asyncio.Event()
    async with fleet.replica(one) as old, fleet.replica(two) as second:
        await asyncio.gather(old.becomes_ready(), second.becomes_ready())
        walking = [asyncio.create_task(each.walk(over)) for each in people]
        await _rounds(telegram, 3 * PEOPLE)
        log = await old.is_told_to_stop()
        await _rounds(telegram, 3 * PEOPLE)
        async with fleet.replica(one) as new:
            await new.becomes_ready()
            await _rounds(telegram, 3 * PEOPLE)
            log += await second.is_told_to_stop()
            await _rounds(telegram, 3 * PEOPLE)
            over.set()
            await asyncio.gather(*walking)
            await rest(people)
            for each in people:
                await each.taps_once_more()
            await rest(people)
            log += await new.is_told_to_stop()

    nobody_is_harmed(people, late=True)
    assert "Traceback" not in log
    for trace in (SECRET, telegram.token, *(str(each.person.id) for each in people)):
        assert trace not in log


def walkers(telegram: Telegram) -> list[Walker]:
    """Bring in people who use the bot, from a seed that is told if this fails."""
    seed = Random().randrange(1, 10**6)
    print(f"seed {seed}")  # noqa: T201 pytest shows it with a failure
    chance = Random(seed)
    return [Walker(telegram.person(), Random(chance.random())) for _ in range(PEOPLE)]


async def _rounds(telegram: Telegram, number: int) -> None:
    """Wait until some more taps have been answered."""
    wanted = number + len(telegram.ledger.calls_of("answerCallbackQuery"))
    await telegram.until(
        lambda: len(telegram.ledger.calls_of("answerCallbackQuery")) >= wanted
    )
