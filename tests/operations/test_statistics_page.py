"""The page that a trustee reads and prints, in a real Chromium."""

from __future__ import annotations

import re
from html import escape

from bot.core.counting.contribution import measures
from bot.core.counting.suppression import FEWEST
from bot.operations.definitions import definition, hidden_rule
from tests.counting import counting_flow
from tests.operations.browser import NARROW, WIDE, shown
from tests.operations.example_counts import example_page, example_weeks

A4_POINTS = (595, 842)


async def test_nothing_is_fetched_and_nothing_runs() -> None:
    """Whoever opens it tells nobody that they did."""
    html = example_page()

    async with shown("<p></p>", WIDE) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        await page.set_content(html)
        assert asked == []
    assert "<script" not in html
    assert not re.findall(r"(?:src|href|@import|url\()", html)
    assert set(re.findall(r"https?://[^\"]+", html)) <= {"http://www.w3.org/2000/svg"}


async def test_it_fits_a_small_phone_and_a_sheet_of_paper() -> None:
    """Nobody has to push it to and fro, and nothing is cut off in print."""
    async with shown(example_page(), NARROW) as page:
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide <= NARROW
        printed = await page.pdf(prefer_css_page_size=True)
    boxes = {
        tuple(round(float(number)) for number in box.split())
        for box in re.findall(rb"/MediaBox \[([\d. ]+)\]", printed)
    }
    assert boxes == {(0, 0, *A4_POINTS)}


async def test_every_chart_has_its_numbers_beside_it() -> None:
    """Whoever cannot see a chart reads the same in a table, with its meaning."""
    async with shown(example_page(), WIDE) as page:
        sections = await page.locator("section").all()
        assert len(sections) > 5
        for section in sections:
            bars = await section.locator("svg rect").count()
            assert bars
            assert await section.locator("tbody tr").count() == bars
            assert await section.locator("svg").get_attribute("aria-label")
            assert await section.locator("h2").inner_text()
        tree = await page.locator("main").aria_snapshot()
    assert "Someone" not in tree
    assert 'heading "Who came, and where they were sent" [level=1]' in tree


def test_each_figure_is_defined_beside_it() -> None:
    """A trustee who was never told what a figure means would read another into it."""
    html = example_page()

    for measure in measures(counting_flow().flow):
        told = definition(measure)
        assert told.title
        assert len(told.means) > len("a sentence")
        assert escape(told.means) in html, measure
    assert escape(hidden_rule(FEWEST)) in html


def test_the_page_has_only_what_may_leave() -> None:
    """The numbers in the page are those that were published, and sums of them."""
    weeks = example_weeks()
    html = example_page()

    came = sum(week.people for week in weeks)
    assert f'<td class="n">{came}</td>' in html
    assert "These numbers are made up." in html
    assert all(
        people >= 10
        for week in weeks
        for shown_ in week.measures.values()
        for people in shown_.people.values()
    )
