"""Turns that share one commit: done one after another, on the rows as found."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from bot.stores.base import Kept, Work, has_answers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from bot.core.person import PersonKey
    from bot.stores.rows import Row, Rows
    from bot.stores.sealing import Sealer


def _new_future() -> asyncio.Future[None]:
    return asyncio.get_running_loop().create_future()


@dataclass(slots=True, eq=False)
class Waiting:
    """A turn that was asked for. `done` is set once it is kept, or has failed.

    `names`: the person's; what is kept is kept under the first, those after it are from
    before the key was changed. `receipts` likewise, empty where there is none.
    `used`: when the person was last here, None for now.
    `reads`: it only looks, and its row stays as it is.
    `removed`: it took answers away, and the files still have to be cleaned of them.
    """

    names: tuple[bytes, ...]
    receipts: tuple[bytes, ...]
    work: Work[Any]
    used: datetime | None = None
    done: asyncio.Future[None] = field(default_factory=_new_future)
    answer: Any = None
    fault: Exception | None = None
    removed: bool = False
    reads: bool = False

    @classmethod
    def asked(
        cls,
        sealer: Sealer,
        person: PersonKey,
        receipt: str | None,
        work: Work[Any],
        used: datetime | None = None,
    ) -> Self:
        """Make one as a store was asked for it, with the text of a receipt."""
        receipts = () if receipt is None else sealer.receipts(receipt)
        return cls((person.name, *person.earlier), receipts, work, used)

    @classmethod
    def reading(cls, person: PersonKey) -> Self:
        """Make one that answers with the record, and changes nothing."""
        names = (person.name, *person.earlier)
        return cls(names, (), lambda kept: (None, kept.record), reads=True)

    def finish(self, fault: Exception | None = None) -> None:
        """Let the caller go on, with the answer or with the fault."""
        if not self.done.done():
            self.fault = self.fault or fault
            self.done.set_result(None)


class Batch:
    """What some turns, in the order in which they were asked for, do to the rows.

    After `settle`: `rows` are the names whose row changed (None: it is to go), and
    `claims` the receipts that were used for the first time.
    """

    def __init__(self, turns: Sequence[Waiting]) -> None:
        """Take the turns together."""
        self.turns = turns
        self.names = list({name for turn in turns for name in turn.names})
        self.receipts = list({claim for turn in turns for claim in turn.receipts})
        self.rows: dict[bytes, Row | None] = {}
        self.claims: set[bytes] = set()

    def settle(
        self, found: Mapping[bytes, bytes], claimed: AbstractSet[bytes], rows: Rows
    ) -> None:
        """Do every turn. `found` are the sealed records, `claimed` the used receipts.

        What a `work` raises becomes its own turn's fault and changes nothing.
        """
        for turn in self.turns:
            turn.fault = None  # of an earlier try
            try:
                self._do(turn, found, claimed, rows)
            except Exception as error:  # noqa: BLE001 handed on to whoever asked
                turn.fault = error

    def _do(
        self,
        turn: Waiting,
        found: Mapping[bytes, bytes],
        claimed: AbstractSet[bytes],
        rows: Rows,
    ) -> None:
        there = [name for name in turn.names if self._sealed(name, found)]
        record = rows.open(there[0], self._sealed(there[0], found)) if there else None
        used_up = claimed | self.claims
        repeated = any(receipt in used_up for receipt in turn.receipts)
        after, answer = turn.work(Kept(record, repeated=repeated))
        if turn.reads:
            turn.answer = answer
            return
        name = turn.names[0]
        changed = rows.seal(name, after, turn.used) if after is not None else None
        turn.answer = answer
        was_there = not found.keys().isdisjoint(turn.names)
        turn.removed = was_there and not has_answers(after)
        # What was kept under an earlier key moves to the one in force.
        self.rows.update(dict.fromkeys(there))
        self.rows[name] = changed
        if turn.receipts and not repeated:
            self.claims.add(turn.receipts[0])

    def _sealed(self, name: bytes, found: Mapping[bytes, bytes]) -> bytes | None:
        if name in self.rows:
            row = self.rows[name]
            return row.sealed if row else None
        return found.get(name)
