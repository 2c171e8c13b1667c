"""The message that was tapped on: some numbers are read of it, and nothing else. Pure.

Telegram sends all of it with every tap. The library would make an object of it and of
each of its buttons, which took a fifth of a turn; so it is given it as something that
it does not know, and hands on as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram import CallbackQuery
from telegram.constants import ChatType

_SCREEN = "screen"  # what `lean` calls the message


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


def lean(update: dict[str, Any]) -> dict[str, Any]:
    """Return an update, as Telegram writes it, as the library is to read it."""
    query = update.get("callback_query")
    if not isinstance(query, dict) or "message" not in query:
        return update
    rest = {name: value for name, value in query.items() if name != "message"}
    return {**update, "callback_query": {**rest, _SCREEN: query["message"]}}
