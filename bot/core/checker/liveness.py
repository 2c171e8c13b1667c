"""Which conditions may still be read from a place on: all that a proof must remember.

Two conversations at the same step whose facts answer every condition that may still be
read in the same way can never be told apart by which services they are shown or where
they lead. So the walk keeps one of them (held against brute force in
tests/core/checker/test_against_brute_force.py). Left out are conditions on words that
name no service, or only services that the step shows anyhow: they change what is read,
not what can be reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.core.checker.scope import Reads
from bot.core.flow import (
    NATION,
    UNKNOWN,
    AnyStep,
    Flow,
    Option,
    Outcome,
    Question,
    Test,
    When,
)

# A step, and whether it was entered by an interrupt that returns. Inside, the step's
# own rules are not read: what leads on leads back.
Spot = tuple[str, bool]
Live = Mapping[Spot, frozenset[Test]]


def live_tests(flow: Flow, reads: Reads) -> Live:
    """Return the tests that may still be read at each spot or later.

    `reads` are the tests that promises read at each step.
    """
    live = {
        (step.id, inside): reads[step.id] | _read_at(flow, step, inside=inside)
        for step in flow.steps.values()
        for inside in (False, True)
    }
    ways = [way for step in flow.steps.values() for way in _ways(flow, step)]
    changed = True
    while changed:
        changed = False
        for source, target, set_before in ways:
            later = {test for test in live[target] if test.fact not in set_before}
            if not later <= live[source]:
                live[source] |= later
                changed = True
    return live


def all_tests(flow: Flow, reads: Reads) -> frozenset[Test]:
    """Return every test that can make a difference anywhere in a flow."""
    tests = {test for tests in reads.values() for test in tests}
    for step in flow.steps.values():
        tests |= _read_at(flow, step, inside=False)
        tests |= {test for rule in step.rules for test in rule.when.tests}
    return frozenset(tests)


def _read_at(flow: Flow, step: AnyStep, *, inside: bool) -> frozenset[Test]:
    """Return the tests that decide which services a step shows and where it leads."""
    tests = {test for when in _shown_if(step) for test in when.tests}
    if not inside:
        # A question's rules are read once its fact has a new answer, or none.
        own = step.fact.name if isinstance(step, Question) else None
        tests |= {t for rule in step.rules for t in rule.when.tests if t.fact != own}
    if NATION in flow.facts:
        tests |= set(_nations(flow, step))
    return frozenset(tests)


def _shown_if(step: AnyStep) -> Iterator[When]:
    anyhow = {
        name for part in step.says if not part.when.tests for name in part.reaches
    }
    yield from (part.when for part in step.says if not anyhow.issuperset(part.reaches))
    yield from (shown.when for shown in step.also)


def _nations(flow: Flow, step: AnyStep) -> Iterator[Test]:
    names = {shown.service for shown in step.also}
    if isinstance(step, Outcome):  # there, somebody must serve the person's nation
        names |= {step.route, *(name for part in step.says for name in part.reaches)}
    for name in sorted(names & flow.services.keys()):
        service = flow.services[name]
        unknown = (UNKNOWN,) if service.serves(None) else ()
        yield Test(NATION, frozenset((*service.nations, *unknown)))


def _ways(flow: Flow, step: AnyStep) -> Iterator[tuple[Spot, Spot, frozenset[str]]]:
    """Give (from, to, facts that are set on the way, so that old answers are gone)."""
    answered = frozenset({step.fact.name} if isinstance(step, Question) else ())
    asides = flow.asides()
    for option in step.options:
        if option.goes_to:
            gone = frozenset(option.sets)
            gone |= answered if _answers(step, option) else frozenset()
            yield (step.id, False), (option.goes_to, False), gone
            inside = option.goes_to in asides
            yield (step.id, True), (option.goes_to, inside), gone
    for rule in step.rules:
        yield (step.id, False), (rule.goes_to, False), answered
    for interrupt in flow.interrupts:
        if interrupt.goes_to:
            gone = frozenset(interrupt.sets)
            for inside in (False, True):
                yield (step.id, inside), (interrupt.goes_to, interrupt.returns), gone


def _answers(step: AnyStep, option: Option) -> bool:
    return isinstance(step, Question) and option.id in step.fact.values
