"""flow.yaml to a Flow. Shapes are the grammar's business; what names mean is read here.

Names that lead nowhere are left in place: the checker finds them, with all the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal, cast

from bot.core.danger.recogniser import Recogniser
from bot.core.finding import Findings, Source
from bot.core.flow import NONE, UNKNOWN, AnyStep, Fact, Flow, Interrupt, Part
from bot.core.language.fitting import fit
from bot.core.language.grammar import FLOW_FILE
from bot.core.language.lines import read_yaml
from bot.core.language.migrations import read_migrations
from bot.core.language.nodes import Node, Table, Word, each, texts
from bot.core.language.steps import is_broken, read_set, read_step
from bot.core.language.texts import read_label, read_part
from bot.core.service import Service


def read_flow(
    text: str | None,
    file: str,
    services: Mapping[str, Service],
    recogniser: Recogniser,
    findings: Findings,
) -> Flow | None:
    """Return the flow of a file, or None when even its outline is missing.

    Every mistake becomes a finding. A flow that comes back beside blocking findings is
    for the checker alone, which finds more; it must not be run. `text` is None where
    the file could not be opened.
    """
    root = read_yaml(text, file, findings)
    root = fit(root, FLOW_FILE, "a flow", findings) if root else None
    if not isinstance(root, Table) or root.unfit & {"facts", "steps"}:
        return None
    facts = {fact.name: fact for fact in _facts(root.table("facts"), findings)}
    steps = dict(_steps(root, facts, findings))
    if not steps:
        _no_steps(root.table("steps"), findings)
        return None
    return Flow(
        id=root.text("flow"),
        version=root.text("version"),
        language=root.text("language"),
        start=root.text("start"),
        facts=MappingProxyType(facts),
        count=_once(root.get("count"), "'count' has the fact", findings),
        lasting=_once(root.get("lasting"), "'lasting' has the fact", findings),
        words=MappingProxyType(dict(_words(root.table("words"), findings))),
        interrupts=tuple(_interrupts(root.table("interrupts"), findings)),
        steps=MappingProxyType(steps),
        services=services,
        recogniser=recogniser,
        migrations=read_migrations(root.get("migrate")),
        never_say=texts(root.get("never_say")),
        first_words_never=texts(root.get("first_words_never")),
        source=_source(root, steps),
    )


def _no_steps(table: Table, findings: Findings) -> None:
    if not table.entries and not table.unfit:
        findings.add(
            "no-steps", table.at, "this flow has no steps.", "Write the first of them."
        )


def _source(root: Table, steps: Mapping[str, AnyStep]) -> Source:
    places = {key.value: node.at for key, node in root.entries}
    for name in ("count", "lasting"):
        for item in each(root.get(name)):
            if isinstance(item, Word):
                places.setdefault(f"{name} {item.value}", item.at)
    table = root.table("steps")
    parts = (*table.entries, *root.table("interrupts").entries)
    return Source(
        places=MappingProxyType(places),
        lost_steps=table.unfit | {key.value for key, _ in table.entries} - set(steps),
        lost_facts=root.table("facts").unfit,
        broken=frozenset(key.at for key, node in parts if is_broken(node)),
    )


def _facts(table: Table, findings: Findings) -> Iterator[Fact]:
    for key, node in table.entries:
        any_of = isinstance(node, Table)
        values = node.get("any_of") if isinstance(node, Table) else node
        yield Fact(key.value, _values(key, values, findings), any_of, key.at)


def _values(fact: Word, node: Node | None, findings: Findings) -> tuple[str, ...]:
    for value in each(node):
        if isinstance(value, Word) and value.value in {NONE, UNKNOWN}:
            findings.add(
                "reserved-value",
                value.at,
                f"fact '{fact.value}' cannot have the value '{value.value}', which"
                " stands in conditions for an answer that was not given.",
                "Give it another name.",
            )
    return _once(node, f"fact '{fact.value}' has the value", findings)


def _once(node: Node | None, says: str, findings: Findings) -> tuple[str, ...]:
    """Return the names of a list; one that comes again is a finding."""
    kept: dict[str, None] = {}
    for name in each(node):
        if isinstance(name, Word) and name.value in kept:
            findings.add(
                "twice",
                name.at,
                f"{says} '{name.value}' twice.",
                "Remove one, or name what you meant.",
            )
        elif isinstance(name, Word):
            kept[name.value] = None
    return tuple(kept)


def _steps(
    root: Table, facts: Mapping[str, Fact], findings: Findings
) -> Iterator[tuple[str, AnyStep]]:
    lost = root.table("facts").unfit
    for key, node in root.table("steps").entries:
        if isinstance(node, Table):
            step = read_step(key, node, facts, lost, findings)
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
        button, menu = node.get("button"), node.get("menu")
        yield Interrupt(
            name=key.value,
            at=key.at,
            button=read_label(button, findings) if isinstance(button, Word) else None,
            command=node.text("command") or None,
            menu=read_label(menu, findings) if isinstance(menu, Word) else None,
            signs=texts(node.get("signs")),
            sets=read_set(node.get("set")),
            goes_to=node.text("goes_to") or None,
            does=cast(
                "Literal['quick_exit', 'restart'] | None", node.text("does") or None
            ),
            returns=node.text("returns") == "yes",
        )
