"""What must hold on every way through a flow, and people we have in mind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.finding import Position
from bot.core.flow import Facts, Part, When
from bot.core.service import Service

OPEN_NOW = "open"  # the one property that the clock decides


@dataclass(frozen=True, slots=True)
class Wanted:
    """Services by name, or any service with these properties.

    By name: all of them. By property: one that has every property, such as
    {"anonymous": "no"}; {"open": "now"} means open at that moment, surely.
    """

    names: tuple[str, ...] = ()
    properties: Mapping[str, str] | None = None

    def fits(self, service: Service, *, is_open: bool) -> bool:
        """Tell whether a service has every property."""
        return all(
            is_open if name == OPEN_NOW else getattr(service, name) == value
            for name, value in (self.properties or {}).items()
        )


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise. It speaks of the places where `when` holds and `unless` does not.

    `after`: right after whatever makes `when` true. `outcomes`: at outcomes only.
    `steps`: at these steps only. `reads`: texts that everybody reads there.
    `route`: the outcome's route. `taps`: every outcome within so many taps.
    """

    says: str
    at: Position
    when: When
    unless: When | None
    after: bool = False
    outcomes: bool = False
    steps: tuple[str, ...] = ()
    shows: Wanted | None = None
    never_shows: Wanted | None = None
    reads: tuple[Part, ...] = ()
    route: str | None = None
    taps: int | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that a person in a journey does: taps, says, or uses an interrupt.

    `stands_at` does nothing: it says where they must be by then.
    """

    tap: str | None = None
    says: str | None = None
    interrupt: str | None = None
    stands_at: str | None = None


@dataclass(frozen=True, slots=True)
class Journey:
    """Somebody: what they answer, what they do then, where they must arrive.

    At a question the answer that `answers` has for its fact is given, once; where it
    has none, the next of `then` is done; when nothing is left, questions are skipped.
    """

    who: str
    at: Position
    answers: Facts
    then: tuple[Deed, ...]
    arrives: str
    shows: tuple[str, ...] = ()
    never_shows: tuple[str, ...] = ()
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class Intent:
    """What a flow is held against: promises, journeys, and the day it is checked."""

    promises: tuple[Promise, ...]
    journeys: tuple[Journey, ...]
    today: date
