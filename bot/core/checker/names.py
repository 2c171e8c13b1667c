"""Names that lead nowhere: steps, facts, values, services, signs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.core.finding import Findings, Position, did_you_mean
from bot.core.flow import (
    NONE,
    UNKNOWN,
    Facts,
    Flow,
    Option,
    Outcome,
    Part,
    Question,
    Reference,
    When,
)
from bot.core.language.texts import FROM_MOMENT, FROM_SETTINGS


def check_names(flow: Flow, findings: Findings) -> None:
    """Find every name that nothing bears."""
    _steps(flow, findings)
    _conditions(flow, findings)
    _sets(flow, findings)
    _services(flow, findings)
    _texts(flow, findings)
    _signs(flow, findings)
    _answers(flow, findings)


def _steps(flow: Flow, findings: Findings) -> None:
    at = next(iter(flow.steps.values())).at
    _known(
        flow.start, flow.steps, Position(at.file, 1, 1), "the flow starts at", findings
    )
    for interrupt in flow.interrupts:
        if interrupt.goes_to:
            says = f"interrupt '{interrupt.name}' goes to"
            _known(interrupt.goes_to, flow.steps, interrupt.at, says, findings)
    for step in flow.steps.values():
        for rule in step.rules:
            says = f"step '{step.id}' leads to"
            _known(rule.goes_to, flow.steps, rule.at, says, findings)
        for option in step.options:
            if option.goes_to:
                says = f"option '{option.id}' goes to"
                _known(option.goes_to, flow.steps, option.at, says, findings)


def _known(
    name: str, known: Iterable[str], at: Position, says: str, findings: Findings
) -> None:
    known = list(known)
    if name not in known:
        findings.add(
            "unknown-step",
            at,
            f"{says} '{name}', and there is no such step.",
            did_you_mean(name, known),
        )


def _conditions(flow: Flow, findings: Findings) -> None:
    for when, at in _whens(flow):
        for test in when.tests:
            for value in sorted(test.values - {UNKNOWN}):
                _fact_value(flow, test.fact, value, at, findings)


def _whens(flow: Flow) -> Iterator[tuple[When, Position]]:
    for step in flow.steps.values():
        yield from ((part.when, part.at) for part in step.says)
        yield from ((rule.when, rule.at) for rule in step.rules)
        yield from ((shown.when, shown.at) for shown in step.also)


def _sets(flow: Flow, findings: Findings) -> None:
    setting: list[tuple[Facts, Position]] = [
        (interrupt.sets, interrupt.at) for interrupt in flow.interrupts
    ]
    for step in flow.steps.values():
        setting.extend((option.sets, option.at) for option in step.options)
    for sets, at in setting:
        for fact, answer in sets.items():
            for value in answer:
                _fact_value(flow, fact, value, at, findings)
            if fact in flow.facts and not flow.facts[fact].any_of and len(answer) != 1:
                findings.add(
                    "too-many-values",
                    at,
                    f"'{fact}' holds one value, and {len(answer)} are set.",
                    "Set one of them.",
                )


def _fact_value(
    flow: Flow, name: str, value: str, at: Position, findings: Findings
) -> None:
    fact = flow.facts.get(name)
    if fact is None:
        findings.add(
            "unknown-fact",
            at,
            f"there is no fact '{name}'.",
            did_you_mean(name, flow.facts),
        )
    elif value not in fact.values and not (fact.any_of and value == NONE):
        findings.add(
            "unknown-value",
            at,
            f"fact '{name}' has no value '{value}'.",
            did_you_mean(value, fact.values),
        )


def _services(flow: Flow, findings: Findings) -> None:
    for step in flow.steps.values():
        named = [(shown.service, shown.at) for shown in step.also]
        if isinstance(step, Outcome) and step.route:
            named.append((step.route, step.at))
        for service, at in named:
            if service not in flow.services:
                findings.add(
                    "unknown-service",
                    at,
                    f"step '{step.id}' names the service '{service}', which"
                    " services.yaml does not have.",
                    did_you_mean(service, flow.services),
                )


def _texts(flow: Flow, findings: Findings) -> None:
    for step in flow.steps.values():
        for part in step.says:
            _references(flow, part, FROM_SETTINGS, findings)
    for part in flow.words.values():
        _references(flow, part, FROM_MOMENT, findings)


def _references(
    flow: Flow, part: Part, other: frozenset[str], findings: Findings
) -> None:
    for piece in part.pieces:
        if not isinstance(piece, Reference) or piece.name in other:
            continue
        service = flow.services.get(piece.name)
        if service is None:
            findings.add(
                "unknown-service",
                part.at,
                f"the text names '{{{piece.name}}}', which is not in services.yaml.",
                did_you_mean(piece.name, flow.services),
            )
        elif piece.field and piece.field not in (*service.contacts, "name"):
            findings.add(
                "unknown-contact",
                part.at,
                f"'{piece.name}' has no '{piece.field}'.",
                did_you_mean(piece.field, (*service.contacts, "name")),
            )


def _signs(flow: Flow, findings: Findings) -> None:
    for interrupt in flow.interrupts:
        for sign in interrupt.signs:
            if sign not in flow.recogniser.kinds:
                findings.add(
                    "unknown-sign",
                    interrupt.at,
                    f"interrupt '{interrupt.name}' waits for the sign '{sign}', which"
                    " signs.yaml does not have.",
                    did_you_mean(sign, flow.recogniser.kinds),
                )


def _answers(flow: Flow, findings: Findings) -> None:
    for step in flow.steps.values():
        if isinstance(step, Question):
            for option in step.options:
                _answer(step, option, findings)
            for value in step.fact.values:
                if step.option(value) is None:
                    findings.add(
                        "no-option",
                        step.at,
                        f"question '{step.id}' offers no option for '{value}'.",
                        f"Add it, or take '{value}' out of fact '{step.fact.name}'.",
                    )
    for fact in flow.count:
        if fact not in flow.facts:
            at = Position(next(iter(flow.steps.values())).at.file, 1, 1)
            _fact_value(flow, fact, "", at, findings)


def _answer(step: Question, option: Option, findings: Findings) -> None:
    if option.id not in step.fact.values and option.goes_to is None:
        findings.add(
            "unknown-value",
            option.at,
            f"option '{option.id}' is no value of fact '{step.fact.name}'.",
            f"{did_you_mean(option.id, step.fact.values)} Or give it a `goes_to`.",
        )
