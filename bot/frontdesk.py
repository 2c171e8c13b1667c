"""One turn, from outside to outside: load, decide, keep, and hand back what to show.

A turn is kept before its reply is handed back, so that a process that dies in between
leaves the person where the next tap shows the right screen (fault M01).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from secrets import token_hex
from typing import Any

from bot.core.counting.contribution import (
    Contribution,
    Noted,
    contribution,
    follow,
    noted_of,
)
from bot.core.engine.conversation import Conversation, Event, from_plain, to_plain
from bot.core.engine.emergency import emergency_screen
from bot.core.engine.machine import FlowMachine
from bot.core.engine.screen import Moment, Screen
from bot.core.engine.turn import Decision, Turn, decide, screen_of, take_turn
from bot.core.errors import Unreadable
from bot.core.flow import Facts
from bot.core.person import PersonKey
from bot.stores.base import Kept, Record, Store
from bot.tally import Tally

Clock = Callable[[], datetime]
Notes = Mapping[str, Any]

COUNTING = "counting"  # in a record: what is noted of someone who agreed to be counted

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a channel is to do: show a screen, or (`left`) clear all it can.

    `notes` are the channel's own, as it last left them with `remember`. `screen` is
    None after a quick exit, and for a repeated update of someone who is forgotten: then
    there is nothing to do, unless `left`.
    `offered` is false when the event was a tap that is not offered (any more): the
    screen is then the current one, again. `language` is what they read in before.
    """

    screen: Screen | None
    facts: Facts
    notes: Notes
    interrupt: str | None = None
    left: bool = False
    offered: bool = True
    language: str = ""


class FrontDesk:
    """Takes what happened to a person and returns what they are to be shown."""

    def __init__(
        self,
        machine: FlowMachine,
        store: Store,
        clock: Clock,
        forget_after: timedelta = timedelta(minutes=60),
        tally: Tally | None = None,
    ) -> None:
        """Serve one flow out of one store. `clock` returns the time, aware.

        `tally` adds up whoever agrees to be counted; None: nobody is counted.
        """
        self._tally = tally
        self.machine = machine
        self._store = store
        self._clock = clock
        self._forget_after = forget_after

    @property
    def forget_after(self) -> timedelta:
        """How long after their last turn someone is forgotten."""
        return self._forget_after

    async def receive(
        self, person: PersonKey, event: Event, receipt: str | None = None
    ) -> Reply:
        """Do one turn. `receipt` names the update, so that it counts once.

        Never raises: where anything fails, the reply is the built-in screen with 999,
        or `left` for whoever leaves. The log has the kind of error and a reference,
        nothing of the person.
        """

        def work(kept: Kept) -> tuple[Record | None, tuple[Reply, Contribution]]:
            notes = kept.record["notes"] if kept.record else {}
            before = _conversation(kept.record)
            turn = self._turn(before, event, repeated=kept.repeated)
            after = turn.decision.conversation
            counting, added = self._followed(kept, before, event, turn)
            reply = Reply(
                screen=turn.screen,
                facts=after.here.facts if after else {},
                notes=notes,
                interrupt=turn.decision.interrupt,
                left=turn.decision.interrupt is not None and turn.screen is None,
                offered=turn.decision.offered,
                language=before.language if before else "",
            )
            if after is None:
                return None, (reply, added)
            record = {"conversation": to_plain(after), "notes": notes}
            return {**record, **counting}, (reply, added)

        try:
            reply, added = await self._store.turn(person, receipt, work)
        except Exception as error:  # noqa: BLE001 whatever it is, they are shown 999
            _log_fault(error)
            return self._after_a_fault(event)
        if self._tally:
            self._tally.add(self.machine.flow, added)
        return reply

    async def remember(self, person: PersonKey, notes: Notes) -> None:
        """Keep the channel's notes beside the conversation, if there is still one."""

        def work(kept: Kept) -> tuple[Record | None, None]:
            return ({**kept.record, "notes": notes} if kept.record else None), None

        try:
            await self._store.turn(person, None, work)
        except Exception as error:  # noqa: BLE001 a lost note costs one extra message
            _log_fault(error)

    async def forget(self, person: PersonKey) -> None:
        """Remove all that is kept of someone who can no longer be reached."""
        try:
            await self._store.forget(person)
        except Exception as error:  # noqa: BLE001 it expires by itself a little later
            _log_fault(error)

    def ended(self, record: Record) -> None:
        """Count someone whose time is past and who agreed; `record` was theirs."""
        conversation = _conversation(record)
        if self._tally and conversation:
            flow, noted = self.machine.flow, noted_of(record.get(COUNTING))
            added = contribution(flow, conversation, noted, left=False)
            self._tally.add(flow, added)

    def _followed(
        self, kept: Kept, before: Conversation | None, event: Event, turn: Turn
    ) -> tuple[Record, Contribution]:
        """Return what is noted for counting, as a part of the record; and what counts.

        Nothing of a turn depends on it, and of a repeated update nothing is noted.
        """
        plain = (kept.record or {}).get(COUNTING)
        if not self._tally or kept.repeated:
            return ({COUNTING: plain} if self._tally and plain else {}), {}
        flow = self.machine.flow
        noted, added = follow(flow, noted_of(plain), before, event, turn)
        return ({COUNTING: noted.to_plain()} if noted != Noted() else {}), added

    def _turn(
        self, conversation: Conversation | None, event: Event, *, repeated: bool
    ) -> Turn:
        minutes = ceil(self._forget_after.total_seconds() / 60)
        moment = Moment(self._clock(), minutes)
        if not repeated:
            return take_turn(self.machine, conversation, event, moment)
        # Done before, but perhaps not answered: show where they stand, change nothing.
        if conversation is None:
            # They left or are forgotten: nothing is kept, but danger is answered.
            again = take_turn(self.machine, None, event, moment)
            interrupt = again.decision.interrupt
            screen = again.screen if interrupt else None
            return Turn(Decision(None, interrupt), screen)
        screen = screen_of(self.machine, conversation, moment)
        return Turn(Decision(conversation), screen)

    def _after_a_fault(self, event: Event) -> Reply:
        # Whoever leaves must not be shown a screen that tells. That needs no store.
        with suppress(Exception):  # the flow may be what failed
            decision = decide(self.machine, None, event)
            if decision.conversation is None:
                return Reply(None, {}, {}, decision.interrupt, left=True)
        return Reply(emergency_screen(), {}, {})


def _conversation(record: Record | None) -> Conversation | None:
    if record is None:
        return None
    try:
        return from_plain(record["conversation"])
    except (Unreadable, KeyError):
        return None


def _log_fault(error: Exception) -> None:
    # The class alone: a message or a traceback may hold what someone typed.
    log.error("turn failed: %s (reference %s)", type(error).__name__, token_hex(4))
