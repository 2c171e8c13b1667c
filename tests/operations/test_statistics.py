"""Figures in the terminal, as JSON and as CSV: the same rule in every one."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console

from bot.core.counting.cell import Cell
from bot.core.counting.publishing import Week, publishable
from bot.operations.statistics import as_csv, as_json, on_screen
from bot.stores.base import Store
from tests.command import waymark
from tests.operations.example_counts import example_weeks
from tests.stores.shelf import opened, right_now, sqlite_store

SMALL = {"england": 40, "scotland": 30, "wales": 7, "elsewhere": 0}


def small_week(monday: datetime) -> dict[Cell, int]:
    """Return a week in which few came from Wales."""
    week = monday.date().isoformat()
    cells = {Cell(week, "f", "1", "started", "all"): sum(SMALL.values())}
    for rank, (value, people) in enumerate(SMALL.items()):
        cells[Cell(week, "f", "1", "answer nation", value, rank)] = people
    return cells


def test_b32_a_small_number_is_nowhere() -> None:
    """Not in a table, not in a file: whoever came from Wales is among others."""
    monday = datetime(2026, 11, 16, 12, tzinfo=UTC)
    weeks = publishable(small_week(monday), monday + timedelta(days=9))

    (week,) = weeks
    shown = week.measures["answer nation"]
    assert "wales" not in shown.people
    assert "elsewhere" not in shown.people
    assert shown.together >= 20
    for text in (as_json(weeks), as_csv(weeks), on_paper(weeks)):
        assert "wales" not in text
        assert "77" in text


def on_paper(weeks: tuple[Week, ...]) -> str:
    """Return what the terminal shows."""
    console = Console(width=100, record=True, file=io.StringIO())
    console.print(on_screen(weeks))
    return console.export_text()


def test_b32_every_form_tells_the_same() -> None:
    """Whoever has the file has what the terminal showed."""
    weeks = example_weeks()

    told = json.loads(as_json(weeks))
    rows = list(csv.DictReader(io.StringIO(as_csv(weeks))))

    assert told["hidden_below"] == 10
    assert [week["people"] for week in told["weeks"]] == [w.people for w in weeks]
    shown = [int(row["people"]) for row in rows]
    assert min(shown) >= 10
    assert len({row["week"] for row in rows}) == len(weeks)
    assert "How many came" in on_paper(weeks)


def stats(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as an operator does."""
    key = "a key made up for these tests only"
    return waymark("stats", *arguments, WAYMARK_DATA=str(data), WAYMARK_KEY=key)


async def fill(store: Store) -> None:
    """Count people in the week before this one, and in this one."""
    now = right_now()
    await store.open()
    await store.count(small_week(now - timedelta(days=now.weekday() + 7)))
    await store.count(small_week(now - timedelta(days=now.weekday())))
    await store.close()


async def test_the_command_shows_weeks_that_are_over(tmp_path: Path) -> None:
    """The week that still grows is not shown, in no form."""
    await fill(sqlite_store(tmp_path / "waymark.db", right_now))

    def ran(*arguments: str) -> subprocess.CompletedProcess[str]:
        return stats(tmp_path, *arguments)

    as_json_ = ran("--json")
    in_terminal = ran()
    page = ran("--html", str(tmp_path / "page.html"))

    assert len(json.loads(as_json_.stdout)["weeks"]) == 1
    assert "77" in in_terminal.stdout
    assert page.returncode == 0, page.stderr
    assert "Who came" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert ran("--csv", "--json").returncode == 2


async def test_before_anyone_was_counted_it_says_so(tmp_path: Path) -> None:
    """An empty page would leave an operator to guess."""
    async with opened(tmp_path / "waymark.db"):
        pass
    told = stats(tmp_path)

    assert "Nothing can be shown yet." in told.stdout
