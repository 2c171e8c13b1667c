"""Is there such a step, fact, value or service? One question, asked in many places."""

from __future__ import annotations

from bot.core.finding import Findings, Position, did_you_mean
from bot.core.flow import NONE, UNKNOWN, Facts, Flow, When


def check_step(
    flow: Flow, name: str, at: Position, says: str, findings: Findings
) -> None:
    """Find a step that is not there. `says` begins the sentence."""
    if name not in flow.steps and name not in flow.source.lost_steps:
        findings.add(
            "unknown-step",
            at,
            f"{says} '{name}', and there is no such step.",
            lambda: did_you_mean(name, flow.steps),
        )


def check_fact(flow: Flow, name: str, at: Position, findings: Findings) -> None:
    """Find a fact that is not there."""
    if name not in flow.facts and name not in flow.source.lost_facts:
        findings.add(
            "unknown-fact",
            at,
            f"there is no fact '{name}'.",
            lambda: did_you_mean(name, flow.facts),
        )


def check_service(
    flow: Flow, name: str, at: Position, says: str, findings: Findings
) -> None:
    """Find a service that is not there. `says` begins the sentence.

    Where there is none at all, it is services.yaml that must be mended.
    """
    if flow.services and name not in flow.services:
        findings.add(
            "unknown-service",
            at,
            f"{says} '{name}', which is not in services.yaml.",
            lambda: did_you_mean(name, flow.services),
        )


def check_when(flow: Flow, when: When, at: Position, findings: Findings) -> None:
    """Find facts and values of a condition that are not there, or can't hold."""
    for test in when.tests:
        check_fact(flow, test.fact, at, findings)
        for value in sorted(test.values - {UNKNOWN}):
            _check_value(flow, test.fact, value, at, findings)
        if not test.values:
            findings.add(
                "never-holds",
                at,
                f"this names no value of '{test.fact}', and so it never holds.",
                "Name one, or `none` or `unknown`.",
            )


def check_facts(flow: Flow, facts: Facts, at: Position, findings: Findings) -> None:
    """Find facts and values that are given and not there, or too many of them."""
    for name, answer in facts.items():
        check_fact(flow, name, at, findings)
        for value in answer:
            _check_value(flow, name, value, at, findings)
        fact = flow.facts.get(name)
        if fact and not fact.any_of and len(answer) != 1:
            findings.add(
                "too-many-values",
                at,
                f"'{name}' holds one value, and {len(answer)} are set.",
                "Set one of them.",
            )


def _check_value(
    flow: Flow, fact: str, value: str, at: Position, findings: Findings
) -> None:
    """Find a value that a fact does not have; NONE is an answer where any may fit."""
    known = flow.facts.get(fact)
    if known and value not in known.values and not (known.any_of and value == NONE):
        findings.add(
            "unknown-value",
            at,
            f"fact '{fact}' has no value '{value}'.",
            lambda: did_you_mean(value, known.values),
        )
