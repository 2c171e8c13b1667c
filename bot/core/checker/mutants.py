"""Flows with one fault put in on purpose, to see whether anything notices.

Each kind of fault is one that a tired author makes: a rule lost, two rules swapped, a
way that leads elsewhere, an option or an interrupt lost, a service mixed up or lost, a
condition lost, a fact no longer set.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.core.flow import (
    ALWAYS,
    AnyStep,
    Flow,
    Interrupt,
    Option,
    Outcome,
    Part,
    Reference,
    Rule,
    Shown,
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A flow with one fault, and the fault in words."""

    says: str
    flow: Flow


def mutants(flow: Flow) -> Iterator[Mutant]:
    """Give every mutant of a flow, always in the same order."""
    neighbours = _Neighbours(flow)
    for step in flow.steps.values():
        for says, changed in _of_step(step, neighbours):
            steps = {**flow.steps, step.id: changed}
            yield Mutant(f"{step.id}: {says}", replace(flow, steps=steps))
    for number, interrupt in enumerate(flow.interrupts):
        for says, changed_one in _of_interrupt(interrupt, neighbours):
            others = list(flow.interrupts)
            others[number : number + 1] = [changed_one] if changed_one else []
            mutant = replace(flow, interrupts=tuple(others))
            yield Mutant(f"interrupt {interrupt.name}: {says}", mutant)


class _Neighbours:
    """What a name is mixed up with: the next one in the author's list."""

    def __init__(self, flow: Flow) -> None:
        self._steps = _next(flow.steps)
        self.services = _next(flow.services)

    def step(self, name: str) -> str:
        return self._steps[name]

    def service(self, name: str) -> str:
        return self.services[name]


def _next(names: Mapping[str, object]) -> dict[str, str]:
    ordered = list(names)
    return dict(zip(ordered, [*ordered[1:], *ordered[:1]], strict=True))


def _of_step(step: AnyStep, near: _Neighbours) -> Iterator[tuple[str, AnyStep]]:
    for says, rules in _of_rules(step.rules, near):
        yield says, replace(step, rules=rules)
    for number, option in enumerate(step.options):
        for says, option_or_none in _of_option(option, near):
            options = list(step.options)
            options[number : number + 1] = [option_or_none] if option_or_none else []
            yield says, replace(step, options=tuple(options))
    for says, also in _of_also(step.also, near):
        yield says, replace(step, also=also)
    for says, parts in _of_words(step.says, near):
        yield says, replace(step, says=parts)
    if isinstance(step, Outcome):
        other = near.service(step.route)
        yield f"route {step.route} becomes {other}", replace(step, route=other)


def _of_rules(
    rules: tuple[Rule, ...], near: _Neighbours
) -> Iterator[tuple[str, tuple[Rule, ...]]]:
    for number, rule in enumerate(rules):
        before, after = rules[:number], rules[number + 1 :]
        line = f"rule of line {rule.at.line}"
        if after:
            yield f"{line} is lost", before + after
            yield (
                f"{line} changes places with the next",
                (
                    *before,
                    after[0],
                    rule,
                    *after[1:],
                ),
            )
        elsewhere = replace(rule, goes_to=near.step(rule.goes_to))
        yield f"{line} leads to {elsewhere.goes_to}", (*before, elsewhere, *after)


def _of_option(
    option: Option, near: _Neighbours
) -> Iterator[tuple[str, Option | None]]:
    yield f"option {option.id} is lost", None
    if option.goes_to:
        elsewhere = near.step(option.goes_to)
        says = f"option {option.id} leads to {elsewhere}"
        yield says, replace(option, goes_to=elsewhere)
    if option.sets:
        yield f"option {option.id} sets nothing", replace(option, sets={})


def _of_also(
    also: tuple[Shown, ...], near: _Neighbours
) -> Iterator[tuple[str, tuple[Shown, ...]]]:
    for number, shown in enumerate(also):
        before, after = also[:number], also[number + 1 :]
        yield f"{shown.service} is lost", before + after
        other = replace(shown, service=near.service(shown.service))
        says = f"{shown.service} becomes {other.service}"
        yield says, (*before, other, *after)
        if shown.when.tests:
            always = replace(shown, when=ALWAYS)
            yield f"{shown.service} is shown always", (*before, always, *after)


def _of_words(
    parts: tuple[Part, ...], near: _Neighbours
) -> Iterator[tuple[str, tuple[Part, ...]]]:
    for number, part in enumerate(parts):
        for place, piece in enumerate(part.pieces):
            if not isinstance(piece, Reference) or piece.name not in near.services:
                continue
            other = Reference(near.service(piece.name))
            pieces = (*part.pieces[:place], other, *part.pieces[place + 1 :])
            changed = replace(part, pieces=pieces)
            says = f"words of line {part.at.line}: {piece.name} becomes {other.name}"
            yield says, (*parts[:number], changed, *parts[number + 1 :])


def _of_interrupt(
    interrupt: Interrupt, near: _Neighbours
) -> Iterator[tuple[str, Interrupt | None]]:
    yield "is lost", None
    if interrupt.goes_to:
        elsewhere = near.step(interrupt.goes_to)
        yield f"leads to {elsewhere}", replace(interrupt, goes_to=elsewhere)
    if interrupt.sets:
        yield "sets nothing", replace(interrupt, sets={})
    if interrupt.returns:
        yield "does not return", replace(interrupt, returns=False)
