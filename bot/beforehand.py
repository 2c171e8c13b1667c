"""What takes long to read the first time is read before anybody waits for it.

Not at the start, when people wait for the first poll; soon after somebody has come, for
they may type next, or be shown opening hours of a year that came since the start.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from bot.core.flow import Flow

_AFTER = 10.0  # seconds: to read the first screen takes longer


def read_soon(flow: Flow, clock: Callable[[], datetime]) -> None:
    """Have a thread read, in a moment, what a flow reads once. Needs a running loop."""
    loop = asyncio.get_running_loop()
    loop.call_later(_AFTER, loop.run_in_executor, None, read_now, flow, clock)


def read_now(flow: Flow, clock: Callable[[], datetime]) -> None:
    """Read what a flow reads once. Raises nothing."""
    # It would fail again where it is needed, and is told there.
    with suppress(Exception):
        flow.recogniser.get_ready()
        for service in flow.services.values():
            service.hours.opens_next(clock())  # it asks for bank holidays
