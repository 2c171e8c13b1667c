"""Tries to delete messages of a chat, once, and tells what came of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from telegram.constants import BulkRequestLimit
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.channels.telegram.calls import Calls, is_gone
from bot.channels.telegram.requests import FloodError


@dataclass(slots=True)
class Attempt:
    """What came of trying; `wait`: seconds before the next try; None: all is done."""

    gone: set[int] = field(default_factory=set)
    refused: set[int] = field(default_factory=set)
    wait: float | None = None


async def try_to_delete(calls: Calls, chat: int, messages: Sequence[int]) -> Attempt:
    """Try to delete messages, however many, for both sides. Raises nothing."""
    attempt = Attempt()
    most = BulkRequestLimit.MAX_LIMIT
    try:
        for start in range(0, len(messages), most):
            await _batch(calls, chat, messages[start : start + most], attempt)
    except FloodError as flood:
        attempt.wait = flood.seconds
    except (Forbidden, BadRequest):  # nobody is there, or we are shut out
        attempt.gone.update(messages)
    except TelegramError:
        attempt.wait = 0.0
    return attempt


async def close(calls: Calls, chat: int, message: int, last_words: str) -> None:
    """Leave nothing to read and nothing to tap on what cannot be deleted."""
    with suppress(TelegramError):
        if await calls.edit(chat, message, last_words, []):
            return
    with suppress(TelegramError):
        await calls.take_buttons(chat, message)


async def _batch(
    calls: Calls, chat: int, messages: Sequence[int], attempt: Attempt
) -> None:
    """Try one batch. Raises what keeps the rest from being tried."""
    try:
        await calls.delete(chat, messages)
        attempt.gone.update(messages)
    except BadRequest as refusal:
        if is_gone(refusal):
            raise
        await _one_by_one(calls, chat, messages, attempt)


async def _one_by_one(
    calls: Calls, chat: int, messages: Iterable[int], attempt: Attempt
) -> None:
    for message in messages:
        try:
            await calls.delete_one(chat, message)
            attempt.gone.add(message)
        except BadRequest as refusal:
            if is_gone(refusal):
                raise
            attempt.refused.add(message)
