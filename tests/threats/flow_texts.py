"""All that the stalking flow can say, whatever the conditions."""

from __future__ import annotations

from functools import cache

from bot.core.flow import Part, Reference
from tests.walk import shipped


def text_of(part: Part) -> str:
    """Return a text with the names of services in braces, as its author wrote it."""
    return "".join(
        f"{{{piece.name}}}" if isinstance(piece, Reference) else piece
        for piece in part.pieces
    )


@cache
def said_at(step: str) -> str:
    """Return everything that a step can say, with the words of its buttons."""
    found = shipped().flow.steps[step]
    labels = (option.label for option in found.options)
    return "\n".join((*map(text_of, found.says), *labels))


@cache
def said_anywhere() -> str:
    """Return everything that any step or standing line can say."""
    flow = shipped().flow
    return "\n".join((*map(said_at, flow.steps), *map(text_of, flow.words.values())))


def offered_at(step: str) -> set[str]:
    """Return where the buttons of a step lead, as far as they say so themselves."""
    return {option.goes_to or "" for option in shipped().flow.steps[step].options}
