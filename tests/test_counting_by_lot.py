"""Each person is counted in one lot, drawn by chance."""

from __future__ import annotations

from bot.core.counting.contribution import measures
from bot.stores.memory import MemoryStore
from bot.tally import Tally
from tests.counting import (
    ANSWERS,
    FORGET_AFTER,
    KEEP,
    MONDAY,
    ROUTES,
    STOPS,
    Counted,
    counting_flow,
)


async def test_whoever_agrees_is_counted_once_in_every_measure_of_their_lot() -> None:
    """That they came, and one lot: never two figures that depend on each other."""
    counted = Counted()
    for lot, number in ((ANSWERS, 11), (ROUTES, 12), (STOPS, 13)):
        counted.lot = lot
        for person in range(number):
            await counted.goes_through(1000 * lot + person, "yes", "wales")

    people = await counted.written()

    assert people == {
        ("started", "all"): 36,
        ("answer who", "me"): 11,
        ("answer nation", "wales"): 11,
        ("answer danger", "not_now"): 11,
        ("answer useful", "not answered"): 11,
        ("danger sign", "none"): 11,
        ("route", "police_101"): 12,
        ("left quickly", "yes"): 12,
        ("turns", "1 to 5"): 12,
        ("stopped at", "police_today"): 13,
    }


async def test_the_lot_is_drawn_by_chance_and_all_are_drawn() -> None:
    """Nobody can tell which figures somebody is in, or choose it."""
    tally, flow = Tally(lambda: MONDAY, KEEP), counting_flow().flow
    person = {name: values[0] for name, values in measures(flow).items()}
    for _ in range(300):
        tally.add(flow, person)
    store = MemoryStore(lambda: MONDAY, FORGET_AFTER)
    await tally.write(store)

    people = {cell.measure: n for cell, n in (await store.counts()).items() if n}

    assert people["started"] == 300
    drawn = [people[name] for name in ("answer who", "route", "stopped at")]
    assert sum(drawn) == 300
    assert min(drawn) > 50  # three in a thousand million such draws have less
