"""Would the promises and journeys of a flow notice a fault? Tried on every mutant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.core.checker.check import NOON, check_flow
from bot.core.checker.mutants import Mutant, mutants
from bot.core.checker.side_by_side import first_difference
from bot.core.checker.told import told
from bot.core.checker.walk import Effort
from bot.core.counting.questions import without_counting
from bot.core.engine.machine import FlowMachine
from bot.core.finding import Findings
from bot.core.flow import Flow
from bot.core.hours import LONDON
from bot.core.promise import Intent

Fate = Literal["killed", "equivalent", "survived"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutant.

    `why` names the finding that killed it, or says that it shows the same on every way.
    For a survivor `shown_by` is a conversation in which it shows something else.
    """

    mutant: str
    fate: Fate
    why: str
    shown_by: tuple[str, ...] = ()


_QUICKLY = Effort(reading_age=False, until_blocked=True, exact=False)


def count_mutants(flow: Flow) -> int:
    """Return how many mutants there are to try."""
    return sum(1 for _ in mutants(without_counting(flow)))


def try_mutants(flow: Flow, intent: Intent) -> Iterator[Verdict]:
    """Give a verdict on each mutant of a flow that is itself without findings."""
    flow = without_counting(flow)  # what is added by those is proved to change nothing
    machine = FlowMachine(flow)
    for mutant in mutants(flow):
        yield _try(machine, intent, mutant)


def _try(machine: FlowMachine, intent: Intent, mutant: Mutant) -> Verdict:
    findings = Findings()
    check_flow(mutant.flow, intent, findings, _QUICKLY)
    killer = next((found for found in findings if found.blocks), None)
    if killer:
        return Verdict(mutant.says, "killed", str(killer))
    noon = datetime.combine(intent.today, NOON, LONDON)
    way = first_difference(machine, FlowMachine(mutant.flow), noon)
    if way is None:
        same = "every step, option, service and number is the same on every way"
        return Verdict(mutant.says, "equivalent", same)
    return Verdict(mutant.says, "survived", "no promise or journey notices", told(way))
