"""What one person adds to the counts, once, when their conversation ends.

Nothing is noted before they agree, and nothing is counted before they are gone: until
then they can take it back. Each person who is counted has exactly one value of every
measure, and is counted in those of one lot.

Answers go with ends: whoever is outside the UK is sent elsewhere. If the same people
were counted in both, whoever knows the conversation could work a hidden number of one
out of shown numbers of the other. So measures that depend on each other are of
different people. Within a lot every combination of values must be possible, and then no
number of one measure tells anything of another (held in the tests).
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.core.counting.questions import agreed
from bot.core.engine.conversation import (
    Conversation,
    Event,
    Interrupted,
    Place,
    Said,
    Started,
)
from bot.core.engine.migration import carry_over
from bot.core.engine.standing import DANGER
from bot.core.engine.turn import Turn
from bot.core.flow import Fact, Flow, Outcome

Contribution = Mapping[str, str]  # measure to value; empty: nothing is counted

STARTED, ROUTE, LEFT, STOPPED = "started", "route", "left quickly", "stopped at"
TURNS, SIGN = "turns", "danger sign"
ANSWER = "answer "  # with the name of a fact behind it
ALL, NOTHING, UNANSWERED = "all", "none", "not answered"
YES, NO = "yes", "no"
TAPPED, TYPED, BOTH = "tapped", "typed", "tapped and typed"
BANDS = ((5, "1 to 5"), (10, "6 to 10"), (20, "11 to 20"))
MOST = "more than 20"


@dataclass(frozen=True, slots=True)
class Noted:
    """What is noted of someone who agreed, beside their answers, and goes with them.

    `turns` since they agreed, the last `route` shown since, how danger was told. Who
    is `counted` is not noted any more, and not counted again while remembered.
    """

    turns: int = 0
    route: str = NOTHING
    sign: str = NOTHING
    counted: bool = False

    def to_plain(self) -> dict[str, Any]:
        """Return what a store keeps."""
        return asdict(self)


def noted_of(plain: Mapping[str, Any] | None) -> Noted:
    """Return what `to_plain` gave; of anything else, that nothing is noted."""
    try:
        return Noted(**(plain or {}))
    except TypeError:
        return Noted()


def follow(
    flow: Flow, noted: Noted, before: Conversation | None, event: Event, turn: Turn
) -> tuple[Noted, Contribution]:
    """Return what is noted after a turn, and what is added if their way ended in it."""
    after = turn.decision.conversation
    if after is None or _begins_again(flow, event, turn):
        added = contribution(flow, before, noted, left=after is None)
        return Noted(counted=noted.counted or bool(added)), added
    if noted.counted or not agreed(after.here.facts):
        return Noted(counted=noted.counted), {}
    route = turn.screen.route if turn.screen else None
    sign = _sign(noted.sign, event, turn.decision.interrupt)
    return replace(
        noted, turns=noted.turns + 1, route=route or noted.route, sign=sign
    ), {}


def contribution(
    flow: Flow, conversation: Conversation | None, noted: Noted, *, left: bool
) -> Contribution:
    """Return what someone adds whose conversation ended here.

    Empty: they did not agree, were counted before, or stood in an earlier version at a
    step that is gone.
    """
    standing = _standing(flow, conversation)
    if noted.counted or standing is None or not agreed(standing.here.facts):
        return {}
    places = (*standing.trail, standing.here)
    return {
        STARTED: ALL,
        ROUTE: noted.route if noted.route in _routes(flow) else NOTHING,
        LEFT: YES if left else NO,
        STOPPED: standing.here.step,
        TURNS: next((band for most, band in BANDS if noted.turns <= most), MOST),
        SIGN: noted.sign,
        **{
            measure: _answer(fact, value, places)
            for measure, (fact, value) in _asked(flow).items()
        },
    }


def measures(flow: Flow) -> Mapping[str, tuple[str, ...]]:
    """Return every measure of a flow, and every value that someone can have in it."""
    return {
        STARTED: (ALL,),
        ROUTE: (*_routes(flow), NOTHING),
        LEFT: (YES, NO),
        STOPPED: tuple(flow.steps),
        TURNS: (*(band for _, band in BANDS), MOST),
        SIGN: (NOTHING, TAPPED, TYPED, BOTH),
        **{
            measure: (*(fact.values if value is None else (YES, NO)), UNANSWERED)
            for measure, (fact, value) in _asked(flow).items()
        },
    }


def lots(flow: Flow) -> tuple[frozenset[str], ...]:
    """Return the measures of each lot; whoever is counted is in just one of them.

    That somebody came is counted of everyone. Each tick is a lot of its own: whoever
    was not asked for one was not asked for the others.
    """
    asked = _asked(flow).items()
    ticks = [frozenset({name}) for name, (fact, _) in asked if fact.any_of]
    answers = frozenset({SIGN, *(name for name, (fact, _) in asked if not fact.any_of)})
    return (answers, frozenset({ROUTE, TURNS, LEFT}), frozenset({STOPPED}), *ticks)


def of_lot(contribution: Contribution, lot: AbstractSet[str]) -> Contribution:
    """Return what is counted of someone in a lot."""
    return {name: v for name, v in contribution.items() if name in lot | {STARTED}}


def _asked(flow: Flow) -> Mapping[str, tuple[Fact, str | None]]:
    """Return the measures of the facts in `count:`; of ticks, one for each value."""
    facts = [flow.facts[name] for name in flow.count]
    return {
        ANSWER + (f"{fact.name} {value}" if value else fact.name): (fact, value)
        for fact in facts
        for value in (fact.values if fact.any_of else (None,))
    }


def _answer(fact: Fact, value: str | None, places: tuple[Place, ...]) -> str:
    """Return an answer; of several on the way, the one that the author names first."""
    given = [place.facts[fact.name] for place in places if fact.name in place.facts]
    if not given:
        return UNANSWERED
    if value is not None:
        return YES if any(value in answer for answer in given) else NO
    return next(each for each in fact.values if any(each in g for g in given))


def _routes(flow: Flow) -> tuple[str, ...]:
    steps = flow.steps.values()
    return tuple(dict.fromkeys(s.route for s in steps if isinstance(s, Outcome)))


def _begins_again(flow: Flow, event: Event, turn: Turn) -> bool:
    fired = flow.interrupt(turn.decision.interrupt or "")
    return isinstance(event, Started) or (fired is not None and fired.does == "restart")


def _sign(noted: str, event: Event, interrupt: str | None) -> str:
    if interrupt != DANGER or not isinstance(event, Said | Interrupted):
        return noted
    how = TYPED if isinstance(event, Said) else TAPPED
    return how if noted in {NOTHING, how} else BOTH


def _standing(flow: Flow, conversation: Conversation | None) -> Conversation | None:
    """Return a conversation in this version of the flow, if it has a place there."""
    if conversation is None:
        return None
    if (conversation.flow, conversation.version) == (flow.id, flow.version):
        return conversation if conversation.here.step in flow.steps else None
    carried = carry_over(flow, conversation)
    return None if carried.stranded else carried.conversation
