"""Turns that share one commit: done one after another, on the rows as found."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.stores.base import Kept, Work, has_answers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from bot.stores.rows import Row, Rows


def _new_future() -> asyncio.Future[None]:
    return asyncio.get_running_loop().create_future()


@dataclass(slots=True, eq=False)
class Waiting:
    """A turn that was asked for. `done` is set once it is kept, or has failed.

    `used`: when the person was last here, None for now.
    `removed`: it took answers away, and the files still have to be cleaned of them.
    """

    name: bytes
    receipt: bytes | None
    work: Work[Any]
    used: datetime | None = None
    done: asyncio.Future[None] = field(default_factory=_new_future)
    answer: Any = None
    fault: Exception | None = None
    removed: bool = False

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
        self.names = list({turn.name for turn in turns})
        self.receipts = list({turn.receipt for turn in turns if turn.receipt})
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
        sealed = found.get(turn.name)
        if turn.name in self.rows:
            row = self.rows[turn.name]
            sealed = row.sealed if row else None
        repeated = turn.receipt in claimed or turn.receipt in self.claims
        record = rows.open(turn.name, sealed)
        after, answer = turn.work(Kept(record, repeated=repeated))
        changed = rows.seal(turn.name, after, turn.used) if after is not None else None
        turn.answer = answer
        turn.removed = turn.name in found and not has_answers(after)
        self.rows[turn.name] = changed
        if turn.receipt and not repeated:
            self.claims.add(turn.receipt)
