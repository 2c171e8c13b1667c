"""People who walk through a bot, whichever it is, by tapping what it shows."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

# Buttons that would end a walk, or lead it round in circles.
_NOT_TAPPED = re.compile(r":(danger|leave|back|restart|language\w*)(:|$)")
_TURNS = 9  # of one person, the start among them; then somebody else comes

Hand = Callable[[str], None]
"""Takes the rest of an update, without its number, as JSON."""

Later = Callable[[Callable[[], None]], None]
"""Does something as soon as the bot can have heard that its call was taken."""


def is_tapped(data: str) -> bool:
    """Tell whether a button neither ends a walk nor leads it round in circles."""
    return not _NOT_TAPPED.search(data)


@dataclass(slots=True)
class Window:
    """What is counted between two moments: the seconds that each turn took."""

    began: float = field(default_factory=time.perf_counter)
    took: list[float] = field(default_factory=list)


@dataclass(slots=True)
class _Person:
    chat: int
    turns: int = 0
    since: float | None = None  # when they wrote or tapped; None: they are answered


class People:
    """So many people at once, each with one turn in flight at any time."""

    def __init__(
        self,
        at_once: int,
        chats: Iterator[int],
        messages: Iterator[int],
        hand: Hand,
        later: Later,
    ) -> None:
        """Prepare; nobody comes before `begin`. Both iterators give new numbers."""
        self._at_once = at_once
        self._chats, self._messages = chats, messages
        self._hand = hand
        self._later = later
        self._chance = Random(7)  # noqa: S311 - the same walks every time
        self._people: dict[int, _Person] = {}
        self.window = Window()
        self.all_began = asyncio.Event()  # whoever came first has been answered once
        self._answered = 0

    @property
    def waiting(self) -> int:
        """How many have written or tapped, and are not answered yet."""
        return sum(person.since is not None for person in self._people.values())

    def begin(self) -> None:
        """Let the first ones come."""
        for _ in range(self._at_once):
            self._comes()

    def leave(self) -> None:
        """Let everybody go; what is still shown to them is not counted."""
        self._people.clear()

    def are_shown(self, message: int, call: Mapping[str, Any]) -> None:
        """Count a turn, and let whoever is shown this go on."""
        person = self._people.get(int(call["chat_id"]))
        if person is None or person.since is None:
            return
        self.window.took.append(time.perf_counter() - person.since)
        person.turns, person.since = person.turns + 1, None
        self._answered += 1
        if self._answered >= self._at_once:
            self.all_began.set()
        given = call.get("reply_markup") or "{}"
        keyboard = json.loads(given) if isinstance(given, str) else given
        offered = [
            button["callback_data"]
            for row in keyboard.get("inline_keyboard", ())
            for button in row
            if is_tapped(button["callback_data"])
        ]
        if offered and person.turns < _TURNS:
            tapped = self._chance.choice(offered)
            shown = {"text": call["text"], "reply_markup": keyboard}
            self._later(lambda: self._taps(person, message, tapped, shown))
        else:
            del self._people[person.chat]
            self._later(self._comes)

    def _comes(self) -> None:
        person = _Person(next(self._chats))
        self._people[person.chat] = person
        start = [{"type": "bot_command", "offset": 0, "length": len("/start")}]
        content = {"from": _user(person), "text": "/start", "entities": start}
        message = _message(person, next(self._messages), content)
        self._writes(person, {"message": message})

    def _taps(
        self, person: _Person, message: int, data: str, shown: Mapping[str, Any]
    ) -> None:
        if person.chat not in self._people:
            return
        query = {
            "id": str(next(self._messages)),
            "from": _user(person),
            "message": _message(person, message, shown),
            "chat_instance": str(person.chat),
            "data": data,
        }
        self._writes(person, {"callback_query": query})

    def _writes(self, person: _Person, update: Mapping[str, Any]) -> None:
        person.since = time.perf_counter()
        self._hand(json.dumps(update)[1:])


def _user(person: _Person) -> dict[str, Any]:
    names = {"first_name": "Someone", "language_code": "en"}
    return {"id": person.chat, "is_bot": False, **names}


def _message(
    person: _Person, number: int, content: Mapping[str, Any]
) -> dict[str, Any]:
    chat = {"id": person.chat, "type": "private", "first_name": "Someone"}
    now = int(time.time())
    return {"message_id": number, "chat": chat, "date": now, **content}
