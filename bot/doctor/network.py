"""Whether Telegram answers, and the bot is set up there as it should be."""

from __future__ import annotations

from bot.channels.telegram.examining import BotOnTelegram, bot_on_telegram
from bot.core.errors import ChannelError
from bot.doctor.diagnosis import Diagnosis, State
from bot.settings import Settings

PART = "network"
ONLY_BOTFATHER = "Write to @BotFather, send /mybots, choose this bot, Bot Settings:"


async def examine_network(settings: Settings) -> Diagnosis:
    """Ask Telegram; nothing is changed there."""
    if settings.telegram_token is None:
        return Diagnosis(PART, State.NOTE, "not looked at: there is no token")
    try:
        bot = await bot_on_telegram(
            settings.telegram_token, settings.telegram_api, settings.proxy
        )
    except ChannelError as error:
        return Diagnosis(PART, State.MEND, str(error))
    notes = (*_switches(bot), *_webhook(bot, settings.webhook_url))
    state = State.NOTE if notes else State.FIT
    return Diagnosis(PART, state, f"Telegram answers as @{bot.username}", notes)


def _switches(bot: BotOnTelegram) -> list[str]:
    switches = (
        (bot.groups, "Allow Groups: off. It answers in private chats only."),
        (bot.reads_groups, "Group Privacy: on."),
        (bot.inline, "Inline Mode: off."),
    )
    return [f"{ONLY_BOTFATHER} {turn}" for is_wrong, turn in switches if is_wrong]


def _webhook(bot: BotOnTelegram, wanted: str | None) -> list[str]:
    """Return what is wrong with where updates go, without an address: it may tell."""
    if bot.webhook is None and wanted is None:
        return []
    if bot.webhook != wanted:
        now = "are polled for" if bot.webhook is None else "go to another address"
        return [f"Updates {now} at present; waymark run changes that."]
    if bot.trouble:
        return [f"Telegram could not deliver there: {bot.trouble}"]
    return []
