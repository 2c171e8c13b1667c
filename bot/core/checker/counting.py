"""How the questions about counting are built: none may decide what help is given."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.counting.questions import (
    FOR_COUNTING,
    MAY_COUNT,
    counting_questions,
)
from bot.core.finding import Finding, Findings, Position
from bot.core.flow import Flow, Question

ANSWERS = ("yes", "no")


def check_counting(flow: Flow, findings: Findings) -> None:
    """Find questions about counting that could change what help someone is given."""
    for finding in (*_consent(flow), *_read(flow), *_ways(flow)):
        findings.append(finding)


def _consent(flow: Flow) -> Iterator[Finding]:
    fact = flow.facts.get(MAY_COUNT)
    if fact and (fact.any_of or fact.values != ANSWERS):
        yield _wrong(
            fact.at,
            f"'{MAY_COUNT}' decides who is counted, and has answers beside yes, no.",
            f"Write `{MAY_COUNT}: [yes, no]`.",
        )
    if MAY_COUNT in flow.count:
        yield _wrong(
            flow.source.places[f"count {MAY_COUNT}"],
            f"whoever is counted said yes to '{MAY_COUNT}': counting it tells nothing.",
            "Take it out of `count:`.",
        )


def _read(flow: Flow) -> Iterator[Finding]:
    """Find conditions that read what is asked for counting alone."""
    for step in flow.steps.values():
        for when, at in (
            *((part.when, part.at) for part in step.says),
            *((rule.when, rule.at) for rule in step.rules),
            *((shown.when, shown.at) for shown in step.also),
        ):
            for name in FOR_COUNTING & {test.fact for test in when.tests}:
                yield _wrong(
                    at,
                    f"a condition reads '{name}', which is asked for counting alone.",
                    "Take it out: whatever is answered, the help must be the same.",
                )


def _ways(flow: Flow) -> Iterator[Finding]:
    questions = counting_questions(flow)
    for interrupt in flow.interrupts:
        if interrupt.goes_to in questions or FOR_COUNTING & interrupt.sets.keys():
            yield _wrong(
                interrupt.at,
                f"interrupt '{interrupt.name}' answers or asks a question that is there"
                " for counting alone.",
                "Only the person answers it, and only on their way.",
            )
    for step in flow.steps.values():
        for option in step.options:
            if FOR_COUNTING & option.sets.keys():
                yield _wrong(
                    option.at,
                    f"option '{option.id}' sets what only a question may ask.",
                    "Take it out of `set:`.",
                )
        if isinstance(step, Question) and step.id in questions:
            yield from _question(flow, step, questions)


def _question(
    flow: Flow, step: Question, questions: frozenset[str]
) -> Iterator[Finding]:
    says = f"question '{step.id}' is there for counting alone"
    if step.id == flow.start:
        yield _wrong(step.at, f"{says}, and is the first.", "Begin with another step.")
    if any(rule.goes_to in questions for rule in step.rules):
        yield _wrong(
            step.at,
            f"{says}, and leads to another one.",
            "Let it lead to a step that helps.",
        )
    for option in step.options:
        if option.goes_to or option.sets:
            yield _wrong(
                option.at,
                f"{says}, but '{option.id}' leads elsewhere than the other answers.",
                "Take away its `goes_to` and `set`.",
            )


def _wrong(at: Position, says: str, cure: str) -> Finding:
    return Finding("counting", at, says, cure)
