"""What the bot would make of typed words at an ordinary question, for people to see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.danger.signs import (
    CANNOT_SPEAK,
    DANGER,
    SUICIDE,
    SUICIDE_SOMEONE,
    UNCLEAR,
)
from bot.core.engine.hearing import waits_for
from bot.core.flow import Flow

NOTHING = "repeats_question"  # with the 999 line above it

# What is done for whom. A sign that the flow does not wait for does nothing.
DOES = {
    DANGER: "shows_999",
    SUICIDE: "shows_suicide_help",
    SUICIDE_SOMEONE: "shows_suicide_help",
    CANNOT_SPEAK: "cannot_speak",
    "leave": "leaves",
    "restart": "restarts",
    "anonymous": "shows_crimestoppers",
    "police": "shows_101",
    "own_behaviour": "shows_own_behaviour_help",
    "child": "shows_child_help",
    "worried": "helps_friend",
    UNCLEAR: "asks_danger",
}


@dataclass(frozen=True, slots=True)
class Understanding:
    """Signs in the order in which they are answered, what is done, and because of what.

    `does` is one of DOES, or NOTHING. `because` has the words that made each sign so.
    """

    signs: tuple[str, ...]
    does: str
    because: Mapping[str, tuple[str, ...]]


def understanding(flow: Flow, text: str) -> Understanding:
    """Return what is made of a text where no button of the step has its words."""
    understood = flow.recogniser.understand(text)
    return Understanding(
        understood.signs, _does(flow, understood.signs), understood.because
    )


def does(flow: Flow, text: str) -> str:
    """Return what is done about a text, without the reason; quicker."""
    return _does(flow, flow.recogniser.signs(text))


def _does(flow: Flow, signs: tuple[str, ...]) -> str:
    waited_for = (sign for sign in signs if waits_for(flow, sign))
    return next((DOES[sign] for sign in waited_for if sign in DOES), NOTHING)
