"""The published counts as one page to read and to print: nothing in it is fetched.

Charts are drawn here as SVG, and each has its table below: whoever cannot see a chart
reads the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from bot.core.counting.contribution import ANSWER, ROUTE, STARTED, UNANSWERED
from bot.core.counting.publishing import Week, everyone, shown_a_route, totals
from bot.core.counting.questions import USEFUL
from bot.core.counting.suppression import FEWEST
from bot.operations.definitions import (
    by_lot,
    definition,
    hidden_rule,
    in_order,
    plain,
)
from bot.operations.statistics import NOTHING_YET, Row, rows_by_week, rows_of

BAR, GAP, CHART = 18, 8, 600  # units of the drawing; a chart is as wide as its column
NAMES_END = 210  # where the bars begin
LONGEST = 28  # characters of a name beside a bar; the table has all of it

STYLE = """
:root { color-scheme: light; --ink: #1d2433; --soft: #59627a; --bar: #2f5d8a;
  --line: #d5dae3; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 46rem; color: var(--ink);
  background: #fff; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 2.25rem 0 .25rem; }
p { margin: .4rem 0; } .soft { color: var(--soft); }
.note { border-left: 4px solid var(--bar); padding: .25rem .75rem; background: #f3f6fa;
  margin: .75rem 0; }
svg { display: block; width: 100%; height: auto; margin: .75rem 0; }
svg text { font: 14px system-ui, sans-serif; fill: var(--ink); }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; padding: .3rem .4rem; border-bottom: 1px solid var(--line);
  vertical-align: top; font-weight: normal; }
thead th { color: var(--soft); } .n { text-align: right; white-space: nowrap; }
@media (max-width: 30rem) { svg { display: none; } }
@media print { @page { size: A4; margin: 18mm; } body { padding: 0; max-width: none; }
  section { break-inside: avoid; } }
"""


def page(
    weeks: Sequence[Week], names: Mapping[str, str], *, example: bool = False
) -> str:
    """Return the page. `names`: words for values, such as a service's name for its id.

    `example` says at the top that the numbers are made up.
    """
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            "<title>Waymark: who came, and where they were sent</title>",
            f"<style>{STYLE}</style>",
            "</head>",
            "<body>",
            "<main>",
            "<h1>Who came, and where they were sent</h1>",
            *_top(weeks, example=example),
            *_sections(weeks, names),
            "</main>",
            "</body>",
            "</html>",
            "",
        )
    )


def _top(weeks: Sequence[Week], *, example: bool) -> Iterator[str]:
    if example:
        yield '<p class="note"><strong>Example.</strong> These numbers are made up.</p>'
    if not weeks:
        yield f"<p>{escape(NOTHING_YET)}</p>"
        return
    yield (
        f'<p class="soft">Weeks that began from {escape(weeks[0].week)} to'
        f" {escape(weeks[-1].week)}.</p>"
    )
    yield f'<p class="note">{escape(hidden_rule(FEWEST))}</p>'


def _sections(weeks: Sequence[Week], names: Mapping[str, str]) -> Iterator[str]:
    if not weeks:
        return
    means = definition(STARTED).means
    yield from _section("From the question to help", "", _funnel(weeks), names)
    yield from _section(
        "How many came, week by week", means, rows_by_week(weeks), names
    )
    measures = frozenset(name for week in weeks for name in week.measures)
    for measure in in_order(measures):
        told = definition(measure)
        means = f"{told.means} {by_lot(everyone(weeks, measure))}"
        yield from _section(told.title, means, rows_of(weeks, measure), names)


def _funnel(weeks: Sequence[Week]) -> Iterator[Row]:
    yield "Agreed to be counted", sum(week.people for week in weeks), "all of them"
    of_whom = by_lot(everyone(weeks, ROUTE))
    yield "Were shown a route", shown_a_route(weeks), f"{of_whom} At least."
    said = {
        total.value: total.people
        for total in totals(weeks, ANSWER + USEFUL)
        if total.value != UNANSWERED
    }
    if said:
        told = f"{by_lot(everyone(weeks, ANSWER + USEFUL))} At least."
        yield "Said whether it was useful", sum(said.values()), told
        yield "Said that it was useful", said.get("yes", 0), told


def _section(
    title: str, means: str, rows: Iterable[Row], names: Mapping[str, str]
) -> Iterator[str]:
    named = [(names.get(value, plain(value)), n, known) for value, n, known in rows]
    yield "<section>"
    yield f"<h2>{escape(title)}</h2>"
    if means:
        yield f'<p class="soft">{escape(means)}</p>'
    yield _chart(title, named)
    yield "<table>"
    yield (
        '<thead><tr><th scope="col">What</th><th scope="col" class="n">People</th>'
        '<th scope="col">To know</th></tr></thead>'
    )
    for value, people, known in named:
        yield (
            f'<tr><th scope="row">{escape(value)}</th><td class="n">{people}</td>'
            f"<td>{escape(known)}</td></tr>"
        )
    yield "</table>"
    yield "</section>"


def _chart(title: str, rows: Sequence[Row]) -> str:
    most = max((people for _, people, _ in rows), default=1)
    height = len(rows) * (BAR + GAP)
    room = CHART - NAMES_END - 60  # behind a bar stands its number
    parts = []
    for number, (value, people, _) in enumerate(rows):
        top = number * (BAR + GAP)
        wide = max(1, round(room * people / max(most, 1)))
        parts.append(
            f'<text x="{NAMES_END - 8}" y="{top + 14}" text-anchor="end">'
            f"{escape(_short(value))}</text>"
            f'<rect x="{NAMES_END}" y="{top}" width="{wide}" height="{BAR}"'
            ' fill="#2f5d8a"/>'
            f'<text x="{NAMES_END + wide + 6}" y="{top + 14}">{people}</text>'
        )
    label = escape(f"{title}. The table below has the same numbers.", quote=True)
    return (
        f'<svg role="img" aria-label="{label}" viewBox="0 0 {CHART} {height}"'
        f' xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )


def _short(value: str) -> str:
    return value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…"
