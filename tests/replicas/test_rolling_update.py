"""Several replicas behind a real nginx: they change, and no turn is lost or doubled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.process import Process, free_port, running
from tests.replicas.nginx import Nginx, binary, start_nginx
from tests.telegram.stand_in import Person, Telegram

pytestmark = pytest.mark.skipif(
    binary() is None,
    reason="there is no nginx: `apt-get install nginx-light`, or run `make test`",
)

PEOPLE = 8
# What WAYMARK_STORE says, out of a folder that is empty.
STORES: dict[str, Callable[[Path], str]] = {
    "sqlite": lambda folder: f"sqlite:///{folder / 'shared.db'}"
}
SECRET = "a-secret-of-the-tests-own"


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give what WAYMARK_STORE says on every replica."""
    return STORES[request.param](tmp_path)


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


async def test_b21_b27_a_rolling_update_loses_and_doubles_nothing(
    telegram: Telegram, fleet: Fleet, ports: tuple[int, int]
) -> None:
    """B21, B27: while one replica after the other is replaced, everyone is answered.

    /back goes one screen back for each time it is taken, so one that was taken twice,
    or not at all, shows.
    """
    one, two = ports
    async with fleet.replica(one) as old, fleet.replica(two) as second:
        await asyncio.gather(old.becomes_ready(), second.becomes_ready())
        people, over = [telegram.person() for _ in range(PEOPLE)], asyncio.Event()
        talking = [asyncio.create_task(_to_and_fro(each, over)) for each in people]
        await _rounds(telegram, 3 * PEOPLE)
        log = await old.is_told_to_stop()
        await _rounds(telegram, 3 * PEOPLE)
        async with fleet.replica(one) as new:
            await new.becomes_ready()
            await _rounds(telegram, 3 * PEOPLE)
            log += await second.is_told_to_stop()
            await _rounds(telegram, 3 * PEOPLE)
            over.set()
            await asyncio.gather(*talking)
            log += await new.is_told_to_stop()

    for person in people:
        assert len([message for message in person.chat if message.by_bot]) == 1
    assert not telegram.updates.pending
    assert "Traceback" not in log
    for trace in (SECRET, telegram.token, *(str(person.id) for person in people)):
        assert trace not in log


async def _to_and_fro(person: Person, over: asyncio.Event) -> None:
    """Go on to the last screen and back again, and see the right one every time."""
    await person.starts()
    await person.taps("not_now")
    while not over.is_set():
        await person.taps("done")
        assert person.screen.text.startswith("Someone can talk with you.")
        await person.types("/back")
        assert person.screen.text == "Which of these fit?"


async def _rounds(telegram: Telegram, number: int) -> None:
    """Wait until some more taps have been answered."""
    wanted = number + len(telegram.ledger.calls_of("answerCallbackQuery"))
    await telegram.until(
        lambda: len(telegram.ledger.calls_of("answerCallbackQuery")) >= wanted
    )
