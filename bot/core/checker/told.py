"""Events as the lines that show them again in `waymark chat --json`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from bot.core.engine.conversation import Event, Interrupted, Said, Started, Tapped


def told(events: Iterable[Event], moment: datetime | None = None) -> tuple[str, ...]:
    """Return one line an event, after the command when the moment matters."""
    command = f" --at {moment:%Y-%m-%dT%H:%M}" if moment else ""
    return (f"waymark chat --json{command}", *(_line(event) for event in events))


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
