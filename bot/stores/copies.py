"""What a process remembers of the people it served, beside the store.

For each person of late: the record as it was stored last. And, once something could not
be stored: what is owed to the store.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from bot.core.person import PersonKey
from bot.stores.base import (
    NOTES,
    Farewell,
    Kept,
    Merge,
    Record,
    T,
    Work,
    has_answers,
    outlives,
)
from bot.stores.owed import Copy, Doubt, Owed, Trying
from bot.stores.records import from_text, to_text
from bot.stores.retention import coarse

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from bot.stores.retention import Clock

# Some seven megabytes, measured. Of more people than that at once, those who were here
# longest ago begin anew if the store goes.
MOST: Final = 10_000

K = TypeVar("K")
V = TypeVar("V")


class Copies:
    """Does turns out of memory. `owed` are those that still have to be stored."""

    def __init__(self, clock: Clock, forget_after: timedelta, merge: Merge) -> None:
        """Start with nothing. `clock` returns the time, aware.

        `left_behind` tells whether notes were stored of somebody who has left by now.
        """
        self._merge = merge
        self.left_behind = False
        self._clock = clock
        self._forget_after = forget_after
        self._copies: OrderedDict[bytes, Copy] = OrderedDict()
        self._receipts: OrderedDict[str, None] = OrderedDict()
        self._doubts: OrderedDict[bytes, Doubt] = OrderedDict()
        self._asked = 0
        self.owed: dict[bytes, Owed] = {}

    def trying(self, person: PersonKey, work: Work[T]) -> Trying[T]:
        """Return work that tells what came of it, also when a store does it late."""
        self._asked += 1
        return Trying(self._asked, work, partial(self._may_be_stored, person))

    def note(self, person: PersonKey, receipt: str | None, kept: Trying[T]) -> None:
        """Remember what the store has kept of a turn.

        Where an earlier turn is owed meanwhile, this is where the person is by now.
        """
        if receipt is not None:
            _put(self._receipts, receipt, None)
        text = _text(kept.after)
        owed, doubt = self.owed.get(person.name), self._doubts.get(person.name)
        if (
            doubt and doubt.number < kept.number
        ):  # the store does them one after another
            del self._doubts[person.name]
        if owed is None:
            _put(self._copies, person.name, Copy(text, self._clock()))
        elif owed.number < kept.number:
            self._leaves(owed, text, kept.number)

    def knows(self, person: PersonKey) -> bool:
        """Tell whether it is known where someone stands."""
        return person.name in self._copies

    def abandon(self, person: PersonKey, trying: Trying[T]) -> None:
        """Remember that nobody hears what the store makes of a turn. It may keep it."""
        earlier = self._doubts.get(person.name)
        left = {_hash(trying.last.after)} if trying.last else set()
        doubt = Doubt(trying.number, (earlier.left if earlier else set()) | left)
        _put(self._doubts, person.name, doubt)

    def _may_be_stored(
        self, person: PersonKey, number: int, record: Record | None
    ) -> None:
        owed = self.owed.get(person.name) or self._doubts.get(person.name)
        if owed and number <= owed.number:  # else it is later than what is owed
            owed.left.add(_hash(record))

    def turn(self, person: PersonKey, receipt: str | None, trying: Trying[T]) -> T:
        """Do a turn out of memory, and owe it to the store.

        One that the store has done already, and has kept or has not, is gone on from.
        Done once more, it would begin at what another replica may have changed since,
        and come out as another record than the one that may be kept.
        """
        owed = self.owed.get(person.name) or self._first(person)
        tried, number = trying.last, trying.number
        if tried is None:
            tried = trying.do(
                Kept(self._before(owed), repeated=receipt in self._receipts)
            )
        else:
            owed.left |= {_hash(tried.before), _hash(tried.after)}
        if number > owed.number or trying.last is None:
            self._leaves(owed, _text(tried.after), number)
        if receipt is not None and receipt not in self._receipts:
            _put(self._receipts, receipt, None)
            owed.receipts.append(receipt)
        self.owed[person.name] = owed
        self._copies.pop(person.name, None)
        return tried.answer

    def _before(self, owed: Owed) -> Record | None:
        before: Record | None = None if owed.text is None else from_text(owed.text)
        return outlives(before) if before and self._is_past(owed.used) else before

    def _leaves(self, owed: Owed, text: str | None, number: int) -> None:
        owed.text = text
        owed.left.add(hash(text))
        owed.used = self._clock()
        owed.turns += 1
        owed.number = max(owed.number, number)

    def read(self, person: PersonKey) -> Record | None:
        """Return what is remembered of someone, as a turn would be handed it."""
        return self._before(self.owed.get(person.name) or self._first(person))

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
            elif owed.until is None:
                ours = self._with_what_was_noted(kept.record, ours)
            return ours, ours

        return work

    def _with_what_was_noted(
        self, stored: Record | None, ours: Record | None
    ) -> Record | None:
        """Return ours, and the notes from before this process knew them.

        Of what these speak, nothing else does: it would stay in the chat for good.
        """
        noted = (stored or {}).get(NOTES)
        if not noted:
            return ours
        self.left_behind |= not has_answers(ours)
        return {**(ours or {}), NOTES: self._merge(noted, (ours or {}).get(NOTES, {}))}

    def settled(self, owed: Owed, record: Record | None) -> None:
        """Forget that something was owed: it is stored as `record`."""
        del self.owed[owed.person.name]
        _put(self._copies, owed.person.name, Copy(_text(record), owed.used))

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
        doubt = self._doubts.get(person.name)
        left = {hash(copy.text)} | (doubt.left if doubt else set())
        return Owed(person, copy.text, copy.used, left, until)

    def _is_past(self, used: datetime) -> bool:
        return self._clock() >= used + self._forget_after

    def _is_elsewhere(self, owed: Owed, record: Record | None) -> bool:
        """Return whether another replica has changed or removed what is stored."""
        if owed.until is None:
            return False  # what is stored is from before this process knew them
        if not has_answers(record) and self._clock() >= owed.until:
            return False  # it was past: that is why no more than notes are left of it
        return _hash(record) not in owed.left


def _text(record: Record | None) -> str | None:
    return None if record is None else to_text(record)


def _hash(record: Record | None) -> int:
    return hash(_text(record))


def _put(kept: OrderedDict[K, V], key: K, value: V) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > MOST:
        kept.popitem(last=False)
