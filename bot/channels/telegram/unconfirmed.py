"""What was fetched from Telegram, and how much of it Telegram may forget."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from bot.channels.telegram.in_hand import Served

# Seconds. What was answered without the store (B28) is stored moments later, as a rule:
# so long Telegram keeps it for us, in case this process is killed. No longer, because
# a store may be gone for days.
_HELD_FOR = 5.0
# So many at most, of the hundred that Telegram hands over at once: others come after.
_MOST_HELD = 50


class Unconfirmed:
    """Updates that were fetched, and of which Telegram has not heard that we are done.

    An offset tells Telegram to forget all that came before it, and so the oldest that
    could still be lost decides.
    """

    def __init__(self, is_owed: Callable[[], bool]) -> None:
        """Begin with none. `is_owed` tells whether a turn may not be stored yet."""
        self._is_owed = is_owed
        self._served: dict[int, Served] = {}
        self._held: dict[int, float] = {}  # since when, in monotonic seconds
        self._next: int | None = None  # the number after the newest that was fetched

    def __contains__(self, number: int) -> bool:
        """Tell whether an update was fetched before."""
        return number in self._served

    def add(self, number: int, served: Served) -> None:
        """Take in what was just fetched, and is being served."""
        self._served[number] = served

    def fetched(self, number: int) -> None:
        """Hear the number of the newest, also if it was fetched before."""
        self._next = number + 1

    def offset(self) -> int | None:
        """Return the number from which on Telegram has to keep updates; None: all."""
        lost = (n for n, served in self._served.items() if not self._is_safe(n, served))
        return min(lost, default=self._next)

    def confirmed(self, offset: int | None) -> None:
        """Hear that Telegram has forgotten what came before an offset."""
        for number in [number for number in self._served if number < (offset or 0)]:
            del self._served[number]
            self._held.pop(number, None)

    async def safe(self, within: float) -> None:
        """Return once nothing of it could be lost, or after so many seconds."""
        ends = time.monotonic() + within
        waiting = [served.safe for served in self._served.values()]
        if within > 0 and not all(safe.done() for safe in waiting):
            await asyncio.wait(waiting, timeout=within)
        if self._held:  # the store tells nobody when it is done
            await asyncio.sleep(max(0, ends - time.monotonic()))

    def _is_safe(self, number: int, served: Served) -> bool:
        if not served.safe.done() or served.safe.cancelled():
            return False
        if not self._is_owed() or len(self._served) > _MOST_HELD:
            self._held.pop(number, None)
            return True
        now = time.monotonic()
        return now - self._held.setdefault(number, now) > _HELD_FOR
