"""What Telegram refuses, in plain words for an operator, each with its cure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.requests import FloodError
from bot.core.errors import ChannelError

TOKEN_REFUSED: Final = "Telegram does not take the token. @BotFather has the right one."  # noqa: S105 no token


@contextmanager
def refusals_told(otherwise: Callable[[str], str]) -> Iterator[None]:
    """Raise ChannelError for what Telegram, or the way there, refuses meanwhile.

    `otherwise` makes the line for all that is neither the token nor a flood, out of
    what the library says.
    """
    try:
        yield
    except InvalidToken as error:
        raise ChannelError(TOKEN_REFUSED) from error
    except FloodError as flood:
        message = f"Telegram asks to wait. Try again in {flood.seconds:.0f} seconds."
        raise ChannelError(message) from flood
    except TelegramError as error:
        raise ChannelError(otherwise(error.message)) from error
