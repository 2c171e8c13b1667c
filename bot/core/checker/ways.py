"""Ways through a flow: nobody is stuck, nothing is out of reach, rules are complete."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, pairwise

from bot.core.checker.buttons import check_buttons
from bot.core.finding import Findings
from bot.core.flow import AnyStep, Flow, Interrupt, Outcome, Question


def check_ways(flow: Flow, findings: Findings) -> None:
    """Find steps that are stuck, out of reach, or never end, and broken rules.

    Where a part could not be read, it is not told that ways are missing.
    """
    check_buttons(flow, findings)
    asides = only_asides(flow)
    interrupting = {interrupt.goes_to for interrupt in flow.interrupts}
    for step in flow.steps.values():
        _after_otherwise(step, findings)
        if step.at in flow.source.broken:
            continue
        _no_otherwise(step, findings)
        _leads_on(step, findings, aside=step.id in asides)
        if step.id == flow.start or step.id in interrupting:
            _stuck(step, findings)
        _ticks(step, findings)
    for interrupt in flow.interrupts:
        if interrupt.at not in flow.source.broken:
            _interrupt(flow, interrupt, findings)
    if flow.source.whole and _all_known(flow):
        if not any(_leads_off(step) for step in flow.steps.values()):
            _in_reach(flow, findings)
        _ends(flow, findings)


def _leads_off(step: AnyStep) -> bool:
    """Tell whether the end of its rules is missing, so that a way is not known."""
    return bool(step.rules and step.rules[-1].when.tests)


def _after_otherwise(step: AnyStep, findings: Findings) -> None:
    for rule, later in pairwise(step.rules):
        if not rule.when.tests:
            findings.add(
                "after-otherwise",
                later.at,
                "this rule stands after `otherwise` and can never be used.",
                "Move `otherwise` to the end.",
            )


def _no_otherwise(step: AnyStep, findings: Findings) -> None:
    if _leads_off(step):
        findings.add(
            "no-otherwise",
            step.rules[-1].at,
            f"the last rule of '{step.id}' has a condition.",
            "End with {otherwise: step}, for everyone whom no rule fits.",
        )


def _leads_on(step: AnyStep, findings: Findings, *, aside: bool) -> None:
    needs_next = isinstance(step, Question) or any(
        option.goes_to is None for option in step.options
    )
    if needs_next and not step.rules and not aside:
        findings.add(
            "no-next",
            step.at,
            f"step '{step.id}' does not say where it leads.",
            "Add `next:` with a step or rules.",
        )
    if not step.says:
        findings.add(
            "no-words", step.at, f"step '{step.id}' says nothing.", "Write its words."
        )


def _stuck(step: AnyStep, findings: Findings) -> None:
    """Find a notice without a way on. Where it is a page, `back` leads on."""
    if not isinstance(step, Outcome) and not step.options:
        findings.add(
            "stuck",
            step.at,
            f"nothing can be tapped at '{step.id}'.",
            "Add `options:`, or make it an outcome.",
        )


def _ticks(step: AnyStep, findings: Findings) -> None:
    if not isinstance(step, Question) or not step.fact.any_of:
        return
    for option in step.options:
        if option.id in step.fact.values and (option.goes_to or option.sets):
            findings.add(
                "tick-leads-on",
                option.at,
                f"'{option.id}' is ticked and leads nowhere by itself; its `goes_to`"
                " or `set` would never be used.",
                f"Take them away, and lead on in `next:` with {{when: {{"
                f"{step.fact.name}: {option.id}}}, goes_to: …}}.",
            )


def only_asides(flow: Flow) -> frozenset[str]:
    """Return the steps that only interrupts enter, or asides that only they enter.

    They lead back to where the interrupt was used, and need no `next`.
    """
    only = flow.asides() - {flow.start}
    while True:
        outside = (step for step in flow.steps.values() if step.id not in only)
        entered = {target for step in outside for target in _leads_to(step)}
        if only.isdisjoint(entered):
            return only
        only -= entered


def _interrupt(flow: Flow, interrupt: Interrupt, findings: Findings) -> None:
    if (interrupt.goes_to is None) == (interrupt.does is None):
        findings.add(
            "half-an-interrupt",
            interrupt.at,
            f"interrupt '{interrupt.name}' needs one of `goes_to` and `does`.",
            "Say where it leads, or what it does.",
        )
    step = flow.steps.get(interrupt.goes_to or "")
    if interrupt.returns and step and all(o.goes_to for o in step.options):
        findings.add(
            "no-way-back",
            step.at,
            f"interrupt '{interrupt.name}' returns, but no option here leads back.",
            "Add an option without `goes_to`.",
        )


def _ways(flow: Flow) -> Mapping[str, frozenset[str]]:
    return {step.id: frozenset(_leads_to(step)) for step in flow.steps.values()}


def _leads_to(step: AnyStep) -> Iterator[str]:
    yield from (rule.goes_to for rule in step.rules)
    yield from (option.goes_to for option in step.options if option.goes_to)


def _all_known(flow: Flow) -> bool:
    entered = [flow.start, *(i.goes_to for i in flow.interrupts if i.goes_to)]
    return all(
        step_id in flow.steps
        for step_id in (*entered, *chain.from_iterable(_ways(flow).values()))
    )


def _in_reach(flow: Flow, findings: Findings) -> None:
    ways = _ways(flow)
    entered = [flow.start, *(i.goes_to for i in flow.interrupts if i.goes_to)]
    reached = _closure(entered, ways)
    for step in flow.steps.values():
        if step.id not in reached:
            findings.add(
                "out-of-reach",
                step.at,
                f"nothing leads to step '{step.id}'.",
                "Lead somewhere to it, or remove it.",
            )


def _ends(flow: Flow, findings: Findings) -> None:
    backwards: dict[str, set[str]] = {}
    for step_id, targets in _ways(flow).items():
        for target in targets:
            backwards.setdefault(target, set()).add(step_id)
    ending = [step.id for step in flow.steps.values() if _is_end(step)]
    reaching = _closure([*ending, *only_asides(flow)], backwards)
    for step in flow.steps.values():
        if step.id not in reaching:
            findings.add(
                "never-ends",
                step.at,
                f"from step '{step.id}' no outcome can be reached.",
                "Lead on from here to an outcome.",
            )


def _is_end(step: AnyStep) -> bool:
    """Outcomes end; a page without options leads back to where it was opened."""
    return isinstance(step, Outcome) or not step.options


def _closure(
    start: list[str], ways: Mapping[str, frozenset[str] | set[str]]
) -> set[str]:
    reached: set[str] = set()
    waiting = list(start)
    while waiting:
        step_id = waiting.pop()
        if step_id not in reached:
            reached.add(step_id)
            waiting.extend(ways.get(step_id, ()))
    return reached
