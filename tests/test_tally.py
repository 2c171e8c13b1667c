"""Sums that wait to be written: no order, and a store that fails loses nobody."""

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


class InOrder(MemoryStore):
    """A store that remembers in which order it was handed the counts."""

    def __init__(self) -> None:
        """Begin with nothing handed over."""
        super().__init__(lambda: MONDAY, FORGET_AFTER)
        self.handed: list[list[Cell]] = []

    async def count(self, cells: Mapping[Cell, int]) -> None:
        """Remember, and count."""
        self.handed.append(list(cells))
        await super().count(cells)


async def test_what_is_written_together_is_in_no_order() -> None:
    """A copy of the file, or of its log, tells nobody which answer came first."""
    store = InOrder()
    counted = Counted(store)
    for first in (0, 10):
        for person in range(first, first + 10):
            await counted.goes_through(person, "yes", "wales")
        await counted.written()

    one, other = store.handed
    assert len(one) > 30  # of so many two orders are never alike by chance
    assert sorted(one) == sorted(other)
    assert one != other
    assert one != sorted(one)
