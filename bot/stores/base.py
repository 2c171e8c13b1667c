"""What every store promises: one person's record, one turn at a time, and no more.

A record is plain data (tables, lists, texts, numbers). A store knows neither flows nor
steps: it keeps what it is handed, under a keyed name, for a while.

The contract, tested over every store in tests/stores/test_contract.py:

- `turn` hands the record to `work`, keeps what `work` returns, and only then returns.
  When it has returned, the record outlives a SIGKILL.
- Turns of one person happen one after another, in the order in which they were asked
  for, also with several processes. Turns of different people do not wait for `work`
  of each other.
- A receipt (the channel's name for one update) is claimed in the same commit as the
  record. A receipt that comes again hands `work` a `Kept` with `repeated` true.
- `work` is quick and pure, and may be called in another thread, and again when a commit
  must be tried again. What it raises reaches the caller, and then nothing is kept of
  that turn.
- A record that was not touched for the time to forget is as if it had never been, but
  for its `notes`, if it has any: a channel has to take its messages out of the chat.
  Until `purge` removes the record, `turn` hands over {"notes": …} and nothing else.
- Where a record cannot be opened (another key, damage), it is as if it were absent.
- After `forget`, or `work` returning no record or one of notes alone, all else is gone
  at once. Its bytes are gone from every file at once too, unless somebody has just
  gone: then within seconds, with those of all who go meanwhile (`erasing.py`). Or
  unless somebody else is reading the file (a backup, say): then within seconds of their
  being done, or with the next `purge` after that. `forget` waits for it, a turn does
  not. What a killed process leaves of them goes when the next one opens the file. A
  database server's files, log and backups are not ours to clean: there the sealed bytes
  go when the server writes over them.
- `purge` removes what is past its time, and hands each of these records to `farewell`,
  if there is one, before it returns: once, also where several processes purge. Notes
  stay, alone, until they are cleared, so that a process which is killed meanwhile loses
  none. They are handed over again when the time to forget has passed once more, or to a
  process that begins and asks for `left`: for all notes alone, whatever their time, but
  none that another took within TAKEN_FOR. Two days after their person was last here
  they go in any case. Without a `farewell` nobody takes them, and they are due to
  whoever purges next.
- `count` adds whole numbers to the counts, `counts` returns all of them, and
  `forget_counts` removes those of weeks before a Monday. Nothing leads from a count to
  a record, and the order in which counts came is not kept.
- Every fault of the store itself is raised as StoreError.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from bot.core.counting.cell import Cell
from bot.core.person import PersonKey

Record = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept:
    """What a store knows at the beginning of a turn."""

    record: Record | None
    repeated: bool = False


Work = Callable[[Kept], tuple[Record | None, T]]
Farewell = Callable[[Record], None]
# Makes one of two notes of a person, the earlier and the later one.
Merge = Callable[[Any, Any], Any]

NOTES = "notes"  # the key of what outlives the rest of a record
# How long whoever took notes is trusted to be at them still.
TAKEN_FOR = timedelta(seconds=60)


class Store(Protocol):
    """Somewhere that conversations are kept between two turns."""

    @property
    def trouble(self) -> str | None:
        """Why nothing was kept at the last try, in a line; None while all is well."""

    @property
    def renewed(self) -> bool:
        """Whether what was kept was found damaged when it was opened last, and is gone.

        Then it has begun anew, with nothing.
        """

    async def open(self) -> None:
        """Make it ready. Raises StoreError with a cure where that is impossible."""

    async def close(self) -> None:
        """Finish what is under way, and let go."""

    async def turn(
        self,
        person: PersonKey,
        receipt: str | None,
        work: Work[T],
        *,
        used: datetime | None = None,
    ) -> T:
        """Hand over the record, keep what comes back, return the second value.

        `used`: when the person was last here, if that is not now (aware). The time to
        forget counts from then.
        """

    async def read(self, person: PersonKey) -> Record | None:
        """Return the record, as the next turn would be handed it. Nothing is changed.

        The time to forget goes on as before: to be looked up is not to be here.
        """

    async def forget(self, person: PersonKey) -> None:
        """Remove all that is kept of a person, for good."""

    async def purge(
        self, farewell: Farewell | None = None, *, left: bool = False
    ) -> int:
        """Remove what is past its time; return how many records that was.

        `left`: and take what is left of whoever has left, whatever the time.
        """

    async def count(self, cells: Mapping[Cell, int]) -> None:
        """Add to the counts. What is there already is added to, and 0 makes a row."""

    async def counts(self) -> Mapping[Cell, int]:
        """Return all counts."""

    async def forget_counts(self, before: str) -> int:
        """Remove counts of weeks before a Monday; return how many weeks went."""


def outlives(record: Record) -> Record | None:
    """Return what is left of a record that is past its time; None: nothing."""
    return {NOTES: record[NOTES]} if record.get(NOTES) else None


def later(before: Any, after: Any) -> Any:  # noqa: ANN401 - notes are a channel's own
    """Return the later of two notes, if there are any."""
    return after or before


def has_answers(record: Record | None) -> bool:
    """Tell whether a record holds more than notes."""
    return record is not None and bool(record.keys() - {NOTES})
