"""A tap on a button: what is read of it, and of the message tapped on. Pure.

Telegram sends all of that message with every tap. The library would make an object of
it, of each of its buttons and of whoever tapped, which took a third of a turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram import Bot, Update
from telegram.constants import ChatType


@dataclass(frozen=True, slots=True)
class ScreenTapped:
    """The chat a tap came from, and which message; times are seconds since 1970."""

    chat: int
    private: bool
    message: int
    sent: int
    stood_since: int


@dataclass(frozen=True, slots=True)
class Tap:
    """An update that is a tap; `query` is what it is acknowledged by.

    `screen`: None where nothing of the message tapped on is told.
    """

    update_id: int
    query: str
    data: str
    screen: ScreenTapped | None


Told = Update | Tap
"""What Telegram tells us: most often a tap, and anything else as the library has it."""


def as_told(posted: Mapping[str, Any], bot: Bot | None) -> Told:
    """Return an update as it is read here. Raises whatever it cannot be read for."""
    query = posted.get("callback_query")
    if query is None:
        return Update.de_json(dict(posted), bot)
    screen = _screen_tapped(query.get("message"))
    return Tap(posted["update_id"], query["id"], query.get("data") or "", screen)


def _screen_tapped(told: Any) -> ScreenTapped | None:  # noqa: ANN401 - as it came
    try:
        chat, sent = told["chat"], int(told["date"])
        return ScreenTapped(
            chat=int(chat["id"]),
            private=chat["type"] == ChatType.PRIVATE,
            message=int(told["message_id"]),
            sent=sent,
            stood_since=int(told.get("edit_date") or sent),
        )
    except (KeyError, TypeError, ValueError):
        return None
