"""A large flow takes as much longer as it is larger, and one too large is told why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.core.checker.prove import Proven, prove
from bot.core.checker.walk import Effort
from bot.core.engine.machine import FlowMachine
from bot.core.finding import Finding, Findings, Position
from bot.core.flow import (
    ALWAYS,
    Fact,
    Flow,
    Option,
    Question,
    Rule,
    Shown,
    When,
)
from bot.core.flow import Test as Condition
from bot.core.promise import Intent
from tests.large_flow import END, large_flow, proved
from tests.made_flows import AT

CEILING = 400
THERE = Position("made.yaml", 42, 3)


def cut_off(flow: Flow) -> tuple[Proven, list[Finding]]:
    """Prove a flow that is larger than the checker is let go."""
    findings = Findings()
    intent = Intent((), (), date(2026, 11, 25))
    proven = prove(FlowMachine(flow), intent, findings, Effort(ceiling=CEILING))
    return proven, list(findings)


def with_ticks(flow: Flow, values: int) -> Flow:
    """Return the flow with a choose-any before it that doubles it with each value."""
    names = tuple(f"tick{number}" for number in range(values))
    fact = Fact("ticks", names, any_of=True, at=THERE)
    options = tuple(Option(name, name, AT) for name in names)
    rules = (Rule(ALWAYS, flow.start, AT),)
    says = flow.steps[flow.start].says
    asks = Question("ticks", says, options, rules, (), AT, fact, required=True)
    whens = (When((Condition("ticks", frozenset({name})),)) for name in names)
    shown = tuple(Shown("helpline", when, AT) for when in whens)
    end = replace(flow.steps[END], also=(*flow.steps[END].also, *shown))
    return replace(
        flow,
        start="ticks",
        facts={"ticks": fact, **flow.facts},
        steps={"ticks": asks, **flow.steps, END: end},
    )


@pytest.mark.parametrize("size", [1_000, 5_000])
def test_a_flow_twice_as_large_takes_twice_the_moves(size: int) -> None:
    """An author who adds a question need not fear that the check never ends."""
    one, other = proved(size), proved(2 * size)

    assert one.configurations == pytest.approx(size, rel=0.1)
    assert other.configurations / one.configurations == pytest.approx(2, rel=0.05)
    assert other.moves / one.moves == pytest.approx(2, rel=0.05)


@pytest.mark.parametrize(
    ("size", "ticks"),
    [
        (300, 9),
        pytest.param(  # 64 ways to tick, and eleven answers to the last question
            *(26, 6),
        ),
    ],
)
def test_a_flow_too_large_is_told_which_fact_makes_it_so(size: int, ticks: int) -> None:
    """Whoever added one answer too many learns where, and what to do about it."""
    proven, found = cut_off(with_ticks(large_flow(size), ticks))

    assert proven.configurations == pytest.approx(CEILING, abs=50)
    (told,) = found
    assert told.rule == "too-large"
    assert told.blocks
    assert f"more than {CEILING} configurations" in told.says
    assert "fact 'ticks' makes most of those" in told.says
    assert "depend on 'ticks'" in told.cure
    assert told.at == THERE


def test_a_flow_below_the_ceiling_says_nothing() -> None:
    """Nobody is asked to make a flow smaller that can be proved as it is."""
    findings = Findings()
    flow = FlowMachine(large_flow(300))
    prove(flow, Intent((), (), date(2026, 11, 25)), findings, Effort(ceiling=CEILING))

    assert list(findings) == []
