"""One step of flow.yaml to a question, a notice or an outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from bot.core.finding import Findings, did_you_mean
from bot.core.flow import (
    ALWAYS,
    AnyStep,
    Fact,
    Facts,
    Notice,
    Option,
    Outcome,
    Part,
    Question,
    Rule,
    Shown,
    Test,
    When,
)
from bot.core.language.grammar import NOTICE_KEYS, OUTCOME_KEYS, QUESTION_KEYS
from bot.core.language.nodes import Node, Table, Word, each, texts, whole
from bot.core.language.texts import read_label, read_part

_KINDS = {"asks": QUESTION_KEYS, "says": NOTICE_KEYS, "ends": OUTCOME_KEYS}


def read_step(
    key: Word,
    node: Table,
    facts: Mapping[str, Fact],
    lost_facts: frozenset[str],
    findings: Findings,
) -> AnyStep | None:
    """Return the step, or None with a finding where its kind or fact can't be told.

    `lost_facts` stand in the file, but could not be read: they are found already.
    """
    words = _kind(key, node, findings)
    if words is None:
        return None
    says = tuple(_parts(node.get(words), findings))
    options = tuple(_options(node.get("options"), findings))
    rules = tuple(_rules(node.get("next"), findings))
    also = tuple(_also(node.get("also")))
    if words == "says":
        return Notice(key.value, says, options, rules, also, key.at)
    if words == "ends":
        route = node.text("route")
        return Outcome(key.value, says, options, rules, also, key.at, route)
    fact = facts.get(node.text("fact"))
    if fact is None:
        _no_fact(key, node, [*facts, *lost_facts], findings)
        return None
    required = node.text("required") == "yes"
    return Question(key.value, says, options, rules, also, key.at, fact, required)


def is_broken(node: Node) -> bool:
    """Tell whether a part of a step or an interrupt is left out, with a finding."""
    if not isinstance(node, Table):
        return False
    rules = (rule for rule in each(node.get("next")) if isinstance(rule, Table))
    return not whole(node) or any(_rule(rule) is None for rule in rules)


def read_set(node: Node | None) -> Facts:
    """Return the facts that an option or an interrupt sets."""
    if not isinstance(node, Table):
        return MappingProxyType({})
    return MappingProxyType({key.value: texts(value) for key, value in node.entries})


def _kind(key: Word, node: Table, findings: Findings) -> str | None:
    kinds = [word for word in _KINDS if node.get(word) is not None]
    if not kinds and not node.unfit.isdisjoint(_KINDS):
        return None
    if len(kinds) != 1:
        findings.add(
            "no-kind" if not kinds else "two-kinds",
            key.at,
            f"step '{key.value}' has {' and '.join(kinds) or 'no words'}.",
            "Give it one of: asks (a question), says (a notice), ends (an outcome).",
        )
        return None
    allowed = _KINDS[kinds[0]]
    for word, _ in node.entries:
        if word.value not in allowed:
            findings.add(
                "wrong-kind",
                word.at,
                f"'{word.value}' does not belong in a step with '{kinds[0]}'.",
                f"It may have: {', '.join(allowed)}.",
            )
    if kinds[0] == "ends" and node.lacks("route"):
        findings.add(
            "no-route",
            key.at,
            f"outcome '{key.value}' has no route.",
            "Add `route:` with the service one reports or turns to.",
        )
    return kinds[0]


def _no_fact(key: Word, node: Table, known: Iterable[str], findings: Findings) -> None:
    name = node.get("fact")
    if node.lacks("fact"):
        findings.add(
            "no-fact",
            key.at,
            f"question '{key.value}' has no fact.",
            "Add `fact:` with the name of the fact that the answer becomes.",
        )
    elif isinstance(name, Word) and name.value not in known:
        findings.add(
            "unknown-fact",
            name.at,
            f"question '{key.value}' asks for an unknown fact '{name.value}'.",
            lambda: did_you_mean(name.value, known),
        )


def _parts(node: Node | None, findings: Findings) -> Iterator[Part]:
    for item in each(node):
        if isinstance(item, Word):
            yield read_part(item, findings)
        elif isinstance(item, Table):
            say = item.get("say")
            if isinstance(say, Word):
                yield read_part(say, findings, read_when(item.get("when")))


def _options(node: Node | None, findings: Findings) -> Iterator[Option]:
    if not isinstance(node, Table):
        return
    for key, value in node.entries:
        if isinstance(value, Word):
            yield Option(key.value, read_label(value, findings), key.at)
        elif isinstance(value, Table):
            label = value.get("label")
            yield Option(
                id=key.value,
                label=read_label(label, findings) if isinstance(label, Word) else "",
                at=key.at,
                goes_to=value.text("goes_to") or None,
                sets=read_set(value.get("set")),
                typed=texts(value.get("typed")),
            )


def _rules(node: Node | None, findings: Findings) -> Iterator[Rule]:
    if isinstance(node, Word):
        yield Rule(ALWAYS, node.value, node.at)
        return
    for item in each(node):
        if not isinstance(item, Table):
            continue
        rule = _rule(item)
        if rule is not None:
            yield rule
        elif whole(item):
            findings.add(
                "half-a-rule",
                item.at,
                "this rule is neither `when` with `goes_to` nor `otherwise` alone.",
                "Write {when: {fact: value}, goes_to: step} or {otherwise: step}.",
            )


def _rule(node: Table) -> Rule | None:
    otherwise, goes_to = node.text("otherwise"), node.text("goes_to")
    when = node.get("when")
    if otherwise and not (goes_to or when):
        return Rule(ALWAYS, otherwise, node.at)
    if goes_to and when and not otherwise:
        return Rule(read_when(when), goes_to, node.at)
    return None


def _also(node: Node | None) -> Iterator[Shown]:
    for item in each(node):
        if isinstance(item, Word):
            yield Shown(item.value, ALWAYS, item.at)
        elif isinstance(item, Table) and item.text("show"):
            yield Shown(item.text("show"), read_when(item.get("when")), item.at)


def read_when(node: Node | None) -> When:
    """Return a condition over facts; without one, it always holds."""
    if not isinstance(node, Table):
        return ALWAYS
    return When(
        tuple(Test(key.value, frozenset(texts(value))) for key, value in node.entries)
    )
