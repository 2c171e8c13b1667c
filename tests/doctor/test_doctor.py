"""`waymark doctor` finds what would keep Waymark from running, and says the cure."""

from __future__ import annotations

import asyncio
import shutil
from functools import partial
from pathlib import Path

from bot.doctor.diagnosis import State
from tests.command import ROOT, SMALL_FLOW, waymark
from tests.doctor.told import settings_for, told
from tests.telegram.stand_in import Telegram

PARTS = ["settings", "key", "store", "flow", "network"]


async def test_the_command_tells_of_each_part_and_how_the_key_is_changed(
    telegram: Telegram, tmp_path: Path
) -> None:
    """One look before the first start; nothing is made, and no secret is shown."""
    data = tmp_path / "data"
    environ = settings_for(telegram, data)

    ran = await asyncio.to_thread(
        partial(waymark, "doctor", typed="", cwd=ROOT, **environ)
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    said = [line for line in ran.stdout.splitlines() if not line.startswith(" ")]
    assert [line.split()[0] for line in said[:-1]] == PARTS
    assert said[-1] == "Fit to run."
    assert "To change the key, put a new one on a line of its own above" in ran.stdout
    assert "restart" in ran.stdout
    assert "If the key is ever lost" in ran.stdout
    assert "CANARY" not in ran.stdout + ran.stderr
    assert telegram.token not in ran.stdout + ran.stderr
    assert not data.exists()


def test_the_command_fails_where_something_is_to_be_mended(tmp_path: Path) -> None:
    """A script that starts Waymark can stop there; the cure is in the same place."""
    ran = waymark("doctor", WAYMARK_DATA=str(tmp_path), WAYMARK_FLOW=str(SMALL_FLOW))

    assert ran.returncode == 1
    assert "settings  mend" in ran.stdout
    assert "@BotFather" in ran.stdout
    assert ran.stdout.splitlines()[-1] == "Not fit to run yet. To mend: settings."


def test_a_setting_that_cannot_be_read_is_the_first_thing_told(tmp_path: Path) -> None:
    """There is no use in looking further with settings that are not in force."""
    ran = waymark("doctor", WAYMARK_DATA=str(tmp_path), WAYMARK_FORGET_AFTER="soon")

    assert ran.returncode == 1
    assert "settings  mend  WAYMARK_FORGET_AFTER" in ran.stdout
    assert "60m" in ran.stdout


async def test_settings_that_do_not_go_together(
    telegram: Telegram, tmp_path: Path
) -> None:
    """A webhook needs its secret, and a slip in a name is noticed."""
    state, says = (
        await told(
            telegram,
            tmp_path,
            WAYMARK_WEBHOOK_URL="https://bot.example/telegram",
            WAYMARK_KEEP_COUNT="9d",
        )
    )["settings"]

    assert state is State.MEND
    assert "openssl rand -hex 32" in says
    assert "Did you mean 'WAYMARK_KEEP_COUNTS'?" in says


async def test_a_flow_that_is_not_fit(telegram: Telegram, tmp_path: Path) -> None:
    """The first thing to mend is told with file and line."""
    shutil.copytree(SMALL_FLOW, tmp_path / "flow")
    path = tmp_path / "flow" / "flow.yaml"
    path.write_text(path.read_text().replace("goes_to: call_999", "goes_to: nowhere"))

    parts = await told(telegram, tmp_path, WAYMARK_FLOW=str(path.parent))
    state, says = parts["flow"]

    assert state is State.MEND
    assert "flow.yaml:" in says
    assert f"waymark check {path.parent}" in says


async def test_a_mistake_in_other_words_takes_no_more_than_that_language_away(
    telegram: Telegram, tmp_path: Path
) -> None:
    """An operator is not told that 999 alone would be shown where it would not."""
    shutil.copytree(SMALL_FLOW, tmp_path / "flow")
    (tmp_path / "flow" / "cy.yaml").write_text("language: cy\n")

    parts = await told(telegram, tmp_path, WAYMARK_FLOW=str(tmp_path / "flow"))
    state, says = parts["flow"]

    assert state is State.MEND
    assert "cy.yaml:" in says
    assert "offered in en alone" in says
    assert "999" not in says


async def test_what_makes_it_hard_of_hearing_is_noted(
    telegram: Telegram, tmp_path: Path
) -> None:
    """It runs; but whoever types is more often asked, and that can be mended."""
    shutil.copytree(SMALL_FLOW, tmp_path / "flow")
    (tmp_path / "flow" / "signs").mkdir()
    (tmp_path / "flow" / "signs" / "weights.bin").write_bytes(b"half a file")

    parts = await told(telegram, tmp_path, WAYMARK_FLOW=str(tmp_path / "flow"))
    state, says = parts["flow"]

    assert state is State.NOTE
    assert "weights.bin" in says
    assert "Restore the file" in says


async def test_a_telegram_that_does_not_take_it(
    telegram: Telegram, tmp_path: Path
) -> None:
    """A wrong token, and a way that is closed, each have their own cure."""
    wrong = "424242:CANARY-6"
    parts = await told(telegram, tmp_path, WAYMARK_TELEGRAM_TOKEN=wrong)
    assert parts["network"][0] is State.MEND
    assert "@BotFather has the right one" in parts["network"][1]

    closed = "http://127.0.0.1:1"
    parts = await told(telegram, tmp_path, WAYMARK_TELEGRAM_API=closed)
    assert parts["network"][0] is State.MEND
    assert "WAYMARK_PROXY" in parts["network"][1]
    assert telegram.token not in parts["network"][1]


async def test_what_only_botfather_can_switch_off_is_noted(
    telegram: Telegram, tmp_path: Path
) -> None:
    """A bot that can be put into groups is there for others to find."""
    state, says = (await told(telegram, tmp_path))["network"]

    assert state is State.NOTE
    assert "Allow Groups: off" in says
    assert "Inline Mode" not in says
