"""All rules over a flow; findings come back in the author's order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.core.checker.journeys import check_journeys
from bot.core.checker.limits import check_limits
from bot.core.checker.names import check_names
from bot.core.checker.prove import Proven, prove
from bot.core.checker.safety import check_safety
from bot.core.checker.walk import Effort
from bot.core.checker.ways import check_ways
from bot.core.engine.machine import FlowMachine
from bot.core.finding import Findings
from bot.core.flow import Flow
from bot.core.hours import LONDON
from bot.core.promise import Journey, Promise

__all__ = ["Intent", "Proven", "check_flow"]

NOON = time(12)


@dataclass(frozen=True, slots=True)
class Intent:
    """What a flow is held against: promises, journeys, and the day it is checked."""

    promises: tuple[Promise, ...]
    journeys: tuple[Journey, ...]
    today: date


def check_flow(
    flow: Flow, intent: Intent, findings: Findings, effort: Effort
) -> Proven | None:
    """Add every finding about a flow whose files could be read.

    The proof needs a flow whose names all lead somewhere: where something blocks, it is
    left for the next time and None comes back.
    """
    check_names(flow, findings)
    check_ways(flow, findings)
    check_safety(flow, findings)
    check_limits(flow, findings)
    if findings.block:
        return None
    machine = FlowMachine(flow)
    noon = datetime.combine(intent.today, NOON, LONDON)
    check_journeys(machine, intent.journeys, noon, findings)
    return prove(machine, intent.promises, intent.today, findings, effort)
