"""Made-up counts for the example page: drawn from a seed, nobody is behind them.

`python -m tests.operations.example_counts` makes docs/statistics.png anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from bot.core.counting.cell import Cell
from bot.core.counting.publishing import Week, publishable
from bot.core.engine.conversation import Interrupted, Started
from bot.operations.statistics_page import page
from tests.counting import Counted, counting_flow
from tests.operations.browser import WIDE, screenshot

FIRST = datetime(2026, 8, 31, 12, tzinfo=UTC)
WEEKS = 12
WHO = {"me": 6, "someone_else": 3, "my_own_behaviour": 1}
NATION = {"england": 8, "scotland": 2, "wales": 2, "northern_ireland": 1}
WANTS = {"report": 4, "talk_first": 4, "stay_anonymous": 2, "not_sure": 1}
USEFUL = {"yes": 6, "partly": 3, "no": 1}
TICKS = {"changes_seen", "which_of_four", "what_else"}
GOES_ON = 0.93  # how likely someone is to go on at each screen


class _Visitor:
    """Somebody made up, who taps what is likely until they have had enough."""

    def __init__(self, random: Random) -> None:
        self._random = random
        likely = self._one_of
        danger = likely({"not_now": 6, "now": 1})
        self._taps = {
            "welcome": likely(WHO),
            "right_now": danger,
            "call_999": "safe_now",
            "may_we_count": "yes",
            **dict.fromkeys(TICKS, "done"),
            "which_nation": likely(NATION),
            "what_next": likely(WANTS),
            "was_it_useful": likely(USEFUL),
            **dict.fromkeys(
                ("police_today", "talk_to_someone", "stay_unknown"), "useful"
            ),
        }

    def _one_of(self, weights: dict[str, int]) -> str:
        return self._random.choices(list(weights), list(weights.values()))[0]

    async def comes(self, counted: Counted, number: int) -> None:
        reply = await counted.does(number, Started())
        asked = False
        while reply.screen and self._random.random() < GOES_ON:
            tap = self._taps.get(reply.screen.step)
            if tap is None or (tap == "useful" and asked):
                break
            asked = asked or tap == "useful"
            reply = await counted.does(number, tap)
        if self._random.random() < 0.4:
            await counted.does(number, Interrupted("leave"))


async def _counts() -> Mapping[Cell, int]:
    random = Random(7)
    counted = Counted(draw=random.randrange)
    for week in range(WEEKS):
        counted.now = FIRST + timedelta(weeks=week)
        for number in range(random.randint(110, 240)):
            await _Visitor(random).comes(counted, number)
        counted.now += timedelta(hours=2)
        await counted.desk.forget_idle()
        await counted.tally.write(counted.store)
    return await counted.store.counts()


@cache
def example_weeks() -> tuple[Week, ...]:
    """Return what would be published of twelve weeks of made-up people.

    They go through the real conversation and are counted as real ones are.
    """
    with ThreadPoolExecutor() as beside:  # a test may have a loop of its own
        counts = beside.submit(asyncio.run, _counts()).result()
    return publishable(counts, FIRST + timedelta(weeks=WEEKS))


def example_page() -> str:
    """Return the example page, which says that it is one."""
    flow = counting_flow().flow
    names = {name: service.name for name, service in flow.services.items()}
    return page(example_weeks(), names, example=True)


if __name__ == "__main__":
    picture = asyncio.run(screenshot(example_page(), WIDE))
    (Path(__file__).parents[2] / "docs" / "statistics.png").write_bytes(picture)
