"""All rules over a flow; findings come back in the author's order."""

from __future__ import annotations

from datetime import datetime, time

from bot.core.checker.against import check_against
from bot.core.checker.counting import check_counting
from bot.core.checker.intent import check_intent
from bot.core.checker.journeys import check_journeys
from bot.core.checker.lasting import check_lasting
from bot.core.checker.limits import check_limits
from bot.core.checker.names import check_names
from bot.core.checker.profile import check_profile
from bot.core.checker.prove import Proven, prove
from bot.core.checker.reading import check_reading
from bot.core.checker.safety import check_safety
from bot.core.checker.uncounted import prove_uncounted
from bot.core.checker.walk import Effort, Midway
from bot.core.checker.ways import check_ways
from bot.core.checker.wording import check_services, check_wording
from bot.core.counting.questions import without_counting
from bot.core.engine.machine import FlowMachine
from bot.core.finding import Findings
from bot.core.flow import Flow
from bot.core.hours import LONDON
from bot.core.promise import Intent

NOON = time(12)

# Each reads the flow alone, in the order in which an author had best mend it.
BY_ITSELF = (
    *(check_names, check_ways, check_safety, check_limits),
    *(check_profile, check_counting, check_lasting),
)


def check_flow(
    flow: Flow,
    intent: Intent,
    findings: Findings,
    effort: Effort,
    old: Flow | None = None,
) -> Proven | None:
    """Add every finding about a flow whose files could be read.

    `old`: the version before, whose people must each find a place in this one.

    The proof needs a flow whose names all lead somewhere: where something blocks, it is
    left for the next time and None comes back. Promises and journeys are those of the
    flow without its questions about counting; that these change nothing is proved, too.
    """
    for check in BY_ITSELF:
        check(flow, findings)
    check_intent(flow, intent.promises, intent.journeys, findings)
    check_wording(flow, findings)
    check_services(flow.services, intent.today, findings)
    if effort.reading_age:
        check_reading(flow, findings)
    if findings.block or not effort.proof:
        return None
    machine = FlowMachine(without_counting(flow))
    noon = datetime.combine(intent.today, NOON, LONDON)
    check_journeys(machine, intent.journeys, noon, findings)
    if effort.until_blocked and any(found.blocks for found in findings):
        return None
    midway: tuple[Midway, ...] = ()
    if old:
        midway = check_against(
            machine.flow, without_counting(old), findings, effort, intent.promises
        )
    proven = prove(machine, intent, findings, effort, midway)
    prove_uncounted(flow, noon, findings)
    return proven
