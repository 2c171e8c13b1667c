"""Reads updates in the words of the flow in force, which may change at any time."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from telegram import Bot

from bot.channels.telegram.taps import Told
from bot.channels.telegram.updates import Incoming, Vocabulary, read_update
from bot.core.engine.conversation import Event
from bot.core.engine.leaving import leaves, must_be_answered
from bot.core.engine.machine import FlowMachine
from bot.frontdesk import FrontDesk


class Reader:
    """Knows what the front desk's flow calls things."""

    def __init__(self, front_desk: FrontDesk, bot: Bot) -> None:
        """Read for one front desk, what is sent to one bot."""
        self._front_desk = front_desk
        self._bot = bot
        self._machine: FlowMachine | None = None
        self._words: Vocabulary | None = None

    def read(self, update: Told) -> Incoming | None:
        """Return what happened, or None for whatever we do not act on."""
        forget_after, now = self._front_desk.forget_after, datetime.now(UTC)
        return read_update(update, self._vocabulary(), now, forget_after)

    def leaves(self, update: Told) -> bool:
        """Tell whether an update is a quick exit, in any language."""
        event = self._event(update)
        return event is not None and leaves(self._front_desk.machine, event)

    def is_urgent(self, update: Told) -> bool:
        """Tell whether it is a start, or says that someone may be in danger."""
        event = self._event(update)
        return event is not None and must_be_answered(self._front_desk.machine, event)

    def _event(self, update: Told) -> Event | None:
        with suppress(Exception):  # whoever serves it meets it too, and shows 999 (B18)
            incoming = self.read(update)
            return incoming.event if incoming else None
        return None

    def _vocabulary(self) -> Vocabulary:
        machine = self._front_desk.machine
        if self._words is None or machine is not self._machine:
            self._machine, interrupts = machine, machine.flow.interrupts
            self._words = Vocabulary(
                version=machine.flow.version,
                interrupts=frozenset(e.name for e in interrupts),
                commands={
                    each.command: each.name for each in interrupts if each.command
                },
                bot=self._bot.username,
            )
        return self._words
