"""`waymark run` as a real process: it starts, answers, says how it is, and ends."""

import signal
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.bootstrap import build_sealer, build_store
from bot.core.person import PersonKey
from bot.running import not_heard
from bot.settings import read_settings
from bot.stores.base import Kept
from tests.command import waymark
from tests.process import DEAD_PORT, running
from tests.telegram.stand_in import Telegram

SAID = "SENTINEL-91 behind the shed"


@pytest.mark.parametrize("level", ["info", "debug"])
async def test_b34_b35_a_conversation_leaves_no_trace_in_the_log(
    tmp_path: Path, level: str
) -> None:
    """B34, B35: no token, id, name, word or step is logged, at any level."""
    async with (
        Telegram() as telegram,
        running(
            tmp_path, telegram.base, telegram.token, WAYMARK_LOG_LEVEL=level
        ) as process,
    ):
        person = telegram.person(
            id=7_123_456_789, first_name="Sentinella", username="sentinel_name"
        )
        await person.starts()
        await person.taps("not_now")
        await person.types(SAID)
        assert person.sees("Which of these fit?")

        log = await process.is_told_to_stop()

    assert "new database made" in log  # it is this process's log that was read
    for trace in (
        *(SAID, "SENTINEL", "7123456789", "Sentinella", "sentinel_name"),
        *(telegram.token, telegram.token.split(":")[1], "not_now", "which"),
    ):
        assert trace not in log


async def test_it_is_ready_when_telegram_answers(tmp_path: Path) -> None:
    """Green means that people are answered, and they are."""
    async with (
        Telegram() as telegram,
        running(tmp_path, telegram.base, telegram.token) as process,
    ):
        person = telegram.person()
        await person.starts()
        await process.becomes_ready()

        assert person.sees("In danger? Call 999.")
        assert (await process.page("/live")).status_code == 200


@pytest.mark.parametrize("proxy", ["", DEAD_PORT])
async def test_b15_it_keeps_trying_and_is_not_ready_before_telegram_answers(
    tmp_path: Path, proxy: str
) -> None:
    """B15: started before the network or the proxy is up, it waits, and says so."""
    async with running(
        tmp_path, DEAD_PORT, "424242:CANARY-6", WAYMARK_PROXY=proxy
    ) as process:
        ready = await process.page("/ready")

        assert ready.status_code == 503
        assert ready.text == "Telegram has not answered yet\n"
        assert (await process.page("/live")).status_code == 200
        log = await process.is_told_to_stop()

    assert "CANARY" not in log
    assert "Traceback" not in log


async def test_b15_it_serves_once_telegram_is_back(tmp_path: Path) -> None:
    """B15: nobody has to start it again after the network came up."""
    async with Telegram() as telegram:
        await telegram.goes_down()
        async with running(tmp_path, telegram.base, telegram.token) as process:
            assert (await process.page("/ready")).status_code == 503

            await telegram.comes_back()
            person = telegram.person()
            await person.starts()
            await process.becomes_ready()

            assert person.sees("In danger? Call 999.")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_b21_told_to_stop_it_answers_what_it_has_begun(
    tmp_path: Path, number: signal.Signals
) -> None:
    """B21: ended in the middle of a send, the person has one reply, never two."""
    async with Telegram() as telegram:
        person = telegram.person()
        async with running(tmp_path, telegram.base, telegram.token) as process:
            telegram.misbehaves.slows("sendMessage", seconds=1, times=1)
            await person.starts(waits=False)
            await telegram.until(lambda: "sendMessage" in _methods(telegram))

            await process.is_told_to_stop(number)
        async with running(tmp_path, telegram.base, telegram.token) as process:
            await person.taps("not_now")

            assert person.sees("Which of these fit?")
            assert _methods(telegram).count("sendMessage") == 1
            assert len([message for message in person.chat if message.by_bot]) == 1


async def test_answers_past_their_time_go_when_it_starts(tmp_path: Path) -> None:
    """Whatever kept it from running, it does not keep answers beyond their time."""
    settings = read_settings({"WAYMARK_DATA": str(tmp_path)})
    yesterday = datetime.now(UTC) - timedelta(days=1)
    store = build_store(settings, build_sealer(settings), lambda: yesterday)
    await store.open()
    await store.turn(PersonKey(b"somebody"), None, _keeps)
    await store.close()

    async with (
        Telegram() as telegram,
        running(tmp_path, telegram.base, telegram.token) as process,
    ):
        await telegram.person().starts()
        await process.is_told_to_stop()

    assert waymark("purge", WAYMARK_DATA=str(tmp_path)).stdout == "0 removed\n"


def test_b14_a_poll_that_hangs_turns_ready_red() -> None:
    """B14: whoever watches hears of it within 90 seconds, though nothing has failed."""
    now = time.monotonic()

    assert not_heard(now) is None
    assert not_heard(now - 60) is None
    assert not_heard(now - 91) == "Telegram has not answered for 90 seconds"


def _keeps(_: Kept) -> tuple[dict[str, str], None]:
    return {"conversation": "anything"}, None


def _methods(telegram: Telegram) -> list[str]:
    return [call.method for call in telegram.ledger.calls]
