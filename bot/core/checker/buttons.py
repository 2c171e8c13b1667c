"""Buttons must be told apart: by their names, and by the words people type for them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.engine.languages import LANGUAGE
from bot.core.engine.standing import STANDING, standing
from bot.core.engine.typed import plain_words
from bot.core.finding import Findings
from bot.core.flow import AnyStep, Flow, Option

RESERVED = (*STANDING, "restart", "language")


def check_buttons(flow: Flow, findings: Findings) -> None:
    """Find options that nobody could tell from another button of the same screen."""
    taken = {*RESERVED, *(interrupt.name for interrupt in flow.interrupts)}
    labels = {plain_words(said): name for name, said in standing_labels(flow).items()}
    for step in flow.steps.values():
        for option in step.options:
            if option.id in taken or option.id.startswith(LANGUAGE):
                findings.add(
                    "reserved-name",
                    option.at,
                    f"'{option.id}' is the name of a button that any screen may have.",
                    "Give the option another name.",
                )
        _said_alike(step, labels, findings)


def standing_labels(flow: Flow) -> Mapping[str, str]:
    """Return the words of back, skip, done and of the interrupts, by name."""
    labels = {name: part.plain for name, part in flow.words.items() if name in STANDING}
    return labels | {i.name: i.button for i in flow.interrupts if i.button}


def _said_alike(step: AnyStep, labels: Mapping[str, str], findings: Findings) -> None:
    """Find words for two buttons. `labels`: of those that any screen may have."""
    absent = set(STANDING) - set(standing(step))
    taken: dict[str, str] = {}

    def twin_of(words: str, option: Option) -> str | None:
        said = plain_words(words)
        if not said:
            return None
        if labels.get(said, option.id) not in {option.id, *absent}:
            return labels[said]
        owner = taken.setdefault(said, option.id)
        return owner if owner != option.id else None

    for option in step.options:
        twin = twin_of(option.label, option)
        if twin:
            findings.add(
                "same-label",
                option.at,
                f"'{twin}' and '{option.id}' have the same words.",
                "Whoever types them could not be understood: tell them apart.",
            )
    for option in step.options:
        for words in option.typed:
            twin = twin_of(words, option)
            if twin:
                findings.add(
                    "same-words",
                    option.at,
                    f"whoever types '{words}' could mean '{option.id}' or '{twin}'.",
                    f"Take it out of `typed`, or out of '{twin}'.",
                )
