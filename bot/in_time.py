"""A turn that is kept in time, or answered without: 999 waits for no store (B28)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.core.engine.conversation import Event
from bot.core.engine.leaving import leaves, must_be_answered
from bot.core.engine.machine import FlowMachine
from bot.faults import log_fault

PATIENCE_SECONDS = 1.5
# Longer than a store waits for whoever holds its file. A disk may hang for ever.
HANGS_SECONDS = 15.0

T = TypeVar("T")

log = logging.getLogger(__name__)


async def in_time(
    machine: FlowMachine,
    event: Event,
    receipt: str | None,
    turn: Callable[[], Awaitable[T]],
) -> T:
    """Return what a turn comes to, once it is kept. `turn` asks a store for it.

    Raises TimeoutError where that takes long, for whoever begins, leaves or is in
    danger. They need nothing that is kept, and the store does their turn later. For
    others, where it takes so long that no answer may ever come.
    """
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await turn()
    except TimeoutError:
        if (
            receipt is None
            or leaves(machine, event)
            or must_be_answered(machine, event)
        ):
            raise
    # It is under way, and the receipt keeps it from being done twice. This shows where
    # it led.
    async with asyncio.timeout(HANGS_SECONDS):
        return await turn()


async def true_or_told(answer: Awaitable[bool]) -> bool:
    """Return what a store answers; true where it fails, or takes long."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await answer
    except Exception as error:  # noqa: BLE001 it costs one extra message
        log_fault(log, error)
        return True
