"""Where someone is, what is kept, and what can happen: plain values, nothing else.

A place is what a promise speaks of: the step, the facts, the ticks so far, and where an
interrupt returns to. A conversation is a place and the trail of places that lead to it,
so that "back" gives the earlier place exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.core.errors import Unreadable
from bot.core.flow import Facts

MAX_TRAIL = 60  # three times the longest way through the shipped flow


@dataclass(frozen=True, slots=True)
class Started:
    """The person asks to begin, or to begin again.

    `language` is what their device speaks, where the channel knows: the conversation
    begins in it if it is on offer. What they chose before is no part of it: a start
    shows the same to whoever holds the device.
    """

    language: str = ""


@dataclass(frozen=True, slots=True)
class Chose:
    """The person chose to read on in a language."""

    language: str


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button was tapped: an option, or `back`, `skip`, `done`.

    `step` is the step whose screen the button stood on; None: whatever is shown now.
    `on` says for a tick whether it is being set or taken away; None: the other of what
    it is, for channels that have no old buttons. `stale`: the screen is of an earlier
    version of the flow, or so old that the tap may have waited; it is no answer, but
    what it says of danger is still heard.
    """

    option: str
    step: str | None = None
    on: bool | None = None
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A button or command of an interrupt was used, on whatever screen, however old."""

    interrupt: str


@dataclass(frozen=True, slots=True)
class Said:
    """Words were typed. They are read once and never kept.

    `before`: what the same person typed within the last seconds, oldest first, so that
    "he" "is" "outside" is read as one. `edited`: earlier words were changed; they count
    where they tell of danger, and are never an answer. `stale`: they were written
    before the present screen was shown, or have waited too long; they are no answer to
    it, but whatever else they tell is still heard.
    """

    text: str
    before: tuple[str, ...] = ()
    edited: bool = False
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """Something came that cannot be read: a picture, a voice message, a forward."""


Event = Started | Chose | Tapped | Interrupted | Said | Unread


@dataclass(frozen=True, slots=True)
class Place:
    """Step, facts, ticks so far; `returns`: the place on the trail to come back to."""

    step: str
    facts: Facts = field(default_factory=dict)
    ticked: tuple[str, ...] = ()
    returns: int | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """One person's way through one version of one flow.

    `misses` counts typed messages in a row that fitted nothing. `language` is empty
    where it is the flow's own. `asked`: when unclear words were last answered with the
    safety question, in seconds since 1970.
    """

    flow: str
    version: str
    here: Place
    trail: tuple[Place, ...] = ()
    misses: int = 0
    language: str = ""
    asked: int | None = None

    def move(self, place: Place) -> Conversation:
        """Go on to a place, and remember the way back."""
        trail = (*self.trail, self.here)
        if len(trail) > MAX_TRAIL:
            dropped = 1 if place.returns == 0 else 0  # never the place to return to
            trail = tuple(_without(dropped, earlier) for earlier in trail)
            trail = trail[:dropped] + trail[dropped + 1 :]
            place = _without(dropped, place)
        return self.at(place, trail)

    def back(self) -> Conversation:
        """Return to the place before, exactly as it was."""
        return self.at(self.trail[-1], self.trail[:-1])

    def resume(self) -> Conversation:
        """Return to where an interrupt came from, exactly as it was."""
        returns = self.here.returns
        if returns is None:
            return self
        return self.at(self.trail[returns], self.trail[:returns])

    def at(self, here: Place, trail: tuple[Place, ...]) -> Conversation:
        """Be somewhere, with all else as it is and nothing missed.

        Built by hand, for `replace` looks through all fields first, and a proof comes
        through here half a million times.
        """
        return Conversation(
            *(self.flow, self.version, here, trail),
            language=self.language,
            asked=self.asked,
        )


def _without(dropped: int, place: Place) -> Place:
    """Return a place as it is once the trail has lost one place."""
    if place.returns is None or place.returns < dropped:
        return place
    returns = None if place.returns == dropped else place.returns - 1
    return replace(place, returns=returns)


def to_plain(conversation: Conversation) -> dict[str, Any]:
    """Return what a store keeps: text, lists, numbers and tables only."""
    return {
        "flow": conversation.flow,
        "version": conversation.version,
        "here": _place_to_plain(conversation.here),
        "trail": [_place_to_plain(place) for place in conversation.trail],
        "misses": conversation.misses,
        "language": conversation.language,
        "asked": conversation.asked,
    }


def from_plain(plain: Mapping[str, Any]) -> Conversation:
    """Return the conversation that a store kept.

    Raises Unreadable where it is not one that `to_plain` gave.
    """
    try:
        return Conversation(
            flow=plain["flow"],
            version=plain["version"],
            here=_place_from_plain(plain["here"]),
            trail=tuple(_place_from_plain(place) for place in plain["trail"]),
            misses=plain["misses"],
            language=plain.get("language", ""),  # what is older has none,
            asked=plain.get("asked"),  # nor this
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        message = "a stored conversation has another form than this version reads"
        raise Unreadable(message) from error


def _place_to_plain(place: Place) -> list[Any]:
    facts = {fact: list(answer) for fact, answer in place.facts.items()}
    return [place.step, facts, list(place.ticked), place.returns]


def _place_from_plain(plain: list[Any]) -> Place:
    step, facts, ticked, returns = plain
    return Place(
        step=step,
        facts={fact: tuple(answer) for fact, answer in facts.items()},
        ticked=tuple(ticked),
        returns=returns,
    )
