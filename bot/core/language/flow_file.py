"""flow.yaml to a Flow. Shapes are the grammar's business; what names mean is read here.

Names that lead nowhere are left in place: the checker finds them, with all the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal, cast

from bot.core.danger.recogniser import Recogniser
from bot.core.finding import Findings
from bot.core.flow import AnyStep, Fact, Flow, Interrupt, Part
from bot.core.language.fitting import fit
from bot.core.language.grammar import FLOW_FILE
from bot.core.language.lines import read_yaml
from bot.core.language.nodes import Table, Word, texts
from bot.core.language.steps import read_set, read_step
from bot.core.language.texts import read_label, read_part
from bot.core.service import Service


def read_flow(
    text: str,
    file: str,
    services: Mapping[str, Service],
    recogniser: Recogniser,
    findings: Findings,
) -> Flow | None:
    """Return the flow of a file, or None when even its outline is missing.

    Every mistake becomes a finding. A flow that comes back beside blocking findings is
    for the checker alone, which finds more; it must not be run.
    """
    root = read_yaml(text, file, findings)
    if root is None:
        return None
    root = fit(root, FLOW_FILE, "a flow", findings)
    if not isinstance(root, Table):
        return None
    facts = {fact.name: fact for fact in _facts(root.table("facts"))}
    steps = dict(_steps(root.table("steps"), facts, findings))
    if not steps:
        return None
    return Flow(
        id=root.text("flow"),
        version=root.text("version"),
        language=root.text("language"),
        start=root.text("start"),
        facts=MappingProxyType(facts),
        count=texts(root.get("count")),
        words=MappingProxyType(dict(_words(root.table("words"), findings))),
        interrupts=tuple(_interrupts(root.table("interrupts"), findings)),
        steps=MappingProxyType(steps),
        services=services,
        recogniser=recogniser,
        never_say=texts(root.get("never_say")),
        first_words_never=texts(root.get("first_words_never")),
    )


def _facts(table: Table) -> Iterator[Fact]:
    for key, node in table.entries:
        any_of = isinstance(node, Table)
        values = node.get("any_of") if isinstance(node, Table) else node
        yield Fact(key.value, texts(values), any_of, key.at)


def _steps(
    table: Table, facts: Mapping[str, Fact], findings: Findings
) -> Iterator[tuple[str, AnyStep]]:
    for key, node in table.entries:
        if isinstance(node, Table):
            step = read_step(key, node, facts, findings)
            if step is not None:
                yield key.value, step


def _words(table: Table, findings: Findings) -> Iterator[tuple[str, Part]]:
    for key, node in table.entries:
        if isinstance(node, Word):
            yield key.value, read_part(node, findings)


def _interrupts(table: Table, findings: Findings) -> Iterator[Interrupt]:
    for key, node in table.entries:
        if not isinstance(node, Table):
            continue
        button = node.get("button")
        yield Interrupt(
            name=key.value,
            at=key.at,
            button=read_label(button, findings) if isinstance(button, Word) else None,
            command=node.text("command") or None,
            signs=texts(node.get("signs")),
            sets=read_set(node.get("set")),
            goes_to=node.text("goes_to") or None,
            does=cast(
                "Literal['quick_exit', 'restart'] | None", node.text("does") or None
            ),
            returns=node.text("returns") == "yes",
        )
