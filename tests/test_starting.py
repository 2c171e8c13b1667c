"""A start that cannot be: one clear line that says what to mend, and an exit code."""

import asyncio
import socket
from pathlib import Path

import pytest

from tests.command import PATIENCE, SMALL_FLOW, waymark
from tests.postgres import Postgres
from tests.process import DEAD_PORT, running
from tests.telegram.stand_in import Telegram


def test_without_a_token_it_says_how_to_get_one(tmp_path: Path) -> None:
    """The first thing a new operator meets is a sentence that helps."""
    ran = waymark("run", cwd=tmp_path)

    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert "WAYMARK_TELEGRAM_TOKEN" in ran.stderr
    assert "@BotFather" in ran.stderr
    assert not list(tmp_path.iterdir())  # nothing is made for a start that cannot be


def test_b17_a_webhook_without_a_secret_does_not_start(tmp_path: Path) -> None:
    """B17: without it anyone could speak in a person's name; the line has the cure."""
    ran = waymark(
        "run",
        cwd=tmp_path,
        WAYMARK_TELEGRAM_TOKEN="1:abc",
        WAYMARK_WEBHOOK_URL="https://bot.example/telegram",
    )

    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert "WAYMARK_WEBHOOK_SECRET" in ran.stderr
    assert "openssl rand -hex 32" in ran.stderr
    assert not list(tmp_path.iterdir())  # nothing is made for a start that cannot be


async def test_a_token_that_telegram_refuses_ends_it_with_one_line(
    tmp_path: Path,
) -> None:
    """A wrong token never gets better by trying again."""
    async with (
        Telegram() as telegram,
        running(tmp_path, telegram.base, "424242:CANARY-6") as process,
    ):
        _, log = await asyncio.wait_for(process.process.communicate(), PATIENCE)

    assert process.process.returncode == 1
    assert "waymark: " in log.decode()
    assert "BotFather" in log.decode()
    assert "CANARY" not in log.decode()
    assert "Traceback" not in log.decode()


@pytest.mark.parametrize("key", ["", "seven kinds of weather in one day"])
def test_b25_a_data_folder_that_cannot_be_written_is_one_line(
    tmp_path: Path, key: str
) -> None:
    """B25: the line names the path and the user, and nothing storms with tracebacks."""
    in_the_way = tmp_path / "data"
    in_the_way.write_text("a file where a folder should be")

    ran = waymark(
        "run",
        WAYMARK_TELEGRAM_TOKEN="1:abc",
        WAYMARK_DATA=str(in_the_way),
        WAYMARK_FLOW=str(SMALL_FLOW),
        WAYMARK_HEALTH="off",
        WAYMARK_KEY=key,
    )

    *before, told = ran.stderr.splitlines()
    assert ran.returncode != 0
    assert told.startswith("waymark: ")
    assert str(in_the_way) in told
    assert "uid" in told
    assert all(" INFO " in line or "due for review" in line for line in before)


def test_a_store_that_can_never_work_is_one_line_without_its_password(
    postgres: Postgres, tmp_path: Path
) -> None:
    """A wrong name is told at once, and nobody reads the password on the way."""
    address = postgres.address("nowhere").replace("postgres@", "postgres:hunter2@")

    ran = waymark(
        "run",
        WAYMARK_TELEGRAM_TOKEN="1:abc",
        WAYMARK_TELEGRAM_API=DEAD_PORT,
        WAYMARK_DATA=str(tmp_path),
        WAYMARK_STORE=address,
        WAYMARK_FLOW=str(SMALL_FLOW),
        WAYMARK_HEALTH="off",
    )

    *before, told = ran.stderr.splitlines()
    assert ran.returncode == 1
    assert told.startswith("waymark: ")
    assert '"nowhere" does not exist. Mend WAYMARK_STORE' in told
    assert all(" INFO " in line or "due for review" in line for line in before)
    assert "hunter2" not in ran.stderr


def test_a_health_port_that_is_taken_is_one_line(tmp_path: Path) -> None:
    """The second copy on one machine says which setting to change."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = waymark(
            "run",
            WAYMARK_TELEGRAM_TOKEN="1:abc",
            WAYMARK_TELEGRAM_API=DEAD_PORT,
            WAYMARK_DATA=str(tmp_path),
            WAYMARK_FLOW=str(SMALL_FLOW),
            WAYMARK_HEALTH=f"127.0.0.1:{taken.getsockname()[1]}",
        )

    assert ran.returncode == 1
    assert "WAYMARK_HEALTH" in ran.stderr.splitlines()[-1]
    assert "Traceback" not in ran.stderr
