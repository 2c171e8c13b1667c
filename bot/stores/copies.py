"""What a process remembers of the people it served, beside the store.

For each person of late: the record as it was stored last. And, once something could not
be stored: what is owed to the store.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from bot.core.person import PersonKey
from bot.stores.base import Farewell, Kept, Record, T, Work, has_answers, outlives
from bot.stores.records import from_text, to_text
from bot.stores.retention import coarse

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from bot.stores.retention import Clock

# Some seven megabytes, measured. Of more people than that at once, those who were here
# longest ago begin anew if the store goes.
MOST: Final = 10_000

K = TypeVar("K")
V = TypeVar("V")


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

    `told` hears of each record that the store may keep: a slow one keeps it late.
    """

    work: Work[T]
    told: Callable[[Record | None], None]
    last: Tried[T] | None = None

    @property
    def after(self) -> Record | None:
        """The record that it came to, if it was done and there is one."""
        return self.last.after if self.last else None

    def __call__(self, kept: Kept) -> tuple[Record | None, T]:
        """Do the work."""
        after, answer = self.work(kept)
        self.last = Tried(kept.record, after, answer)
        self.told(after)
        return after, answer


@dataclass(slots=True)
class Owed:
    """What a person did while nothing could be stored.

    `left`: the hash of every record, as text, that this process left them with since
    the store was last known to have one. `until`: when that stored one is past; None if
    it is not known what is stored. `settling` is held while this is being stored.
    """

    person: PersonKey
    text: str | None
    used: datetime
    left: set[int]
    until: datetime | None
    receipts: list[str] = field(default_factory=list)
    turns: int = 0
    settling: asyncio.Lock = field(default_factory=asyncio.Lock)


class Copies:
    """Does turns out of memory. `owed` are those that still have to be stored."""

    def __init__(self, clock: Clock, forget_after: timedelta) -> None:
        """Start with nothing. `clock` returns the time, aware."""
        self._clock = clock
        self._forget_after = forget_after
        self._copies: OrderedDict[bytes, Copy] = OrderedDict()
        self._receipts: OrderedDict[str, None] = OrderedDict()
        self.owed: dict[bytes, Owed] = {}

    def note(
        self, person: PersonKey, receipt: str | None, record: Record | None
    ) -> None:
        """Remember what the store has kept of a turn."""
        if receipt is not None:
            _put(self._receipts, receipt, None)
        text = None if record is None else to_text(record)
        _put(self._copies, person.name, Copy(text, self._clock()))

    def knows(self, person: PersonKey) -> bool:
        """Tell whether it is known where someone stands."""
        return person.name in self._copies

    def trying(self, person: PersonKey, work: Work[T]) -> Trying[T]:
        """Return work that tells what came of it, also when a store does it late."""
        return Trying(work, partial(self._may_be_stored, person))

    def _may_be_stored(self, person: PersonKey, record: Record | None) -> None:
        if person.name in self.owed:
            text = None if record is None else to_text(record)
            self.owed[person.name].left.add(hash(text))

    def turn(self, person: PersonKey, receipt: str | None, work: Work[T]) -> T:
        """Do a turn out of memory, and owe it to the store."""
        owed = self.owed.get(person.name) or self._first(person)
        before: Record | None = None if owed.text is None else from_text(owed.text)
        if before and self._is_past(owed.used):
            before = outlives(before)
        after, answer = work(Kept(before, repeated=receipt in self._receipts))
        owed.text = None if after is None else to_text(after)
        owed.left.add(hash(owed.text))
        owed.used = self._clock()
        owed.turns += 1
        if receipt is not None and receipt not in self._receipts:
            _put(self._receipts, receipt, None)
            owed.receipts.append(receipt)
        self.owed[person.name] = owed
        self._copies.pop(person.name, None)
        return answer

    def adopt(self, person: PersonKey, receipt: str | None, tried: Tried[T]) -> T:
        """Go on from a turn that the store has kept, or has not.

        Done once more, out of memory, it would begin at what another replica may have
        changed since, and come out as another record than the one that may be kept.
        """
        answer = self.turn(person, receipt, lambda _: (tried.after, tried.answer))
        before = None if tried.before is None else to_text(tried.before)
        self.owed[person.name].left.add(hash(before))
        return answer

    def owe_all(self) -> None:
        """Owe the store all that is remembered: it has begun anew, with nothing."""
        for name, copy in list(self._copies.items()):
            if copy.text is not None and not self._is_past(copy.used):
                until = copy.used + self._forget_after
                person, left = PersonKey(name), {hash(None)}
                self.owed[name] = Owed(person, copy.text, copy.used, left, until)
        for owed in self.owed.values():
            owed.left.add(hash(None))

    def settling(self, owed: Owed) -> Work[Record | None]:
        """Return the work that stores what is owed, and answers with what is kept."""
        text = owed.text

        def work(kept: Kept) -> tuple[Record | None, Record | None]:
            ours: Record | None = None if text is None else from_text(text)
            if has_answers(ours) and self._is_elsewhere(owed, kept.record):
                ours = None if kept.record is None else dict(kept.record)
            return ours, ours

        return work

    def settled(self, owed: Owed, record: Record | None) -> None:
        """Forget that something was owed: it is stored as `record`."""
        del self.owed[owed.person.name]
        text = None if record is None else to_text(record)
        _put(self._copies, owed.person.name, Copy(text, owed.used))

    def purge(self, farewell: Farewell | None = None) -> int:
        """Remove who is owed and past; hand over their records, return how many.

        Their notes stay, as in a store.
        """
        past = [owed for owed in self.owed.values() if self._is_past(owed.used)]
        records = [from_text(owed.text) for owed in past if owed.text is not None]
        for owed in past:
            record = None if owed.text is None else from_text(owed.text)
            notes = outlives(record) if record else None
            owed.text = to_text(notes) if notes else None
            owed.left.add(hash(owed.text))
            owed.used = self._clock()  # so that they are handed over once
            owed.turns += 1
        for record in records if farewell else ():
            if farewell:
                farewell(record)
        return len(records)

    def let_go(self) -> None:
        """Let go of copies of what the store itself has removed by now."""
        now = self._clock().timestamp()
        for name, copy in list(self._copies.items()):
            until = (copy.used + self._forget_after).timestamp()
            if coarse(until, self._forget_after) <= now:
                del self._copies[name]

    def _first(self, person: PersonKey) -> Owed:
        copy = self._copies.get(person.name)
        if copy is None:
            return Owed(person, None, self._clock(), set(), None)
        until = copy.used + self._forget_after
        return Owed(person, copy.text, copy.used, {hash(copy.text)}, until)

    def _is_past(self, used: datetime) -> bool:
        return self._clock() >= used + self._forget_after

    def _is_elsewhere(self, owed: Owed, record: Record | None) -> bool:
        """Return whether another replica has changed or removed what is stored."""
        if owed.until is None:
            return False  # what is stored is from before this process knew them
        if not has_answers(record) and self._clock() >= owed.until:
            return False  # it was past: that is why no more than notes are left of it
        text = None if record is None else to_text(record)
        return hash(text) not in owed.left


def _put(kept: OrderedDict[K, V], key: K, value: V) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > MOST:
        kept.popitem(last=False)
