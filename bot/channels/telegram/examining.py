"""Asks Telegram what it knows of the bot, for `waymark doctor`; nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Bot

from bot.channels.telegram.refusals import refusals_told
from bot.channels.telegram.requests import SendingRequest, api_address, base_url


@dataclass(frozen=True, slots=True)
class BotOnTelegram:
    """How the bot stands with Telegram.

    `groups`, `reads_groups`, `inline`: what only BotFather can switch off. `webhook`:
    where updates are posted, None if they are polled for; `trouble`: what Telegram last
    met there.
    """

    username: str
    groups: bool
    reads_groups: bool
    inline: bool
    webhook: str | None
    trouble: str | None


async def bot_on_telegram(
    token: str, api_base: str | None, proxy: str | None
) -> BotOnTelegram:
    """Return what Telegram says of the bot. Raises ChannelError with a cure."""
    address = api_address(api_base)
    through = " through WAYMARK_PROXY" if proxy else ""

    def unreached(told: str) -> str:
        return (
            f"Telegram cannot be reached at {address}{through} ({told}). Let this"
            " machine reach that address, or set WAYMARK_PROXY or WAYMARK_TELEGRAM_API."
        )

    request = SendingRequest(proxy, at_once=1)
    with refusals_told(unreached):
        async with Bot(token, base_url(api_base), request=request) as bot:
            hook = await bot.get_webhook_info()
            return BotOnTelegram(
                bot.username,
                bool(bot.can_join_groups),
                bool(bot.can_read_all_group_messages),
                bool(bot.supports_inline_queries),
                hook.url or None,
                hook.last_error_message,
            )
