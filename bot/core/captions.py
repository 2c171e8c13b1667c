"""The few words by which a picture names a step, a way, a route and an interrupt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.flow import (
    NONE,
    UNKNOWN,
    AnyStep,
    Flow,
    Interrupt,
    Option,
    Outcome,
    Part,
    Question,
    Rule,
    Test,
    When,
)

LISTED = 3  # values of a condition that are named; with more of them, two and a count
SAID = 90  # characters of what a step says: two lines of a box

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


def saying(flow: Flow, step: AnyStep) -> str:
    """Return what a question asks, or the first thing that another step says."""
    always = [part for part in step.says if not part.when.tests] or step.says
    sentences = [_sentences(flow, part) for part in always]
    if isinstance(step, Question):
        for first, *_ in reversed(sentences):
            if first.endswith("?"):
                return shortened(first, SAID)
    return shortened(_first_told(sentences[0]), SAID) if sentences else ""


def route_names(flow: Flow, outcome: Outcome) -> tuple[str, str]:
    """Return the name and the main contact of the service that an outcome routes to."""
    service = flow.services.get(outcome.route)
    return (service.name, service.main) if service else (outcome.route, "")


def ways(flow: Flow, step: AnyStep) -> Iterator[tuple[str, str]]:
    """Give each way on from a step: the step it leads to, and what is tapped or true.

    An option that leads nowhere, in a step without rules, returns from an interrupt: it
    is no way.
    """
    for option in step.options:
        if option.goes_to:
            yield option.goes_to, option.label
    for rule in step.rules:
        yield rule.goes_to, _rule_words(flow, step, rule)


def set_off_by(interrupt: Interrupt) -> str:
    """Return what sets an interrupt off: its button, its command, its signs."""
    means = [
        *([f"button “{interrupt.button}”"] if interrupt.button else []),
        *([f"/{interrupt.command}"] if interrupt.command else []),
        *(["words that mean: " + _listed(interrupt.signs)] if interrupt.signs else []),
    ]
    return "; ".join(means)


def plain(name: str) -> str:
    """Return an author's name as words."""
    return name.replace("_", " ")


def shortened(text: str, limit: int) -> str:
    """Return the text, cut between two words where it has more characters than that."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _sentences(flow: Flow, part: Part) -> list[str]:
    text = "".join(
        piece if isinstance(piece, str) else _contact(flow, piece.name, piece.field)
        for piece in part.pieces
    )
    return _SENTENCE_END.split(text.strip())


def _first_told(sentences: list[str]) -> str:
    """Return the first sentence, and what follows it where it only asks."""
    told = next((i for i, said in enumerate(sentences) if not said.endswith("?")), 0)
    return " ".join(sentences[: told + 1])


def _contact(flow: Flow, name: str, field: str | None) -> str:
    service = flow.services.get(name)
    if service is None:
        return f"{{{name}}}"
    return service.contacts.get(field, name) if field else service.main


def _rule_words(flow: Flow, step: AnyStep, rule: Rule) -> str:
    tapped = [option.label for option in step.options if not option.goes_to]
    if isinstance(step, Question):
        if rule.when.tests:
            return _condition(flow, step, rule.when)
        if len(step.rules) == 1:
            leads_elsewhere = len(tapped) < len(step.options)
            return "any other answer" if leads_elsewhere else "any answer"
        return ", or ".join([*_never_named(step), "otherwise"])
    condition = _condition(flow, step, rule.when) if rule.when.tests else "otherwise"
    if not rule.when.tests and len(step.rules) == 1:
        condition = ""
    return "; ".join(filter(None, [" / ".join(tapped), condition]))


def _never_named(question: Question) -> list[str]:
    """Return the one option that only "otherwise" can mean, where there is just one."""
    tests = [rule.when.tests for rule in question.rules if rule.when.tests]
    if not all(any(_is_own(question, test) for test in each) for each in tests):
        return []
    named = {
        value
        for each in tests
        for test in each
        if _is_own(question, test)
        for value in test.values
    }
    rest = [option.label for option in _answers(question) if option.id not in named]
    return rest if len(rest) == 1 else []


def _answers(question: Question) -> list[Option]:
    return [option for option in question.options if not option.goes_to]


def _is_own(step: AnyStep, test: Test) -> bool:
    return isinstance(step, Question) and test.fact == step.fact.name


def _condition(flow: Flow, step: AnyStep, when: When) -> str:
    return ", and ".join(_test_words(flow, step, test) for test in when.tests)


def _test_words(flow: Flow, step: AnyStep, test: Test) -> str:
    order = (*flow.facts[test.fact].values, NONE, UNKNOWN)
    values = [value for value in order if value in test.values]
    if not _is_own(step, test):
        return f"{plain(test.fact)}: {_listed(values)}"
    options = {option.id: option.label for option in step.options}
    return _listed([options.get(value, value) for value in values])


def _listed(names: list[str] | tuple[str, ...]) -> str:
    said = ["not answered" if name == UNKNOWN else plain(name) for name in names]
    if len(said) > LISTED:
        return f"{said[0]}, {said[1]} or {len(said) - 2} more"
    return ", ".join(said[:-1]) + " or " + said[-1] if len(said) > 1 else said[0]
