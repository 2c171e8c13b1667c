"""The published counts for an operator: in the terminal, as JSON, and as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.core.counting.publishing import Week, everyone, together, totals
from bot.core.counting.suppression import FEWEST
from bot.operations.definitions import (
    by_lot,
    definition,
    hidden_rule,
    in_order,
    plain,
)

NOTHING_YET = (
    "Nothing can be shown yet. A week is shown once it is over and ten people or more"
    " were counted in it, and only if WAYMARK_COUNT is on."
)
TOGETHER = "others together"
WIDEST = 30  # characters of a bar

Row = tuple[str, int, str]  # what it is about, people, and what to know of it


def as_json(weeks: Sequence[Week]) -> str:
    """Return everything that may leave as one JSON object."""
    told = {"hidden_below": FEWEST, "weeks": [asdict(week) for week in weeks]}
    return json.dumps(told, indent=1, ensure_ascii=False)


def as_csv(weeks: Sequence[Week]) -> str:
    """Return everything that may leave, a number a line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("week", "flow", "version", "measure", "value", "people"))
    for week in weeks:
        key = (week.week, week.flow, week.version)
        for measure, shown in week.measures.items():
            for value, people in shown.people.items():
                writer.writerow((*key, measure, value, people))
            if shown.hidden:
                value = f"{TOGETHER} ({shown.hidden})"
                writer.writerow((*key, measure, value, shown.together))
    return text.getvalue()


def rows_of(weeks: Sequence[Week], measure: str) -> Iterator[Row]:
    """Give the rows of a measure over all weeks, what is hidden last."""
    for total in totals(weeks, measure):
        everywhere = total.weeks == len(weeks)
        of_weeks = "" if everywhere else f"in {total.weeks} of {len(weeks)} weeks"
        yield total.value, total.people, of_weeks
    hidden = together(weeks, measure)
    if hidden:
        yield TOGETHER, hidden, "hidden"


def rows_by_week(weeks: Iterable[Week]) -> Iterator[Row]:
    """Give how many came, a row a week and version."""
    for week in weeks:
        yield week.week, week.people, f"{week.flow} {week.version}"


def on_screen(weeks: Sequence[Week]) -> RenderableType:
    """Return the tables and bars for a terminal."""
    if not weeks:
        return Text(NOTHING_YET)
    measures = frozenset(name for week in weeks for name in week.measures)
    tables = [_table("How many came, week by week", rows_by_week(weeks))]
    for measure in in_order(measures):
        rows = rows_of(weeks, measure)
        of_whom = by_lot(everyone(weeks, measure))
        tables.append(_table(f"{definition(measure).title}. {of_whom}", rows))
    return Group(*tables, Text(hidden_rule(FEWEST)))


def _table(title: str, rows: Iterable[Row]) -> Table:
    rows = list(rows)
    table = Table(title=title, title_justify="left", show_header=False, box=None)
    table.add_column()
    table.add_column(justify="right")
    table.add_column()
    table.add_column(style="dim")
    most = max((people for _, people, _ in rows), default=1)
    for value, people, known in rows:
        bar = "█" * max(1, round(WIDEST * people / most))
        table.add_row(plain(value), str(people), bar, known)
    return table
