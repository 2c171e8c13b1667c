"""Names in promises and journeys that nothing bears: they would prove nothing."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.checker.known import (
    check_facts,
    check_service,
    check_step,
    check_when,
)
from bot.core.engine.standing import STANDING
from bot.core.finding import Findings, Position, did_you_mean
from bot.core.flow import Flow
from bot.core.promise import Deed, Journey, Promise


def check_intent(
    flow: Flow,
    promises: Iterable[Promise],
    journeys: Iterable[Journey],
    findings: Findings,
) -> None:
    """Find every name in promises and journeys that the flow does not have."""
    options = {option.id for step in flow.steps.values() for option in step.options}
    for promise in promises:
        _promise(flow, promise, findings)
    for journey in journeys:
        _journey(flow, journey, findings)
        for deed in journey.then:
            _deed(flow, deed, options, journey.at, findings)


def _promise(flow: Flow, promise: Promise, findings: Findings) -> None:
    at = promise.at
    for when in (promise.when, promise.unless):
        if when:
            check_when(flow, when, at, findings)
    for step_id in promise.steps:
        check_step(flow, step_id, at, "this promise speaks of", findings)
    for wanted in (promise.shows, promise.never_shows):
        for name in wanted.names if wanted else ():
            check_service(flow, name, at, "this promise names", findings)


def _journey(flow: Flow, journey: Journey, findings: Findings) -> None:
    at = journey.at
    check_facts(flow, journey.answers, at, findings)
    if journey.arrives:
        check_step(flow, journey.arrives, at, "this journey arrives at", findings)
    for name in (*journey.shows, *journey.never_shows):
        check_service(flow, name, at, "this journey names", findings)


def _deed(
    flow: Flow, deed: Deed, options: set[str], at: Position, findings: Findings
) -> None:
    interrupts = [interrupt.name for interrupt in flow.interrupts]
    if deed.stands_at:
        check_step(flow, deed.stands_at, at, "this journey stands at", findings)
    if deed.interrupt and deed.interrupt not in interrupts:
        findings.add(
            "unknown-interrupt",
            at,
            f"this journey uses '{deed.interrupt}', and there is no such interrupt.",
            did_you_mean(deed.interrupt, interrupts),
        )
    known = {*options, *STANDING}
    if deed.tap and deed.tap not in known and flow.source.whole:
        findings.add(
            "unknown-option",
            at,
            f"this journey taps '{deed.tap}', and no step has such an option.",
            lambda: did_you_mean(deed.tap or "", sorted(known)),
        )
