"""Every button also works as typed text: words to the tap that they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.core.danger.folding import fold
from bot.core.engine.conversation import Chose, Interrupted, Tapped
from bot.core.engine.directory import language_name
from bot.core.engine.standing import standing
from bot.core.flow import AnyStep, Flow

Meant = Tapped | Interrupted | Chose


@dataclass(frozen=True, slots=True)
class TypedTaps:
    """Folded words to the taps they stand for, at one step.

    `labels` are the whole words of a button: whoever types just those means the button,
    whatever the words sound like. `others` are looked at after the signs of danger.
    """

    labels: Mapping[str, Meant]
    others: Mapping[str, Meant]


def typed_taps(flow: Flow, step: AnyStep, languages: Iterable[Flow] = ()) -> TypedTaps:
    """Return the typed words of a step.

    An option's words come before the standing ones, so that an author may give "back" a
    meaning of its own at a step. `languages`: the flow in the other languages on offer;
    their names may be typed at every step.
    """
    labels: dict[str, Meant] = {}
    others: dict[str, Meant] = {}
    for option in step.options:
        labels.setdefault(plain_words(option.label), Tapped(option.id))
        for words in (option.id.replace("_", " "), *option.typed):
            others.setdefault(plain_words(words), Tapped(option.id))
    for name in standing(step):
        labels.setdefault(plain_words(flow.words[name].plain), Tapped(name))
        for words in (name, *_said_for(flow, name)):
            others.setdefault(plain_words(words), Tapped(name))
    for interrupt in flow.interrupts:
        fires = Interrupted(interrupt.name)
        if interrupt.button:
            labels.setdefault(plain_words(interrupt.button), fires)
        if interrupt.command:
            others.setdefault(plain_words(interrupt.command), fires)
    names = {plain_words(language_name(each)): each.language for each in languages}
    labels = {name: Chose(language) for name, language in names.items()} | labels
    for meant in (labels, others):
        meant.pop("", None)  # whoever types "?" or an emoji alone means no button
    return TypedTaps(labels, others)


def plain_words(text: str) -> str:
    """Fold a text and leave out emoji, which nobody types back from a button."""
    return " ".join(word for word in fold(text).split() if _is_said(word))


def _is_said(word: str) -> bool:
    return any(character.isalnum() for character in word)


def _said_for(flow: Flow, name: str) -> list[str]:
    """Return the other words that people type for a standing button."""
    part = flow.words.get(f"{name}_typed")
    return part.plain.split(",") if part else []
