"""A conversation as JSON for scripts: one object a line in, exactly one out.

The form is fixed. A line that cannot be taken is answered with an error that says what
could be sent instead, and the conversation stands where it stood.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bot.core.engine.conversation import Event, Interrupted, Said, Started, Tapped
from bot.core.engine.screen import Button, Screen
from bot.core.engine.standing import LEAVE
from bot.core.flow import Facts, Flow
from bot.reply import Receive, Reply

_FORMS = (
    '{"start": true}, {"tap": "an option"}, {"interrupt": "danger"}, {"say": "words"}'
    ' or {"leave": true}'
)


_LEFT: dict[str, Any] = {
    "step": None,
    "kind": "left",
    "text": "",
    "options": [],
    "standing": [],
    "interrupts": [],
    "services": [],
    "route": None,
    "facts": {},
}


class JsonLines:
    """One conversation in lines. `screen` is what is shown, None where nothing is."""

    def __init__(self, flow: Flow, language: str = "") -> None:
        """Begin with nothing shown; a start is in this language."""
        self._language = language
        self._flow = flow
        self.screen: Screen | None = None

    def answers(self, lines: Iterable[bytes], receive: Receive) -> Iterator[str]:
        """Give one line of JSON for each line, as it comes.

        `receive` takes one event to the front desk and waits for it.
        """
        for line in lines:
            event = self.read(line)
            told = (
                {"error": event}
                if isinstance(event, str)
                else self.tell(receive(event))
            )
            yield json.dumps(told, ensure_ascii=False)

    def read(self, line: bytes) -> Event | str:
        """Return what a line says has happened, or the error to answer it with."""
        try:
            event = self._event(json.loads(line.decode()))
        except (ValueError, RecursionError):  # not UTF-8, not JSON, or nested for ever
            return f"This line is not JSON. Send one of {_FORMS}."
        if event is None:
            return f"This is not understood. Send one of {_FORMS}."
        if isinstance(event, Tapped) and self.screen is None:
            return 'Nothing is shown yet. Send {"start": true} first.'
        return event

    def tell(self, reply: Reply) -> dict[str, Any]:
        """Return what is answered, with what is shown from now on."""
        if not reply.offered:
            return {"error": f"That is not offered here. {_offer(reply.screen)}"}
        self.screen = reply.screen
        return self._told(reply)

    def _event(self, sent: object) -> Event | None:
        match sent:
            case {"start": True, **rest} if not rest:
                return Started(self._language)
            case {"tap": str(option), **rest} if not rest:
                return Tapped(option)
            case {"interrupt": str(name), **rest} if not rest:
                return Interrupted(name)
            case {"say": str(text), **rest} if not rest:
                return Said(text)
            case {"leave": True, **rest} if not rest:
                return Interrupted(LEAVE)
        return None

    def _told(self, reply: Reply) -> dict[str, Any]:
        screen = reply.screen
        if screen is None:
            return _LEFT | {"interrupt": reply.interrupt}
        return {
            "step": screen.step,
            "kind": screen.kind,
            "text": screen.text,
            "options": [_option(button) for button in screen.options],
            "standing": [screen.back.id] if screen.back else [],
            "interrupts": _ids(screen.interrupts),
            "services": list(screen.services),
            "route": screen.route,
            "facts": self._plain(reply.facts),
            "interrupt": reply.interrupt,
        }

    def _plain(self, facts: Facts) -> dict[str, str | list[str]]:
        known = self._flow.facts
        return {
            name: list(answer) if known[name].any_of else answer[0]
            for name, answer in facts.items()
        }


def _option(button: Button) -> dict[str, Any]:
    ticked = {} if button.ticked is None else {"ticked": button.ticked}
    return {"id": button.id, "label": button.label, **ticked}


def _ids(buttons: Iterable[Button]) -> list[str]:
    return [button.id for button in buttons]


def _offer(screen: Screen | None) -> str:
    if screen is None:
        return 'Send {"start": true}.'
    taps = _ids([*screen.options, *([screen.back] if screen.back else [])])
    interrupts = _ids(screen.interrupts)
    return f"Tap one of {', '.join(taps)}; or interrupt with {', '.join(interrupts)}."
