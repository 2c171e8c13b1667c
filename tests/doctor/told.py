"""What the doctor says, asked by a test."""

from __future__ import annotations

from pathlib import Path

from bot.doctor.diagnosis import State
from bot.doctor.examination import examine
from bot.settings import read_settings
from tests.command import SMALL_FLOW
from tests.telegram.stand_in import Telegram

KEY = "CANARY five green kettles sing on the stairs"


def settings_for(telegram: Telegram, data: Path, **changes: str) -> dict[str, str]:
    """Return the environment of a Waymark that is fit to run, with some changes."""
    return {
        "WAYMARK_TELEGRAM_TOKEN": telegram.token,
        "WAYMARK_TELEGRAM_API": telegram.base,
        "WAYMARK_DATA": str(data),
        "WAYMARK_FLOW": str(SMALL_FLOW),
        "WAYMARK_KEY": KEY,
        "WAYMARK_HEALTH": "off",
        **changes,
    }


async def told(
    telegram: Telegram, data: Path, **changes: str
) -> dict[str, tuple[State, str]]:
    """Return the state of each part, and all that is said of it."""
    settings = read_settings(settings_for(telegram, data, **changes))
    return {
        each.part: (each.state, "\n".join((each.says, *each.to_do)))
        async for each in examine(settings)
    }
