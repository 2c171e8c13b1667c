"""A flow's words in another language: the same steps, never another structure.

Each entry names the English that it translates by a short hash, so that a changed
English sentence is seen. A step, a word, a button or a service is shown in the other
language as a whole or not at all, never sentence by sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from types import MappingProxyType
from typing import Literal

from bot.core.finding import Position
from bot.core.flow import ALWAYS, AnyStep, Direction, Flow, Interrupt, Part, Reference
from bot.core.service import Service

Kind = Literal["words", "interrupts", "steps", "services"]
KINDS: tuple[Kind, ...] = ("words", "interrupts", "steps", "services")
OWN_NAME = "language"  # the standing word that is a language's name on its button
_DIGITS = 6  # of the hash: one in sixteen million, and short enough to copy


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in words: `parts` are texts in order, `labels` short texts by name.

    The same form holds what is translated and what it is translated from.
    """

    kind: Kind
    name: str
    at: Position
    parts: tuple[Part, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    of: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """All its words, a line each, with names in braces as an author writes them."""
        texts = (*map(as_written, self.parts), *self.labels.values())
        return tuple(" ".join(text.split()) for text in texts if text)


@dataclass(frozen=True, slots=True)
class Translation:
    """One file of words. `sections` are the places where entries are missed."""

    language: str
    name: str
    direction: Direction
    entries: Mapping[tuple[Kind, str], Entry]
    sections: Mapping[Kind, Position]
    at: Position
    never_say: tuple[str, ...] = ()
    first_words_never: tuple[str, ...] = ()


def as_written(part: Part) -> str:
    """Return a text as an author writes it."""
    return "".join(
        piece if isinstance(piece, str) else in_braces(piece) for piece in part.pieces
    )


def in_braces(reference: Reference) -> str:
    """Return a name in braces as an author writes it."""
    rest = f".{reference.field}" if reference.field else ""
    return f"{{{reference.name}{rest}}}"


def hash_of(entry: Entry) -> str:
    """Return the short hash of an entry's words, however its lines are broken."""
    return sha256("\n".join(entry.texts).encode()).hexdigest()[:_DIGITS]


def entries_of(flow: Flow) -> Iterator[Entry]:
    """Give all that a translation of this flow has to say."""
    for name, part in flow.words.items():
        if name != OWN_NAME:
            yield Entry("words", name, part.at, (part,))
    for interrupt in flow.interrupts:
        labels = {"button": interrupt.button or "", "menu": interrupt.menu or ""}
        said = {name: text for name, text in labels.items() if text}
        if said:
            yield Entry("interrupts", interrupt.name, interrupt.at, labels=said)
    for step in flow.steps.values():
        labels = {option.id: option.label for option in step.options}
        yield Entry("steps", step.id, step.at, step.says, labels)
    for service in flow.services.values():
        labels = {"name": service.name, "for": service.whom, "how": service.how}
        told = {name: text for name, text in labels.items() if text}
        yield Entry("services", service.id, service.at, labels=told)


def translated(flow: Flow, translation: Translation) -> Flow:
    """Return the same flow in the words of a translation.

    What is missing or stale stays as it is, each step and each service as a whole. What
    is there must have a text for each of the flow's, as the checker sees to.
    """
    fresh = {
        (own.kind, own.name): entry
        for own in entries_of(flow)
        if (entry := translation.entries.get((own.kind, own.name)))
        and entry.of == hash_of(own)
    }
    name = Part((translation.name,), ALWAYS, translation.at)
    words = {
        each: replace(part, pieces=entry.parts[0].pieces, at=entry.at)
        if (entry := fresh.get(("words", each)))
        else part
        for each, part in flow.words.items()
    }
    return replace(
        flow,
        language=translation.language,
        direction=translation.direction,
        words=MappingProxyType({**words, OWN_NAME: name}),
        interrupts=tuple(
            _interrupt(interrupt, fresh.get(("interrupts", interrupt.name)))
            for interrupt in flow.interrupts
        ),
        steps=MappingProxyType(
            {id_: _step(s, fresh.get(("steps", id_))) for id_, s in flow.steps.items()}
        ),
        services=MappingProxyType(
            {
                id_: _service(service, fresh.get(("services", id_)))
                for id_, service in flow.services.items()
            }
        ),
        never_say=translation.never_say,
        first_words_never=translation.first_words_never,
    )


def _interrupt(interrupt: Interrupt, entry: Entry | None) -> Interrupt:
    if entry is None:
        return interrupt
    button, menu = entry.labels.get("button"), entry.labels.get("menu")
    return replace(interrupt, button=button, menu=menu, at=entry.at)


def _step(step: AnyStep, entry: Entry | None) -> AnyStep:
    if entry is None:
        return step
    return replace(
        step,
        at=entry.at,
        says=tuple(
            replace(own, pieces=part.pieces, at=part.at)
            for own, part in zip(step.says, entry.parts, strict=True)
        ),
        options=tuple(
            replace(
                option,
                label=entry.labels[option.id],
                typed=entry.typed.get(option.id, ()),
                at=entry.at,
            )
            for option in step.options
        ),
    )


def _service(service: Service, entry: Entry | None) -> Service:
    if entry is None:
        return service
    return replace(
        service,
        name=entry.labels["name"],
        whom=entry.labels["for"],
        how=entry.labels.get("how", ""),
        at=entry.at,
    )
