"""What a test can order Telegram to do wrong, and to whom."""

import asyncio
import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from http import HTTPStatus
from typing import Any

from tests.telegram.json_types import OTHER_POLLER, Json, Refusal

When = Callable[[Json], bool]


def flood(retry_after: int) -> Refusal:
    """Refuse with 429; `retry_after` in seconds."""
    says = f"Too Many Requests: retry after {retry_after}"
    return Refusal(429, says, {"retry_after": retry_after})


def _about_a_chat(parameters: Json) -> bool:
    # Polling and answering taps are not under the limit of messages.
    return "chat_id" in parameters


class Fault(Enum):
    """The kinds of wrong: what happens to a call."""

    REFUSED = auto()
    HELD = auto()  # looked at later
    CUT_OFF = auto()  # the connection is reset in the middle of the answer
    UNANSWERED = auto()  # accepted, and then nothing
    GARBLED = auto()  # an answer that is not JSON


@dataclass(slots=True)
class Order:
    """One order: which calls it is for, what happens to them, how often or how long."""

    fault: Fault
    method: str
    chat: int | None
    times: int | None
    when: When | None = None
    refusal: Refusal | None = None
    seconds: float = 0  # how long a call is held, or how long refusals go on
    released: asyncio.Event | None = None  # ends the holding, where no time does
    did_it: bool = False  # whether the call took effect although its answer was lost
    ends: float | None = None

    def takes(self, method: str, chat: int | None, parameters: Json) -> bool:
        """Tell whether a call falls under this order, and count it if so."""
        wanted = self.method in {"*", method} and self.chat in {None, chat}
        wanted = (
            wanted and self.times != 0 and (self.when is None or self.when(parameters))
        )
        if not wanted or self._is_over():
            return False
        self.times = None if self.times is None else self.times - 1
        return True

    async def holds(self, gone: asyncio.Future[None]) -> None:
        """Wait for as long as the order says, or until the caller is `gone`."""
        if self.released is None:
            await asyncio.wait({gone}, timeout=self.seconds)
            return
        over = asyncio.create_task(self.released.wait())
        either: set[asyncio.Future[Any]] = {gone, over}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        over.cancel()

    def refused(self) -> Refusal:
        """Give the refusal as it reads now: a flood's wait grows shorter."""
        refusal = self.refusal or Refusal(500, "Internal Server Error")
        if "retry_after" not in refusal.parameters or self.ends is None:
            return refusal
        return flood(max(1, math.ceil(self.ends - time.monotonic())))

    def _is_over(self) -> bool:
        if self.fault is not Fault.REFUSED or not self.seconds:
            return False
        self.ends = self.ends or time.monotonic() + self.seconds
        return time.monotonic() >= self.ends


@dataclass(slots=True)
class Misbehaviour:
    """Orders for later calls: how Telegram is to treat them.

    `times` is how many calls, None for as long as the test lasts. `method` "*" means
    every method, `chat` narrows an order to one chat, `when` looks at the parameters.
    `did_it` says that the call takes effect although its answer is lost.
    """

    orders: list[Order] = field(default_factory=list)

    def refuses(  # noqa: PLR0913 - each says one thing about the refusal
        self,
        method: str = "*",
        description: str = "",
        *,
        code: int = 400,
        chat: int | None = None,
        times: int | None = 1,
        when: When | None = None,
        parameters: Json | None = None,
    ) -> None:
        """Refuse calls; `parameters` go along, such as migrate_to_chat_id."""
        says = HTTPStatus(code).phrase + (f": {description}" if description else "")
        refusal = Refusal(code, says, parameters)
        self._add(Order(Fault.REFUSED, method, chat, times, when, refusal))

    def floods(
        self, retry_after: int, method: str = "*", *, chat: int | None = None
    ) -> None:
        """Answer 429 from the first call about a chat, for `retry_after` seconds."""
        order = Order(
            Fault.REFUSED, method, chat, None, _about_a_chat, flood(retry_after)
        )
        order.seconds = retry_after
        self._add(order)

    def limits(self, most: int, seconds: float, retry_after: int = 1) -> None:
        """Answer 429 to what is more than so many texts of the bot in so many seconds.

        So Telegram does: about 30 in a second, to all chats together.
        """
        passed = deque[float](maxlen=most)

        def is_too_many(given: Json) -> bool:
            if "text" not in given:
                return False
            now = time.monotonic()
            if len(passed) == most and passed[0] > now - seconds:
                return True
            passed.append(now)
            return False

        refusal = flood(retry_after)
        self._add(Order(Fault.REFUSED, "*", None, None, is_too_many, refusal))

    def conflicts(self, seconds: float) -> None:
        """Answer getUpdates with 409, as if another poller ran, for a while."""
        order = Order(Fault.REFUSED, "getUpdates", None, None, refusal=OTHER_POLLER)
        order.seconds = seconds
        self._add(order)

    def slows(
        self,
        method: str = "*",
        *,
        seconds: float,
        chat: int | None = None,
        times: int | None = None,
    ) -> None:
        """Hold calls for some seconds before they are looked at."""
        self._add(Order(Fault.HELD, method, chat, times, seconds=seconds))

    def holds(
        self,
        method: str = "*",
        *,
        chat: int | None = None,
        times: int | None = None,
    ) -> Callable[[], None]:
        """Hold calls until what is returned is called; later ones are not held."""
        order = Order(Fault.HELD, method, chat, times, released=asyncio.Event())
        self._add(order)

        def releases() -> None:
            assert order.released
            order.released.set()

        return releases

    def cuts_off(
        self,
        method: str = "*",
        *,
        chat: int | None = None,
        times: int | None = 1,
        did_it: bool = True,
    ) -> None:
        """Reset the connection in the middle of the answer."""
        self._add(Order(Fault.CUT_OFF, method, chat, times, did_it=did_it))

    def leaves_unanswered(
        self,
        method: str = "*",
        *,
        chat: int | None = None,
        times: int | None = 1,
        did_it: bool = False,
    ) -> None:
        """Accept calls and never answer them."""
        self._add(Order(Fault.UNANSWERED, method, chat, times, did_it=did_it))

    def garbles(
        self,
        method: str = "*",
        *,
        chat: int | None = None,
        times: int | None = 1,
        did_it: bool = False,
    ) -> None:
        """Answer 200 with a page that is not JSON."""
        self._add(Order(Fault.GARBLED, method, chat, times, did_it=did_it))

    def stops(self) -> None:
        """Behave again: forget all orders."""
        self.orders.clear()

    def due(
        self, method: str, chat: int | None, parameters: Json
    ) -> tuple[list[Order], Order | None]:
        """Give the orders to hold a call, and the first other one it falls under."""
        holding = [
            order
            for order in self.orders
            if order.fault is Fault.HELD and order.takes(method, chat, parameters)
        ]
        others = (order for order in self.orders if order.fault is not Fault.HELD)
        return holding, next(
            (o for o in others if o.takes(method, chat, parameters)), None
        )

    def _add(self, order: Order) -> None:
        self.orders.append(order)
