"""A new version of a flow against the old one: everyone must find a place in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.core.checker.configurations import Configurations
from bot.core.checker.liveness import all_tests
from bot.core.checker.scope import Reads, read_by
from bot.core.checker.told import told
from bot.core.checker.walk import Effort, Midway, Walk
from bot.core.engine.conversation import Conversation, Event
from bot.core.engine.machine import FlowMachine
from bot.core.engine.migration import carry_over
from bot.core.engine.turn import Decision
from bot.core.finding import Finding, Findings, Position, did_you_mean
from bot.core.flow import AnyStep, Flow, Outcome, Question, Test
from bot.core.promise import Promise


@dataclass(slots=True)
class _People:
    """Watches a walk through the old version, and carries everyone over."""

    flow: Flow
    carried: dict[str, tuple[Conversation, int]] = field(default_factory=dict)
    stranded: dict[str, list[int]] = field(default_factory=dict)

    def arrived(self, index: int, conversation: Conversation) -> None:
        """Carry over whoever stands here."""
        over = carry_over(self.flow, conversation)
        if over.stranded:
            self.stranded.setdefault(conversation.here.step, []).append(index)
        else:
            self.carried.setdefault(
                repr(over.conversation.here), (over.conversation, index)
            )

    def moved(
        self, index: int, before: Conversation, event: Event, decision: Decision
    ) -> None:
        """Nothing to see: only where people stand matters."""


def check_against(
    new: Flow,
    old: Flow,
    findings: Findings,
    effort: Effort,
    promises: tuple[Promise, ...] = (),
) -> tuple[Midway, ...]:
    """Find who would be stranded by the change from `old`, and a version not raised.

    Returns everyone else, carried over: from there the new flow must be walked as well.
    Whoever the new flow or its `promises` tell apart is kept apart.
    """
    machine = FlowMachine(old)
    people = _People(new)
    walk = Walk(machine, Configurations(old, _told_apart(old, new, promises)))
    walk.run(people, effort)
    top = Position(next(iter(new.steps.values())).at.file, 1, 1)
    if new.version == old.version and _shape(new) != _shape(old):
        findings.add(
            "version-not-raised",
            top,
            f"more than words has changed, and the version is still {new.version}.",
            "Raise `version` by one.",
        )
    for finding in _stranded(new, old, people, walk):
        findings.append(finding)
    return tuple(
        Midway(conversation, walk.way(index))
        for conversation, index in people.carried.values()
    )


def _told_apart(old: Flow, new: Flow, promises: tuple[Promise, ...]) -> Reads:
    """Return the tests by which the new version tells people of the old one apart."""
    read = all_tests(new, read_by(new, promises))
    tests = {test for test in read if test.fact in old.facts}
    migration = new.migrations.get(old.version)
    for name in migration.values if migration else ():
        fact = old.facts.get(name)
        tests |= {Test(name, frozenset({v})) for v in (fact.values if fact else ())}
    return {step_id: frozenset(tests) for step_id in old.steps}


def _stranded(new: Flow, old: Flow, people: _People, walk: Walk) -> Iterator[Finding]:
    migration = new.migrations.get(old.version)
    for step, indexes in people.stranded.items():
        if migration and migration.stranded:
            continue  # the author has said where they begin again
        yield Finding(
            "stranded",
            Position(next(iter(new.steps.values())).at.file, 1, 1),
            f"whoever stands at '{step}' in version {old.version} has no place in"
            f" version {new.version}.",
            f"{did_you_mean(step, new.steps)} Add to `migrate:`"
            f" {{since: {old.version}, steps: {{{step}: its new name}}}}; or"
            " `stranded: step`, for where they begin again.",
            shown_by=told(walk.way(indexes[0])),
            touches=len(indexes),
        )


def _shape(flow: Flow) -> tuple[object, ...]:
    """Return a flow without its words and without places in files."""
    steps = tuple(_step_shape(step) for step in flow.steps.values())
    facts = tuple((f.name, f.values, f.any_of) for f in flow.facts.values())
    interrupts = tuple(
        (i.name, i.signs, str(i.sets), i.goes_to, i.does, i.returns, i.command)
        for i in flow.interrupts
    )
    return flow.start, facts, interrupts, steps


def _step_shape(step: AnyStep) -> tuple[object, ...]:
    options = tuple((o.id, o.goes_to, str(o.sets)) for o in step.options)
    rules = tuple((rule.when, rule.goes_to) for rule in step.rules)
    also = tuple((shown.service, shown.when) for shown in step.also)
    match step:
        case Question():
            own: object = (step.fact.name, step.required)
        case Outcome():
            own = step.route
        case _:
            own = None
    return step.id, step.kind, options, rules, also, own
