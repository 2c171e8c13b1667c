"""The message that was tapped on: some numbers are read of it, and nothing else. Pure.

Telegram sends all of it with every tap. The library would make an object of it and of
each of its buttons, which took a third of a turn; so it is handed on as it came.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram import Bot, CallbackQuery, Update, User
from telegram.constants import ChatType

_SCREEN = "screen"  # what the message is called among what the library does not know


@dataclass(frozen=True, slots=True)
class ScreenTapped:
    """The chat a tap came from, and which message; times are seconds since 1970."""

    chat: int
    private: bool
    message: int
    sent: int
    stood_since: int


def screen_tapped(query: CallbackQuery) -> ScreenTapped | None:
    """Return what is read of the message tapped on; None where there is none."""
    told: Any = query.api_kwargs.get(_SCREEN)
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


def as_update(posted: Mapping[str, Any], bot: Bot | None) -> Update:
    """Return an update as the library has it. Raises whatever it cannot be read for."""
    query = posted.get("callback_query")
    if query is None:
        return Update.de_json(dict(posted), bot)
    # Of whoever tapped only the number is read, and only to tell people apart.
    someone = User(query["from"]["id"], first_name="", is_bot=False)
    tap = CallbackQuery(
        query["id"],
        someone,
        query["chat_instance"],
        data=query.get("data"),
        api_kwargs={_SCREEN: query.get("message")},
    )
    return Update(posted["update_id"], callback_query=tap)
