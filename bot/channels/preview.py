"""Conversations in a browser, one a tab, in the form of `chat --json` with labels."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from bot.channels.json_lines import JsonLines
from bot.core.engine.machine import FlowMachine
from bot.core.engine.screen import Screen
from bot.core.hours import WRITE_A_MOMENT, read_moment
from bot.core.person import PersonKey
from bot.frontdesk import FrontDesk

DeskOf = Callable[[FlowMachine, datetime | None], FrontDesk]

MOST_TABS = 50  # each page that is loaded is one; the oldest go
_NAME_BYTES = 16

CLOSED = "This page is too old. Load it again."


@dataclass(frozen=True, slots=True)
class _Tab:
    desk: FrontDesk
    lines: JsonLines


class Preview:
    """Talks with whoever sits before the pages; nothing is kept beyond them."""

    def __init__(self, desk_of: DeskOf) -> None:
        """Begin with no page open. `desk_of` makes a front desk for one of them."""
        self._desk_of = desk_of
        self._tabs: OrderedDict[str, _Tab] = OrderedDict()

    def open(self, machine: FlowMachine, at: str = "") -> dict[str, str]:
        """Begin a conversation; return its `name`, which nobody can guess.

        `at` is the time at which it is held, in the United Kingdom if it does not say
        where; "" for now. What is no time is an `error`.
        """
        try:
            moment = read_moment(at) if at else None
        except ValueError:
            return {"error": f"{at!r} is not a day and a time. {WRITE_A_MOMENT}"}
        name = token_urlsafe(_NAME_BYTES)
        desk = self._desk_of(machine, moment)
        self._tabs[name] = _Tab(desk, JsonLines(machine.flow))
        while len(self._tabs) > MOST_TABS:
            self._tabs.popitem(last=False)
        return {"name": name}

    async def answer(self, name: str, line: bytes) -> dict[str, Any]:
        """Return what `chat --json` answers to a line, and the `labels` of buttons."""
        tab = self._tabs.get(name)
        if tab is None:
            return {"error": CLOSED}
        event = tab.lines.read(line)
        if isinstance(event, str):
            return {"error": event}
        reply = await tab.desk.receive(PersonKey(name.encode()), event)
        return tab.lines.tell(reply) | {"labels": _labels(tab.lines.screen)}


def _labels(screen: Screen | None) -> dict[str, str]:
    if screen is None:
        return {}
    buttons = (*screen.interrupts, *([screen.back] if screen.back else []))
    return {button.id: button.label for button in buttons}
