"""Made-up counts for the example page: drawn from a seed, nobody is behind them.

`python -m tests.operations.example_counts` makes docs/statistics.png anew.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from bot.core.counting.cell import Cell
from bot.core.counting.contribution import measures
from bot.core.counting.publishing import Week, publishable
from bot.operations.statistics_page import page
from tests.counting import counting_flow
from tests.operations.browser import WIDE, screenshot

FIRST = datetime(2026, 8, 31, 12, tzinfo=UTC)
WEEKS = 12
LIKELY = {
    "me": 8, "someone_else": 5, "not_now": 9, "now": 2, "england": 9, "scotland": 3,
    "wales": 3, "police_101": 6, "stalking_helpline": 5, "crimestoppers": 3,
    "police_today": 6, "talk_to_someone": 5, "stay_unknown": 3, "which_nation": 2,
    "6 to 10": 9, "1 to 5": 4, "11 to 20": 3, "all": 1,
}  # fmt: skip
RARE = 0.25


def example_weeks() -> tuple[Week, ...]:
    """Return made-up numbers that a charity could publish after twelve weeks."""
    random, flow = Random(7), counting_flow().flow
    counts: dict[Cell, int] = {}
    for number in range(WEEKS):
        week = (FIRST + timedelta(weeks=number)).date().isoformat()
        people = random.randint(55, 130)
        for measure, values in measures(flow).items():
            weights = [LIKELY.get(value, RARE) for value in values]
            drawn = random.choices(values, weights, k=people)
            for value in values:
                cell = Cell(week, flow.id, flow.version, measure, value)
                counts[cell] = drawn.count(value)
    return publishable(counts, FIRST + timedelta(weeks=WEEKS))


def example_page() -> str:
    """Return the example page, which says that it is one."""
    flow = counting_flow().flow
    names = {name: service.name for name, service in flow.services.items()}
    return page(example_weeks(), names, example=True)


if __name__ == "__main__":
    picture = asyncio.run(screenshot(example_page(), WIDE))
    (Path(__file__).parents[2] / "docs" / "statistics.png").write_bytes(picture)
