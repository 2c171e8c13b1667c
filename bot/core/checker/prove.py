"""The proof: promises and standing rules over every configuration of a flow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.core.checker.configurations import Configurations
from bot.core.checker.moments import moments_that_matter
from bot.core.checker.proof import NATION_UNSERVED, Breach, Proof, Used
from bot.core.checker.scope import read_by
from bot.core.checker.told import told
from bot.core.checker.walk import Effort, Midway, Walk
from bot.core.engine.conversation import Event
from bot.core.engine.machine import FlowMachine
from bot.core.finding import Finding, Findings, Position
from bot.core.flow import UNKNOWN, AnyStep, Flow, Outcome, Question
from bot.core.promise import Intent, Promise

MOST_NAMED = 3  # further steps that a finding names; beyond that it counts them


@dataclass(frozen=True, slots=True)
class Proven:
    """How much was walked: the figures behind the words "on every way"."""

    configurations: int
    moves: int
    promises: int
    moments: int


def prove(
    machine: FlowMachine,
    intent: Intent,
    findings: Findings,
    effort: Effort,
    midway: Iterable[Midway] = (),
) -> Proven:
    """Walk every configuration, add what breaks a promise, return the figures.

    Opening hours are looked at for two years, from the intent's day on. `midway` are
    people from an earlier version of the flow, to be walked on from where they are.
    """
    flow, promises = machine.flow, intent.promises
    configurations = Configurations(flow, read_by(flow, promises))
    moments = moments_that_matter(flow.services.values(), intent.today)
    proof = Proof(flow, promises, moments)
    walk = Walk(machine, configurations)
    walk.run(proof, effort, midway)
    if not walk.complete:
        findings.append(_too_large(flow, configurations, proof, effort))
    for finding in (
        *_broken(flow, promises, walk, proof),
        *_slips(flow, walk),
        *(_in_vain(flow, proof) if walk.complete else ()),
        *_too_far(flow, promises, walk, proof),
    ):
        findings.append(finding)
    return Proven(len(walk), walk.moves, len(promises), len(moments))


def _broken(
    flow: Flow, promises: Iterable[Promise], walk: Walk, proof: Proof
) -> Iterator[Finding]:
    by_place = {str(promise.at): promise for promise in promises}
    for fault, steps in _by_fault(proof).items():
        step_id, breach = min(steps.items(), key=lambda item: item[1].index)
        promise = by_place.get(fault)
        said = f"promise “{promise.says}” ({fault}) is broken at" if promise else "at"
        yield Finding(
            "promise" if promise else NATION_UNSERVED,
            flow.steps[step_id].at,
            f"{said} '{step_id}'{_for_whom(walk, breach)}: {breach.says}"
            f"{_elsewhere(steps, step_id)}.",
            "Mend the flow; the conversation below shows it."
            if promise
            else "Show people of every nation someone who serves them.",
            shown_by=told(_way(walk, breach), breach.moment),
            touches=sum(each.touches for each in steps.values()),
        )


def _by_fault(proof: Proof) -> dict[str, dict[str, Breach]]:
    """Put together what breaks one promise: one fault is one finding."""
    faults: dict[str, dict[str, Breach]] = {}
    for (fault, step_id), breach in proof.breaches.items():
        faults.setdefault(fault, {})[step_id] = breach
    return faults


def _elsewhere(steps: dict[str, Breach], shown: str) -> str:
    others = [f"'{step_id}'" for step_id in steps if step_id != shown]
    if not others:
        return ""
    if len(others) > MOST_NAMED:
        return f"; and at {len(others)} more steps"
    return f"; and at {', '.join(others)}"


def _for_whom(walk: Walk, breach: Breach) -> str:
    if walk.is_midway(breach.index):
        return " for someone who was in the middle of the earlier version"
    return ""


def _way(walk: Walk, breach: Breach) -> tuple[Event, ...]:
    way = walk.way(breach.index)
    return (*way, breach.event) if breach.event else way


def _slips(flow: Flow, walk: Walk) -> Iterator[Finding]:
    by_fault: dict[str, list[int]] = {}
    for number, slip in enumerate(walk.slips):
        by_fault.setdefault(slip.says, []).append(number)
    for says, numbers in by_fault.items():
        slip = walk.slips[numbers[0]]
        way = (*walk.way(slip.index), slip.event)
        yield Finding(
            "not-exact",
            next(iter(flow.steps.values())).at,
            f"{says}.",
            "This is a fault of the engine: please report it with the lines below.",
            shown_by=told(way),
            touches=len(numbers),
        )


def _in_vain(flow: Flow, proof: Proof) -> Iterator[Finding]:
    used = proof.used
    for step in flow.steps.values():
        if step.id not in used.steps:
            says = f"nobody ever comes to '{step.id}'"
            yield _unused(step.at, says, "the conditions that lead to it")
            continue
        for option in step.options:
            if (step.id, option.id) not in used.options:
                yield _unused(option.at, f"'{option.id}' is never used", "its step")
        yield from _rules_in_vain(step, used)


def _rules_in_vain(step: AnyStep, used: Used) -> Iterator[Finding]:
    lost = [rule for rule in step.rules if id(rule) not in used.rules]
    if lost and len(lost) == len(step.rules):
        says = f"the rules of '{step.id}' are never used"
        yield _unused(lost[0].at, says, "what leads to it")
        return
    for rule in lost:
        says = f"this rule of '{step.id}' is never used"
        yield _unused(rule.at, says, "the rules above it")
    known = {*used.known[step.id], *_asked(step)}
    for rule in step.rules:
        for test in rule.when.tests:
            if test.fact not in known and UNKNOWN not in test.values:
                says = f"'{test.fact}' is never known at '{step.id}'"
                yield _unused(rule.at, says, "whether it is asked before")


def _asked(step: AnyStep) -> tuple[str, ...]:
    return (step.fact.name,) if isinstance(step, Question) else ()


def _unused(at: Position, says: str, look: str) -> Finding:
    return Finding("in-vain", at, f"{says}.", f"Remove it, or look at {look}.")


def _too_far(
    flow: Flow, promises: Iterable[Promise], walk: Walk, proof: Proof
) -> Iterator[Finding]:
    for promise in promises:
        for step in flow.steps.values():
            index = proof.used.first.get(step.id)
            if promise.taps is None or not isinstance(step, Outcome) or index is None:
                continue
            way = walk.way(index)
            taps = len(way) - 1
            if taps > promise.taps:
                yield Finding(
                    "promise",
                    step.at,
                    f"promise “{promise.says}” ({promise.at}) is broken:"
                    f" '{step.id}' is {taps} taps away.",
                    "Ask less before it.",
                    shown_by=told(way),
                )


def _too_large(
    flow: Flow, configurations: Configurations, proof: Proof, effort: Effort
) -> Finding:
    spot = max(proof.counts, key=lambda spot: proof.counts[spot])
    fact = configurations.largest_fact(spot)
    step = flow.steps[spot[0]]
    return Finding(
        "too-large",
        flow.facts[fact].at if fact in flow.facts else step.at,
        f"there are more than {effort.ceiling:,} configurations; most of them stand at"
        f" '{step.id}', and fact '{fact}' makes most of those.",
        f"Let fewer rules and services after '{step.id}' depend on '{fact}', or join"
        " values that lead to the same.",
    )
