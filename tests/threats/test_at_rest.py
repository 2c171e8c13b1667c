"""The adversary has the database, the log, the statistics, or works here: row by row.

The row about log files is `tests/canary`.
"""

from __future__ import annotations

import inspect
from datetime import UTC, datetime
from pathlib import Path

from bot.cli import WRITTEN_IN
from bot.core.counting.cell import Cell
from bot.core.counting.publishing import publishable
from bot.core.person import PersonKey
from bot.operations import statistics
from bot.operations.statistics_page import page
from bot.stores.base import Store
from tests.stores.shelf import SEALER, bytes_on_disk, keeps, opened, someone

# What an operator can type. Whoever adds a command says here that it shows nobody.
SHOW_NOBODY = {
    *("run", "chat", "understand", "check", "draw", "schema", "services", "setup"),
    *("doctor", "stats", "purge", "preview", "bench"),
}
# What a store can be asked about several people at once: numbers, and what is past.
OF_NOBODY = {
    *("open", "close", "trouble", "renewed"),
    *("count", "counts", "forget_counts", "purge"),
}
WEEK = "2026-09-07"


def test_threat_someone_at_the_charity_is_curious() -> None:
    """No view of conversations: nothing to type, and nothing to ask a store."""
    assert set(WRITTEN_IN) == SHOW_NOBODY

    for name, ask in vars(Store).items():
        if not name.startswith("_") and name not in OF_NOBODY:
            needs = inspect.signature(ask).parameters["person"]
            assert needs.annotation in {PersonKey, "PersonKey"}, name


async def test_threat_the_database_is_stolen(tmp_path: Path) -> None:
    """Names lead back to nobody, answers are sealed, and what is forgotten is gone."""
    database, number = tmp_path / "waymark.db", 7_123_456_789
    async with opened(database) as store:
        record = {"facts": {"nation": "wales"}, "notes": {"chat": number}}
        await store.turn(someone(number), "update 7", keeps(record))
        stolen = bytes_on_disk(database)
        assert someone(number).name in stolen
        for trace in (str(number), "wales", "update 7"):
            assert trace.encode() not in stolen
        for order in ("big", "little"):
            assert (
                number.to_bytes(8, "big" if order == "big" else "little") not in stolen
            )
        assert SEALER.names_key not in stolen

        await store.forget(someone(number))
        assert someone(number).name not in bytes_on_disk(database)


def test_threat_small_numbers_in_statistics() -> None:
    """One person in a small nation is in no export, and no sum gives them away."""
    people = {"england": 40, "scotland": 25, "wales": 1, "elsewhere": 0}
    counts = {Cell(WEEK, "f", "1", "started", "all", 0): sum(people.values())}
    for rank, (nation, number) in enumerate(people.items()):
        counts[Cell(WEEK, "f", "1", "answer nation", nation, rank)] = number

    weeks = publishable(counts, datetime(2026, 9, 20, tzinfo=UTC))

    (week,) = weeks
    shown = week.measures["answer nation"]
    assert shown.people == {"england": 40}
    assert (shown.hidden, shown.together) == (3, 26)  # wales may be any of 0 to 26
    for export in (
        statistics.as_json(weeks),
        statistics.as_csv(weeks),
        page(weeks, {}),
    ):
        assert "wales" not in export.lower()
