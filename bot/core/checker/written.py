"""All that an author has written for people to read, text by text, with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.core.finding import Position
from bot.core.flow import AnyStep, Flow, Part
from bot.core.service import Service

NUMBER = "0"  # stands for a name in braces: a number is read as one short word


@dataclass(frozen=True, slots=True)
class Written:
    """One text. `where` names it in findings, as "step 'welcome'"."""

    where: str
    at: Position
    text: str


def everything_written(flow: Flow) -> Iterator[Written]:
    """Give every text, button and standing word of a flow, and its services' lines."""
    yield from written_in_words(flow)
    for interrupt in flow.interrupts:
        if interrupt.button:
            where = f"the button of '{interrupt.name}'"
            yield Written(where, interrupt.at, interrupt.button)
    for step in flow.steps.values():
        yield from written_in_step(step)
    for service in flow.services.values():
        yield from written_about(service)


def written_in_words(flow: Flow) -> Iterator[Written]:
    """Give the standing words of a flow."""
    for name, part in flow.words.items():
        yield Written(f"the words '{name}'", part.at, plain(part))


def written_in_step(step: AnyStep) -> Iterator[Written]:
    """Give the texts of a step, whenever they are shown, and then its buttons."""
    for part in step.says:
        yield Written(f"step '{step.id}'", part.at, plain(part))
    for option in step.options:
        yield Written(f"the button '{option.id}'", option.at, option.label)


def written_about(service: Service) -> Iterator[Written]:
    """Give the lines that tell what a service is for, and how to use it."""
    for text in (service.whom, service.how):
        if text:
            yield Written(f"service '{service.id}'", service.at, text)


def plain(part: Part) -> str:
    """Return a text with a short number for each name in braces."""
    return "".join(
        piece if isinstance(piece, str) else NUMBER for piece in part.pieces
    ).strip()


def names_of(services: Iterable[Service]) -> tuple[str, ...]:
    """Return the names of services, whole and without what follows a comma.

    The longest come first, so that "Victim Support Scotland" is found before its start.
    """
    names = {
        name for service in services for name in (service.name, short(service.name))
    }
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def short(name: str) -> str:
    """Return the part of a name that people say: what stands before a comma."""
    return name.partition(",")[0]
