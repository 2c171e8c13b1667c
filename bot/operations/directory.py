"""The directory of services for the operator: how to reach each, and what is due.

What is due is marked "check before relying on it", and says what must be looked at.
A person in need is shown how to reach a service, and of its hours what is proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rich.box import HORIZONTALS
from rich.table import Table
from rich.text import Text

from bot.core.hours import DAYS, Hours, Span
from bot.core.service import UK, Service

CHECK_FIRST = "check before relying on it"


@dataclass(frozen=True, slots=True)
class Entry:
    """One service as the operator reads it. `due`: it is past its day of review."""

    id: str
    name: str
    contacts: dict[str, str]
    nations: tuple[str, ...]
    open: str
    anonymous: str
    due: bool
    review: str
    source: str
    checked: str
    review_by: str

    @property
    def standing(self) -> str:
        """Say whether it can be relied on, and if not, what must be looked at."""
        if not self.due:
            return f"checked {self.checked}, again by {self.review_by}"
        return f"{CHECK_FIRST}: {self.review}" if self.review else CHECK_FIRST


def entries(services: Iterable[Service], today: date) -> list[Entry]:
    """Return the services in the author's order, as they stand on a day."""
    return [
        Entry(
            id=service.id,
            name=service.name,
            contacts=dict(service.contacts),
            nations=service.nations,
            open=opening(service.hours),
            anonymous=service.anonymous,
            due=service.is_due(today),
            review=service.review,
            source=service.source,
            checked=service.checked.isoformat(),
            review_by=service.review_by.isoformat(),
        )
        for service in services
    ]


def opening(hours: Hours) -> str:
    """Return opening hours in words: UK time, days in a row taken together."""
    if hours.always:
        return "always"
    if not hours.spans:
        return "unproved"
    holidays = hours.bank_holidays.replace("_", " ")
    return f"{', '.join(_weeks(hours.spans))}; bank holidays: {holidays}"


def directory_table(directory: Sequence[Entry]) -> Table:
    """Return the directory as a table, what is due marked so that it is seen first."""
    due = sum(entry.due for entry in directory)
    table = Table(
        title=f"{len(directory)} services, {due} to check before relying on them",
        box=HORIZONTALS,
        show_lines=True,
        expand=True,
    )
    table.add_column("service and contacts", ratio=3, overflow="fold")
    table.add_column("where, when", ratio=3, overflow="fold")
    table.add_column("standing and source", ratio=4, overflow="fold")
    for entry in directory:
        table.add_row(_how_to_reach(entry), _where_and_when(entry), _standing(entry))
    return table


def _how_to_reach(entry: Entry) -> Text:
    contacts = (f"{kind}: {to}" for kind, to in entry.contacts.items())
    return Text("\n".join((f"{entry.name} ({entry.id})", *contacts)))


def _where_and_when(entry: Entry) -> Text:
    nations = "uk" if entry.nations == UK else ", ".join(entry.nations)
    return Text(f"{nations}\nopen: {entry.open}\nanonymous: {entry.anonymous}")


def _standing(entry: Entry) -> Text:
    standing = Text(entry.standing, style="bold red" if entry.due else "")
    sources = entry.source.replace(" ; ", "\n")
    return standing.append(f"\n{sources}", style="not bold dim")


def _weeks(spans: Iterable[Span]) -> Iterator[str]:
    spans = sorted(spans, key=lambda span: (span.weekday, span.since))
    runs: list[tuple[list[int], str]] = []
    for weekday in sorted({span.weekday for span in spans}):
        times = " and ".join(
            f"{span.since:%H:%M}-{span.until:%H:%M}"
            for span in spans
            if span.weekday == weekday
        )
        if runs and runs[-1][1] == times and runs[-1][0][-1] == weekday - 1:
            runs[-1][0].append(weekday)
        else:
            runs.append(([weekday], times))
    for days, times in runs:
        through = f"-{DAYS[days[-1]]}" if len(days) > 1 else ""
        yield f"{DAYS[days[0]]}{through} {times}"
