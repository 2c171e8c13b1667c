"""What a row of a database holds: a sealed record, and when it may go at the latest."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.core.errors import Unreadable
from bot.stores.base import has_answers, outlives
from bot.stores.retention import coarse
from bot.stores.sealing import Opener

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

    from bot.stores.base import Record
    from bot.stores.retention import Clock
    from bot.stores.sealing import Sealer

# Enough to see at a start that a key is missing, and no wait for anyone.
LOOKED_AT: Final = 1000
LOST_KEY: Final = (
    "conversations are kept that no key in force opens. If you have the key from"
    " before, put it on a line of its own below the present one. If it is lost, those"
    " people begin anew and their messages stay in their chats; nothing else is lost,"
    " and the rows go by themselves"
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Row:
    """`forget_at`: seconds since 1970, rounded up to five minutes or less.

    It is negative where the record has nothing but notes.
    """

    sealed: bytes
    forget_at: int


class Rows:
    """Turns records into rows and back. The exact time to forget is inside the seal."""

    def __init__(self, sealer: Sealer, clock: Clock, forget_after: timedelta) -> None:
        """`clock` returns the time, aware; `forget_after` counts from the last turn."""
        self._sealer = sealer
        self._clock = clock
        self._forget_after = forget_after

    def seal(self, name: bytes, record: Record, used: datetime | None = None) -> Row:
        """Return the row for a record whose person was last here at `used`, or now."""
        until = ((used or self._clock()) + self._forget_after).timestamp()
        sealed = self._sealer.seal(name, {"until": until, "record": dict(record)})
        forget_at = coarse(until, self._forget_after)
        return Row(sealed, forget_at if has_answers(record) else -forget_at)

    def open(
        self, name: bytes, sealed: bytes | None, *, past: bool = False
    ) -> Record | None:
        """Return the record, or None: there is none, it is past, or no key fits.

        Of one that is past only the notes are returned; with `past`, all of it.
        """
        if sealed is None:
            return None
        try:
            told = self._sealer.open(name, sealed)
        except Unreadable as error:
            log.warning("a conversation is treated as absent: %s", error)
            return None
        record: Record = told["record"]
        if not past and told["until"] <= self._clock().timestamp():
            return outlives(record)
        return record

    def warn_of_lost_key(self, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Say so if any of these names and seals is opened by no key."""
        if any(self._sealer.opener(*row) is Opener.NONE for row in rows):
            log.warning(LOST_KEY)
