"""python-telegram-bot's Application, made so that it remembers nobody."""

from __future__ import annotations

from typing import Any

from telegram.ext import Application

from bot.channels.telegram.requests import PollingRequest, SendingRequest

TELEGRAM = "https://api.telegram.org"

App = Application[Any, Any, Any, Any, Any, Any]


class _KeepsNobody(App):
    """Keeps no list of all who ever wrote to us (B29).

    The library's own notes each chat and each account for its persistence, for as long
    as it runs, although there is none.
    """

    __slots__ = ()

    def _mark_for_persistence_update(self, **_: object) -> None:
        """Note nothing."""


def api_address(api_base: str | None) -> str:
    """Return where the Bot API is: a server of one's own (without `/bot`) or theirs."""
    return (api_base or TELEGRAM).rstrip("/")


def base_url(api_base: str | None) -> str:
    """Return the same as the library wants it: the token follows at once."""
    return f"{api_address(api_base)}/bot"


def application(
    token: str,
    api_base: str | None,
    sending: SendingRequest,
    polling: PollingRequest,
) -> App:
    """Return what speaks with Telegram, not started yet.

    `api_base` is the address of a Bot API server without `/bot`, None for Telegram's
    own.
    """
    return (
        Application.builder()
        .application_class(_KeepsNobody)
        .token(token)
        .base_url(base_url(api_base))
        .request(sending)
        .get_updates_request(polling)
        .updater(None)
        .job_queue(None)
        .build()
    )
