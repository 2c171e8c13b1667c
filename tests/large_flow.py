"""Flows as large as one likes, and what it takes to prove them.

`python -m tests.large_flow 10_000 100_000 1_000_000` prints a line for each: how many
configurations and moves, seconds, and the most memory that was in use.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date

from bot.core.checker.prove import Proven, prove
from bot.core.checker.walk import Effort
from bot.core.danger.recogniser import Recogniser
from bot.core.engine.machine import FlowMachine
from bot.core.finding import Findings
from bot.core.flow import (
    ALWAYS,
    AnyStep,
    Fact,
    Flow,
    Interrupt,
    Option,
    Outcome,
    Part,
    Question,
    Reference,
    Rule,
    Shown,
    Test,
    When,
)
from bot.core.promise import Intent, Promise, Wanted
from tests.made_flows import AT, SERVICES, WORDS

SIZES = (10_000, 100_000, 1_000_000)
YES_NO = ("yes", "no")
LAST, END, CARD = "last", "end", "card"
FEWEST_VALUES = 6  # of the last fact, before there is one question less
KILOBYTES = 1024  # in a megabyte; Linux tells the memory of a process in kilobytes
SAYS = (Part(("Call ", Reference("police_999")), ALWAYS, AT),)
PROMISE = Promise(
    says="Nobody is left without someone to talk to, at any hour",
    at=AT,
    when=ALWAYS,
    unless=None,
    outcomes=True,
    shows=Wanted(properties={"open": "now"}),
)


def large_flow(configurations: int) -> Flow:
    """Return a flow of about so many configurations; some hundreds at least.

    It has a row of questions with two answers, one with several, and an outcome where
    it matters what was answered to each of them.
    """
    row = 1
    while values_of_last(configurations, row + 1) >= FEWEST_VALUES:
        row += 1
    facts = [Fact(f"fact{n}", YES_NO, any_of=False, at=AT) for n in range(row)]
    values = (f"value{n}" for n in range(values_of_last(configurations, row)))
    facts.append(Fact(LAST, tuple(values), any_of=False, at=AT))
    return Flow(
        id="large",
        version="1",
        language="en",
        start=facts[0].name,
        facts={fact.name: fact for fact in facts},
        count=(),
        words={word: Part((word,), ALWAYS, AT) for word in WORDS},
        interrupts=(
            Interrupt("danger", AT, button="Danger", goes_to=CARD, returns=True),
            Interrupt("leave", AT, button="Leave", does="quick_exit"),
        ),
        steps={step.id: step for step in _steps(facts)},
        services=SERVICES,
        recogniser=Recogniser(()),
    )


def values_of_last(configurations: int, row: int) -> int:
    """Return how many values the last fact needs after so many questions in a row."""
    return round(configurations / (1 << row)) - 2


def _steps(facts: list[Fact]) -> Iterator[AnyStep]:
    following = [*(fact.name for fact in facts[1:]), END]
    for fact, leads_to in zip(facts, following, strict=True):
        options = tuple(Option(value, value, AT) for value in fact.values)
        rules = (Rule(ALWAYS, leads_to, AT),)
        yield Question(
            fact.name, SAYS, options, rules, (), AT, fact=fact, required=True
        )
    yield Outcome(END, SAYS, (), (), tuple(_shown(facts)), AT, "police_101")
    safe = (Option("safe", "Safe", AT),)
    yield Outcome(CARD, SAYS, safe, (), (), AT, "police_999")


def _shown(facts: Iterable[Fact]) -> Iterator[Shown]:
    for fact in facts:
        for value in fact.values[: 1 if fact.values == YES_NO else None]:
            yield Shown("helpline", When((Test(fact.name, frozenset({value})),)), AT)


def proved(configurations: int) -> Proven:
    """Prove a flow of about so many configurations; nothing in it is wrong."""
    findings = Findings()
    intent = Intent((PROMISE,), (), date(2026, 11, 25))
    proven = prove(FlowMachine(large_flow(configurations)), intent, findings, Effort())
    assert not len(findings), list(map(str, findings))
    return proven


def main() -> None:
    """Prove each size in a process of its own, so that each has its own memory."""
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    if len(sizes) > 1:
        for size in sizes:
            command = (sys.executable, "-m", "tests.large_flow", str(size))
            subprocess.run(command, check=True)
        return
    began = time.process_time()
    proven = proved(*sizes)
    seconds = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES
    sys.stdout.write(
        f"{proven.configurations:>9,} configurations {proven.moves:>11,} moves"
        f" {seconds:>7.1f} s {memory:>6.0f} MB\n"
    )


if __name__ == "__main__":
    main()
