"""Measures that depend on each other are of different people, and tell nothing more."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from bot.core.counting.contribution import (
    BOTH,
    LEFT,
    NOTHING,
    ROUTE,
    SIGN,
    STARTED,
    TAPPED,
    TURNS,
    TYPED,
    UNANSWERED,
    Noted,
    contribution,
    follow,
    lots,
    measures,
    of_lot,
)
from bot.core.engine.conversation import Event, Interrupted, Said, Started, Tapped
from bot.core.engine.screen import Moment
from bot.core.engine.turn import take_turn
from tests.counting import DANGER, counting_flow
from tests.related import DATASETS, bounds, drawn, one_by_one, together

SMALL = 10
TAPS = {"1 to 5": 5, "6 to 10": 10, "11 to 20": 20, "more than 20": 24}
SIGNS: dict[str, tuple[Event, ...]] = {
    NOTHING: (),
    TAPPED: (Interrupted("danger"), Tapped("safe_now")),
    TYPED: (DANGER, Tapped("safe_now")),
    BOTH: (Interrupted("danger"), Tapped("safe_now"), DANGER, Tapped("safe_now")),
}


def counted(moment: Moment, *events: Event | str, left: bool = False) -> dict[str, str]:
    """Return what someone adds who does all this and then leaves, or is forgotten."""
    machine, noted, conversation = counting_flow(), Noted(), None
    for each in (Started(), *events):
        event = Tapped(each) if isinstance(each, str) else each
        turn = take_turn(machine, conversation, event, moment)
        assert turn.decision.offered, (event, conversation)
        noted, _ = follow(machine.flow, noted, conversation, event, turn)
        conversation = turn.decision.conversation
    return dict(contribution(machine.flow, conversation, noted, left=left))


def answers(who: str, danger: str, nation: str, useful: str) -> list[Event | str]:
    """Return a way on which all this is answered, or skipped."""

    def said(answer: str) -> str:
        return "skip" if answer == UNANSWERED else answer

    way: list[Event | str] = [said(who), said(danger)]
    way += ["safe_now"] if danger == "now" else []
    way += ["yes"]
    if who != "my_own_behaviour":
        way += ["done"] * (3 if who == "someone_else" else 2)
    way += [said(nation)]
    if who != "my_own_behaviour" and nation != "elsewhere":
        way += ["talk_first"]
    return way if useful == UNANSWERED else [*way, "useful", useful]


def test_every_combination_of_answers_is_possible(moment: Moment) -> None:
    """So that within their lot no answer tells anything of another."""
    flow = counting_flow().flow
    lot, known = lots(flow)[0], measures(flow)
    names = [f"answer {name}" for name in ("who", "danger", "nation", "useful")]
    assert lot == {SIGN, *names}

    for combination in product(*(known[name] for name in names), known[SIGN]):
        *answered, sign = combination
        way = answers(*answered)
        after = way.index("yes") + 1
        way[after:after] = SIGNS[sign]

        added = of_lot(counted(moment, *way), lot)

        expected = dict(zip((*names, SIGN), combination, strict=True))
        assert added == {STARTED: "all", **expected}


ROUTES: dict[str, tuple[Event | str, ...]] = {
    "police_999": (Said("i cant speak"),),
    "samaritans": (Interrupted("suicide"),),
    "police_101": ("done", "done", "wales", "report"),
    "crimestoppers": ("done", "done", "wales", "stay_anonymous"),
    "stalking_helpline": ("done", "done", "wales", "talk_first"),
    "respect": ("wales",),
    "emergency_112": ("elsewhere",),
    NOTHING: (),
}


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("band", TAPS)
def test_every_combination_of_route_taps_and_leaving_is_possible(
    moment: Moment, route: str, band: str
) -> None:
    """The same for the second lot; a page opened and closed makes taps."""
    assert set(ROUTES) == set(measures(counting_flow().flow)[ROUTE])
    who = "my_own_behaviour" if route in {"respect", "emergency_112"} else "me"
    way: list[Event | str] = [who, "not_now", "yes"]
    idle = TAPS[band] - 1 - len(ROUTES[route])
    page = (Interrupted("privacy"), Tapped("go_on"))
    way += [page[number % 2] for number in range(idle // 2 * 2)]
    way += ROUTES[route]

    for left in (True, False):
        added = counted(moment, *way, left=left)

        assert added[ROUTE] == route
        assert added[TURNS] == band
        assert added[LEFT] == ("yes" if left else "no")


def test_counted_in_all_of_them_numbers_could_be_worked_out() -> None:
    """An attacker who finds nothing anywhere would prove nothing."""
    found = [bounds(together(Random(seed))) for seed in range(DATASETS)]

    assert any(high < SMALL for each in found for _, high in each)


def test_counted_by_lot_nothing_can_be_worked_out() -> None:
    """With every relation known, each hidden number may be nobody, or ten and more."""
    found = [bounds(one_by_one(Random(seed))) for seed in range(DATASETS)]

    assert sum(map(len, found)) > DATASETS
    for each in found:
        assert all(low == 0 and high >= SMALL for low, high in each)


def test_each_person_is_in_one_lot() -> None:
    """However the lots fall, nobody is in two figures that depend on each other."""
    flow = counting_flow().flow
    parts = lots(flow)
    assert frozenset().union(*parts) == set(measures(flow)) - {STARTED}
    assert sum(map(len, parts)) == len(measures(flow)) - 1
    assert drawn(Random(1), len(parts)) < len(parts)
