"""Whether Telegram answers: for health, for the log, and for the end of it all."""

from __future__ import annotations

import logging
import time
from asyncio import Event

log = logging.getLogger(__name__)


class Contact:
    """What is known of it. `last_good` is the monotonic time of its last good answer.

    `refused` is set when Telegram no longer takes the token: nothing can help then.
    `trouble` says why nobody is answered although Telegram is there, or is None.
    """

    def __init__(self) -> None:
        """Nothing has worked yet."""
        self.last_good: float | None = None
        self.refused = Event()
        self.trouble: str | None = None
        self._failing = False
        self._told = ""

    def worked(self) -> None:
        """Note that Telegram answered."""
        self.last_good = time.monotonic()
        if self._failing:
            log.info("Telegram answers again")
        self._failing, self._told = False, ""

    def failed(self, kind: str) -> None:
        """Note that it did not. The log has one line until it answers again (B16)."""
        if not self._failing:
            log.warning("Telegram does not answer (%s); trying on", kind)
        self._failing = True

    def refuses(self, told: str) -> None:
        """Note that it answers, and why it gives nothing: a line with a cure, once."""
        if told != self._told:
            log.warning("%s", told)
        self._failing, self._told = True, told
