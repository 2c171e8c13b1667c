"""After a day of many people nothing of them is left, and nothing has grown."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.stores import erasing
from bot.stores.memory import MemoryStore
from tests.channels.running import small_machine
from tests.soak.day import Clock, Day, State, state
from tests.soak.stores import FILE, KINDS, opened

PEOPLE, OVER, TIDY_EVERY = 60, timedelta(hours=3), timedelta(minutes=20)
SOME = 30  # objects, fewer than there are people


@pytest.fixture(autouse=True)
def no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the same done on both days, however quick the machine is.

    Python's sqlite3 holds on to up to two hundred of the cursors that were used.
    """
    monkeypatch.setattr(erasing, "MOST_REST_SECONDS", 0.0)


@pytest.mark.parametrize("kind", KINDS)
async def test_b29_after_a_day_nobody_is_left_anywhere(
    kind: str, tmp_path: Path
) -> None:
    """B29: whoever came has left or is forgotten, in memory, in the store, on the disk.

    `make soak` does it with a hundred thousand people, and tells what each hour took.
    """
    clock, seen = Clock(), list[State]()
    async with opened(kind, tmp_path, clock) as store:
        for _ in range(2):  # once, so that all is loaded; then once more
            day = Day(small_machine(), store, clock, TIDY_EVERY)
            await day.passes(PEOPLE, seed=4, over=OVER)
            await day.ends()
            seen.append(state())
            assert day.left + day.cleared == PEOPLE
            assert day.left > 0 < day.cleared

        assert seen[1].files == seen[0].files
        assert seen[1].objects - seen[0].objects < SOME
        if isinstance(store, MemoryStore):
            assert (store._rows, store._claims) == ({}, {})  # noqa: SLF001 all it holds
        else:
            with closing(sqlite3.connect(tmp_path / FILE)) as db:
                for table in ("conversation", "claim"):
                    found = db.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
                    assert found == (0,)
