"""Where each promise can be broken: there, and only there, its conditions are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.core.flow import AnyStep, Flow, Outcome, Test
from bot.core.promise import Promise

Reads = Mapping[str, frozenset[Test]]


def read_by(flow: Flow, promises: Iterable[Promise]) -> Reads:
    """Return the tests that promises read at each step."""
    reads: dict[str, set[Test]] = {step_id: set() for step_id in flow.steps}
    for promise in promises:
        tests = [*promise.when.tests, *(promise.unless.tests if promise.unless else ())]
        for step_id in _spoken_of(flow, promise):
            reads[step_id].update(tests)
    return {step_id: frozenset(tests) for step_id, tests in reads.items()}


def _spoken_of(flow: Flow, promise: Promise) -> Iterator[str]:
    if promise.after:  # what held before the move is read, too
        yield from flow.steps
        return
    for step in flow.steps.values():
        if promise.steps and step.id not in promise.steps:
            continue
        if promise.outcomes and not isinstance(step, Outcome):
            continue
        claims = promise.shows or promise.reads or promise.route
        if claims or _may_break(flow, step, promise):
            yield step.id


def _may_break(flow: Flow, step: AnyStep, promise: Promise) -> bool:
    """Tell whether the step can show anything that the promise forbids."""
    wanted = promise.never_shows
    return wanted is not None and any(
        name in wanted.names
        or (
            wanted.properties is not None
            and wanted.fits(flow.services[name], is_open=False)
        )
        for name in _may_show(flow, step)
    )


def _may_show(flow: Flow, step: AnyStep) -> frozenset[str]:
    names = {shown.service for shown in step.also}
    for part in step.says:
        names |= set(part.reaches)
    if isinstance(step, Outcome):
        names.add(step.route)
    return frozenset(names & flow.services.keys())
