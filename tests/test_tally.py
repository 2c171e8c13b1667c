"""Sums that wait to be written: a store that fails loses nobody."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.counting.cell import Cell
from bot.core.errors import StoreError
from bot.stores.memory import MemoryStore
from tests.counting import FORGET_AFTER, MONDAY, Counted


class FailsOnce(MemoryStore):
    """A store whose disk is full the first time that counts are written."""

    full = True

    async def count(self, cells: Mapping[Cell, int]) -> None:
        """Refuse once."""
        if self.full:
            self.full = False
            raise StoreError("the disk is full")
        await super().count(cells)


async def test_what_cannot_be_written_is_written_later() -> None:
    """A full disk loses nobody, and counts nobody twice."""
    store = FailsOnce(lambda: MONDAY, FORGET_AFTER)
    counted = Counted(store)
    for person in range(10):
        await counted.goes_through(person, "yes", "wales")

    assert await counted.written() == {}
    assert (await counted.written())["started", "all"] == 10
    assert (await counted.written())["started", "all"] == 10
