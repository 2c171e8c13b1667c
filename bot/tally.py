"""People who may be counted, added up in memory and written down ten or more at once.

Only sums are held, never a person: there is no order and no time in them. A batch of
fewer than ten is not written, not even at a stop, so that two copies of the database
never differ by fewer. What is not written when the process ends is lost.
"""

from __future__ import annotations

import logging
import secrets
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any, Protocol

from bot.core.counting.cell import Cell, oldest_kept, week_of
from bot.core.counting.contribution import (
    ALL,
    STARTED,
    Contribution,
    Noted,
    contribution,
    follow,
    lots,
    measures,
    noted_of,
    of_lot,
)
from bot.core.engine.conversation import Conversation, Event
from bot.core.engine.turn import Turn
from bot.core.errors import StoreError
from bot.core.flow import Flow

FEWEST_AT_ONCE = 10  # people in a batch; what is published hides below the same number
WRITE_EVERY_SECONDS = 60 * 60

Plain = Mapping[str, Any]  # what a record holds of what is noted

log = logging.getLogger(__name__)


class CountStore(Protocol):
    """Where the counts are kept: a part of what every store promises."""

    async def count(self, cells: Mapping[Cell, int]) -> None:
        """Add to the counts."""

    async def counts(self) -> Mapping[Cell, int]:
        """Return all counts."""

    async def forget_counts(self, before: str) -> int:
        """Remove the counts of weeks before this Monday."""


class Tally:
    """Adds people up, and hands the sums to a store at intervals."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        keep: timedelta,
        draw: Callable[[int], int] = secrets.randbelow,
    ) -> None:
        """Begin with nobody. `clock` returns the time, aware; `keep` is for counts.

        `draw` draws the lot that someone is counted in: a number below how many.
        """
        self._clock = clock
        self._keep = keep
        self._draw = draw
        self._sums: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
        self._ranks: dict[tuple[str, str], dict[tuple[str, str], int]] = {}

    def add(self, flow: Flow, contribution: Contribution) -> None:
        """Add one person to the sums of their version, in a lot drawn now."""
        if not contribution:
            return
        version = (flow.id, flow.version)
        self._ranks[version] = {
            (measure, value): rank
            for measure, values in measures(flow).items()
            for rank, value in enumerate(values)
        }
        drawn = lots(flow)
        added = of_lot(contribution, drawn[self._draw(len(drawn))])
        self._sums.setdefault(version, Counter()).update(added.items())

    def follow(
        self,
        flow: Flow,
        plain: Plain | None,
        before: Conversation | None,
        event: Event,
        turn: Turn,
    ) -> tuple[Plain | None, Contribution]:
        """Return what is noted of someone after a turn, and what is to be added.

        Nothing of a turn depends on it, and nothing is added before it is kept.
        """
        noted, added = follow(flow, noted_of(plain), before, event, turn)
        return (noted.to_plain() if noted != Noted() else None), added

    def ended(
        self, flow: Flow, plain: Plain | None, conversation: Conversation | None
    ) -> None:
        """Add someone whose time is past, if they agreed."""
        self.add(flow, contribution(flow, conversation, noted_of(plain), left=False))

    async def write(self, store: CountStore) -> None:
        """Hand what is large enough to the store; what it cannot take is kept here.

        A count belongs to the week in which it is written: a week that is over never
        changes. Every value is written, also those that nobody had, so that which rows
        there are tells nothing.
        """
        week = week_of(self._clock()).isoformat()
        for version, sums in list(self._sums.items()):
            if sums[STARTED, ALL] < FEWEST_AT_ONCE:
                continue
            ranks = self._ranks[version]
            pairs = list({*ranks, *sums})
            SystemRandom().shuffle(pairs)
            cells = {
                Cell(week, *version, *pair, ranks.get(pair, len(ranks))): sums[pair]
                for pair in pairs
            }
            del self._sums[version]
            try:
                await store.count(cells)
            except StoreError as error:
                log.warning("counts are written later: %s", error)
                self._sums.setdefault(version, Counter()).update(sums)

    async def forget_past(self, store: CountStore) -> int:
        """Remove counts that are past their time; return how many weeks went."""
        oldest = oldest_kept(self._clock(), self._keep)
        return await store.forget_counts(oldest.isoformat())
