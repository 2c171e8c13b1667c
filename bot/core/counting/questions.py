"""Questions that are there for counting alone, and the same flow without them.

Somebody may be counted only if they said so: that is the fact `may_count`. Whether it
was `useful` helps the people who run Waymark, and not whoever answers. No condition may
read either (`bot.core.checker.counting`). Where counting is off, nobody is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.core.engine.machine import FlowMachine
from bot.core.flow import AnyStep, Facts, Flow, Question, Rule, When
from bot.core.migration import Migration

MAY_COUNT = "may_count"  # the fact that holds whether someone may be counted
USEFUL = "useful"
FOR_COUNTING = frozenset({MAY_COUNT, USEFUL})
YES = "yes"


def agreed(facts: Facts) -> bool:
    """Tell whether someone with these answers said that they may be counted."""
    return facts.get(MAY_COUNT) == (YES,)


def counting_questions(flow: Flow) -> frozenset[str]:
    """Return the ids of the steps that are there for counting alone."""
    return frozenset(
        step.id
        for step in flow.steps.values()
        if isinstance(step, Question) and step.fact.name in FOR_COUNTING
    )


def without_counting(flow: Flow) -> Flow:
    """Return the flow as it is where nobody is counted: nobody is asked for it, either.

    What leads to such a question by a rule leads where the question leads; an option
    that leads there is left out. Whoever stands there when counting is turned off goes
    on where it leads.
    """
    gone = counting_questions(flow)
    if not gone:
        return flow
    steps = {
        step.id: _leading_past(flow, step, gone)
        for step in flow.steps.values()
        if step.id not in gone
    }
    return replace(
        flow,
        facts={n: fact for n, fact in flow.facts.items() if n not in FOR_COUNTING},
        count=tuple(name for name in flow.count if name not in FOR_COUNTING),
        steps=steps,
        migrations={**flow.migrations, flow.version: _onwards(flow, gone)},
    )


def machine_of(flows: Iterable[Flow], *, counting: bool) -> FlowMachine:
    """Return a flow, ready to run; the others are the same flow in other languages.

    `counting`: with the questions about counting; they change nothing else.
    """
    own, *others = flows if counting else map(without_counting, flows)
    return FlowMachine(own, others)


def _onwards(flow: Flow, gone: frozenset[str]) -> Migration:
    """Return where people go on who stand at a question that is not asked any more."""
    passed = {
        each: rules[-1].goes_to for each in gone if (rules := flow.steps[each].rules)
    }
    at = next(iter(flow.steps.values())).at
    return Migration(flow.version, passed, {}, None, at)


def _leading_past(flow: Flow, step: AnyStep, gone: frozenset[str]) -> AnyStep:
    rules = tuple(way for rule in step.rules for way in _past(flow, rule, gone))
    options = tuple(option for option in step.options if option.goes_to not in gone)
    return replace(step, rules=rules, options=options)


def _past(flow: Flow, rule: Rule, gone: frozenset[str]) -> Iterator[Rule]:
    if rule.goes_to not in gone:
        yield rule
        return
    for later in flow.steps[rule.goes_to].rules:
        when = When((*rule.when.tests, *later.when.tests))
        yield replace(later, when=when)
