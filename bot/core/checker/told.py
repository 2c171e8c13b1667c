"""Events as the lines that show them again, or as a journey for journeys.yaml."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from bot.core.engine.conversation import (
    Event,
    Interrupted,
    Said,
    Started,
    Tapped,
)
from bot.core.engine.languages import LANGUAGE


def told(events: Iterable[Event], moment: datetime | None = None) -> tuple[str, ...]:
    """Return one line an event, after the command when the moment matters."""
    command = f" --at {moment:%Y-%m-%dT%H:%M}" if moment else ""
    return (f"waymark chat --json{command}", *(_line(event) for event in events))


def as_journey(events: Iterable[Event], arrives: str) -> str:
    """Return what was done as a journey to paste into journeys.yaml."""
    deeds = [deed for event in events if (deed := _deed(event))]
    return (
        "- who: (say in a sentence who this is)\n"
        f"  then: [{', '.join(deeds)}]\n"
        f"  arrives: {arrives}\n"
    )


def _deed(event: Event) -> str:
    match event:
        case Tapped(option):  # a journey is the same in every language
            return "" if option.startswith(LANGUAGE) else option
        case Interrupted(name):
            return f"{{interrupt: {name}}}"
        case Said(text):
            return f"{{says: {json.dumps(text, ensure_ascii=False)}}}"
        case _:
            return ""


def _line(event: Event) -> str:
    match event:
        case Started():
            return json.dumps({"start": True})
        case Tapped(option):
            return json.dumps({"tap": option})
        case Interrupted(name):
            return json.dumps({"interrupt": name})
        case Said(text):
            return json.dumps({"say": text}, ensure_ascii=False)
        case _:
            return json.dumps({"unread": True})
