"""What memory knows of a person's turns that a store has kept, may keep, or is owed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from bot.stores.base import Kept, Record, Work

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.core.person import PersonKey

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Copy:
    """A record as text (None: there is none), and when its person was last here."""

    text: str | None
    used: datetime


@dataclass(frozen=True, slots=True)
class Tried(Generic[T]):
    """A turn of which the store did not say whether it has kept it."""

    before: Record | None
    after: Record | None
    answer: T


@dataclass(slots=True)
class Trying(Generic[T]):
    """Work that a store is asked to do. `last` is what it came to, None before that.

    `number` tells which of two turns was asked for first. `told` hears of each record
    that the store may keep: a slow one keeps it late.
    """

    number: int
    work: Work[T]
    told: Callable[[int, Record | None], None]
    last: Tried[T] | None = None

    @property
    def after(self) -> Record | None:
        """The record that it came to, if it was done and there is one."""
        return self.last.after if self.last else None

    def __call__(self, kept: Kept) -> tuple[Record | None, T]:
        """Do the work for a store."""
        self.last = self.do(kept)
        self.told(self.number, self.last.after)
        return self.last.after, self.last.answer

    def do(self, kept: Kept) -> Tried[T]:
        """Do the work, and return what it comes to."""
        return Tried(kept.record, *self.work(kept))


@dataclass(slots=True)
class Doubt:
    """The hashes of what was left by turns, up to `number`, that nobody waited for."""

    number: int
    left: set[int]


@dataclass(slots=True)
class Owed:
    """What a person did while nothing could be stored.

    `number` is of their last turn in memory. `left`: the hash of every record, as text,
    that this process left them with since the store was last known to have one.
    `until`: when that stored one is past; None if it is not known what is stored.
    `settling` is held while this is being stored.
    """

    person: PersonKey
    text: str | None
    used: datetime
    left: set[int]
    until: datetime | None
    receipts: list[str] = field(default_factory=list)
    turns: int = 0
    number: int = 0
    settling: asyncio.Lock = field(default_factory=asyncio.Lock)
