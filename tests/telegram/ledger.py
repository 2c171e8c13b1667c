"""What truly happened, in order, told by the stand-in and not by the bot."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from tests.telegram.json_types import Json

Happening = Literal["queued", "handed", "confirmed"]
Way = Literal["http", "in the webhook's answer"]


@dataclass(slots=True)
class Call:
    """One call by the bot; `status` is None while under way, 0 if it got no answer.

    `at` and `ended` are monotonic seconds; `order` counts calls and events together.
    """

    order: int
    at: float
    method: str
    chat_id: int | None
    parameters: Json
    way: Way = "http"
    status: int | None = None
    description: str = ""
    ended: float | None = None

    @property
    def refused(self) -> bool:
        """Whether the bot was told no, or nothing at all."""
        return self.status is not None and self.status != 200


@dataclass(frozen=True, slots=True)
class Event:
    """One moment in the life of an update; `at` is monotonic seconds."""

    order: int
    at: float
    happened: Happening
    update_id: int
    chat_id: int | None


@dataclass(slots=True)
class Ledger:
    """Every call and every update, with time and order. Tests only read it."""

    calls: list[Call] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    last_at: float = 0.0  # when a call other than a poll last began or ended
    _order: int = 0
    _by_chat: dict[int, list[Call]] = field(default_factory=lambda: defaultdict(list))
    _bells: dict[int, asyncio.Event] = field(default_factory=dict)

    def calls_of(self, method: str) -> list[Call]:
        """Give the calls of one method, oldest first."""
        return [call for call in self.calls if call.method == method]

    def calls_for(self, chat_id: int) -> Sequence[Call]:
        """Give the calls about one chat, oldest first, answers to its taps included."""
        return self._by_chat[chat_id]

    def refused(self) -> list[Call]:
        """Give the calls that Telegram refused or did not answer."""
        return [call for call in self.calls if call.refused]

    def handed(self, update_id: int) -> int:
        """Tell how many times an update was handed to the bot."""
        return self._count("handed", update_id)

    def confirmed(self, update_id: int) -> bool:
        """Tell whether the bot has confirmed an update, by offset or with a 200."""
        return self._count("confirmed", update_id) > 0

    def handed_again(self) -> list[int]:
        """Give the ids of the updates that were handed more than once."""
        ids = [event.update_id for event in self.events if event.happened == "handed"]
        return sorted({update_id for update_id in ids if ids.count(update_id) > 1})

    def begins(
        self, method: str, chat_id: int | None, parameters: Json, way: Way
    ) -> Call:
        """Write down a call as it comes in."""
        call = Call(self._next(), time.monotonic(), method, chat_id, parameters, way)
        self.calls.append(call)
        self._stirs(call)
        if chat_id is not None:
            self._by_chat[chat_id].append(call)
        return call

    def ends(self, call: Call, status: int, description: str = "") -> None:
        """Write down how a call was answered, and wake who waits for its chat."""
        call.status, call.description, call.ended = (
            status,
            description,
            time.monotonic(),
        )
        self._stirs(call)
        if call.chat_id is not None:
            self.rings(call.chat_id)

    def notes(self, happened: Happening, update_id: int, chat_id: int | None) -> None:
        """Write down a moment in the life of an update."""
        event = Event(self._next(), time.monotonic(), happened, update_id, chat_id)
        self.events.append(event)

    def rings(self, chat_id: int) -> None:
        """Wake whoever waits for something to end in a chat."""
        if chat_id in self._bells:
            self._bells.pop(chat_id).set()

    async def next_end(self, chat_id: int, within: float) -> None:
        """Wait until something else has ended in a chat, `within` seconds at most."""
        bell = self._bells.setdefault(chat_id, asyncio.Event())
        try:
            async with asyncio.timeout(within):
                await bell.wait()
        except TimeoutError:
            return

    def _count(self, happened: Happening, update_id: int) -> int:
        return sum(
            event.happened == happened and event.update_id == update_id
            for event in self.events
        )

    def _stirs(self, call: Call) -> None:
        if call.method != "getUpdates":
            self.last_at = time.monotonic()

    def _next(self) -> int:
        self._order += 1
        return self._order
