"""`waymark setup`: what stands on the bot itself is the flow's own, and neutral."""

from __future__ import annotations

import asyncio
import shutil
from functools import partial
from pathlib import Path

import pytest

from bot.channels.telegram.setup import set_up
from bot.core.engine.profile import Profile
from bot.core.errors import ChannelError
from tests.command import ROOT, waymark
from tests.telegram.stand_in import Telegram

ENGLISH = Profile(
    "en", "Guide", "A guide.", "It shows where to turn.", (("start", "Go"),)
)
WELSH = Profile("cy", "Canllaw", "", "Mae'n dangos.", (("start", "Dechrau"),))


async def lines(telegram: Telegram, *profiles: Profile) -> list[str]:
    """Put profiles on the bot, and return what was said."""
    said = set_up(telegram.token, telegram.base, None, profiles)
    return [line async for line in said]


async def test_each_language_gets_its_own_words(telegram: Telegram) -> None:
    """Whose Telegram is in Welsh reads Welsh before the first message."""
    await lines(telegram, ENGLISH, WELSH)

    kept = {key[:2]: value for key, value in telegram.profile.kept.items()}
    assert kept["MyName", ""] == "Guide"
    assert kept["MyName", "cy"] == "Canllaw"
    assert kept["MyDescription", "cy"] == "Mae'n dangos."
    assert kept["MyCommands", "cy"] == [{"command": "start", "description": "Dechrau"}]
    assert ("MyShortDescription", "cy") not in kept


async def test_what_is_set_already_is_left_alone(telegram: Telegram) -> None:
    """Telegram allows few changes of a name: a second run makes none."""
    assert len(await lines(telegram, ENGLISH)) == 4

    assert await lines(telegram, ENGLISH) == []


async def test_a_refusal_is_told_with_its_cure(telegram: Telegram) -> None:
    """An operator reads what to do, and no token."""
    telegram.misbehaves.refuses("setMyName", code=429, parameters={"retry_after": 7})
    with pytest.raises(ChannelError, match="Try again in 7 seconds"):
        await lines(telegram, ENGLISH)
    said = set_up("424242:CANARY-6", telegram.base, None, [ENGLISH])
    with pytest.raises(ChannelError, match="BotFather") as refused:
        [line async for line in said]
    assert "CANARY" not in str(refused.value)


async def test_the_command_tells_what_only_botfather_can_do(
    telegram: Telegram, tmp_path: Path, proved: Path
) -> None:
    """One command, and a short list of what is left to do by hand."""
    shutil.copy(proved, tmp_path)
    setup = partial(
        waymark,
        "setup",
        WAYMARK_TELEGRAM_TOKEN=telegram.token,
        WAYMARK_TELEGRAM_API=telegram.base,
        WAYMARK_DATA=str(tmp_path),
        WAYMARK_FLOW=str(ROOT / "flows" / "stalking"),
    )
    ran = await asyncio.to_thread(setup)

    assert ran.returncode == 0, ran.stderr
    assert "name, every language: set" in ran.stdout
    assert "6 commands, every language: set" in ran.stdout
    for by_hand in ("Botpic", "Inline Mode: off", "Allow Groups: off", "Group Privacy"):
        assert by_hand in ran.stdout
    kept = {key[0]: value for key, value in telegram.profile.kept.items()}
    assert "999" in str(kept["MyDescription"])
