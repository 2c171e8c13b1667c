"""Names that lead nowhere: steps, facts, values, services, signs."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.checker.braces import check_braces
from bot.core.checker.known import (
    check_fact,
    check_facts,
    check_service,
    check_step,
    check_when,
)
from bot.core.finding import Findings, Position, did_you_mean
from bot.core.flow import Facts, Flow, Option, Outcome, Question, When


def check_names(flow: Flow, findings: Findings) -> None:
    """Find every name that nothing bears."""
    _outline(flow, findings)
    _steps(flow, findings)
    for when, at in _whens(flow):
        check_when(flow, when, at, findings)
    for sets, at in _sets(flow):
        check_facts(flow, sets, at, findings)
    _services(flow, findings)
    check_braces(flow, findings)
    _signs(flow, findings)
    for step in flow.steps.values():
        if isinstance(step, Question) and step.at not in flow.source.broken:
            _answers(step, findings)


def _outline(flow: Flow, findings: Findings) -> None:
    places = flow.source.places
    if flow.start:
        check_step(flow, flow.start, places["start"], "the flow starts at", findings)
    for list_of, facts in (("count", flow.count), ("lasting", flow.lasting)):
        for fact in facts:
            check_fact(flow, fact, places[f"{list_of} {fact}"], findings)


def _steps(flow: Flow, findings: Findings) -> None:
    for interrupt in flow.interrupts:
        if interrupt.goes_to:
            says = f"interrupt '{interrupt.name}' goes to"
            check_step(flow, interrupt.goes_to, interrupt.at, says, findings)
    for migration in flow.migrations.values():
        says = f"`migrate:` from version {migration.since} leads to"
        for step_id in (*migration.steps.values(), migration.stranded or flow.start):
            check_step(flow, step_id, migration.at, says, findings)
    for step in flow.steps.values():
        for rule in step.rules:
            says = f"step '{step.id}' leads to"
            check_step(flow, rule.goes_to, rule.at, says, findings)
        for option in step.options:
            if option.goes_to:
                says = f"option '{option.id}' goes to"
                check_step(flow, option.goes_to, option.at, says, findings)


def _whens(flow: Flow) -> Iterator[tuple[When, Position]]:
    for step in flow.steps.values():
        yield from ((part.when, part.at) for part in step.says)
        yield from ((rule.when, rule.at) for rule in step.rules)
        yield from ((shown.when, shown.at) for shown in step.also)


def _sets(flow: Flow) -> Iterator[tuple[Facts, Position]]:
    yield from ((interrupt.sets, interrupt.at) for interrupt in flow.interrupts)
    for step in flow.steps.values():
        yield from ((option.sets, option.at) for option in step.options)


def _services(flow: Flow, findings: Findings) -> None:
    for step in flow.steps.values():
        says = f"step '{step.id}' names the service"
        if isinstance(step, Outcome) and step.route:
            check_service(flow, step.route, step.at, says, findings)
        for shown in step.also:
            check_service(flow, shown.service, shown.at, says, findings)


def _signs(flow: Flow, findings: Findings) -> None:
    """Find signs that signs.yaml lacks; where it has none, that is what is found."""
    known = flow.recogniser.kinds
    for interrupt in flow.interrupts:
        for sign in interrupt.signs:
            if known and sign not in known:
                findings.add(
                    "unknown-sign",
                    interrupt.at,
                    f"interrupt '{interrupt.name}' waits for the sign '{sign}', which"
                    " signs.yaml does not have.",
                    did_you_mean(sign, sorted(known)),
                )


def _answers(step: Question, findings: Findings) -> None:
    values = set(step.fact.values)
    offered = {option.id for option in step.options}
    for option in step.options:
        if option.id not in values and option.goes_to is None:
            _no_value(step, option, findings)
    for value in step.fact.values:
        if value not in offered:
            findings.add(
                "no-option",
                step.at,
                f"question '{step.id}' offers no option for '{value}'.",
                f"Add it, or take '{value}' out of fact '{step.fact.name}'.",
            )


def _no_value(step: Question, option: Option, findings: Findings) -> None:
    known = step.fact.values
    findings.add(
        "unknown-value",
        option.at,
        f"option '{option.id}' is no value of fact '{step.fact.name}'.",
        lambda: f"{did_you_mean(option.id, known)} Or give it a `goes_to`.",
    )
