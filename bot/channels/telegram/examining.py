"""Asks Telegram what it knows of the bot, for `waymark doctor`; nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.requests import FloodError, SendingRequest, address_of
from bot.core.errors import ChannelError


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
    address = address_of(api_base)
    bot = Bot(token, f"{address}/bot", request=SendingRequest(proxy, at_once=1))
    try:
        async with bot:
            hook = await bot.get_webhook_info()
            return BotOnTelegram(
                bot.username,
                bool(bot.can_join_groups),
                bool(bot.can_read_all_group_messages),
                bool(bot.supports_inline_queries),
                hook.url or None,
                hook.last_error_message,
            )
    except InvalidToken as error:
        message = "Telegram does not take the token. @BotFather has the right one."
        raise ChannelError(message) from error
    except FloodError as flood:
        message = f"Telegram asks to wait. Try again in {flood.seconds:.0f} seconds."
        raise ChannelError(message) from flood
    except TelegramError as error:
        through = " through WAYMARK_PROXY" if proxy else ""
        message = (
            f"Telegram cannot be reached at {address}{through} ({error.message}). Let"
            " this machine reach that address, or set WAYMARK_PROXY or"
            " WAYMARK_TELEGRAM_API."
        )
        raise ChannelError(message) from error
