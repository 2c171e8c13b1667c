"""One turn, from outside to outside: load, decide, keep, and hand back what to show.

A turn is kept before its reply is handed back, so that a process that dies in between
leaves the person where the next tap shows the right screen (fault M01).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from math import ceil, inf
from time import monotonic

from bot import keeping
from bot.beforehand import read_soon
from bot.core.counting.contribution import Contribution
from bot.core.counting.questions import counting_questions
from bot.core.danger.signs import UNCLEAR
from bot.core.engine.conversation import Conversation, Event, Said
from bot.core.engine.hearing import waits_for
from bot.core.engine.machine import FlowMachine
from bot.core.engine.screen import AS_USUAL, Moment
from bot.core.engine.turn import Decision, Turn, screen_of, take_turn
from bot.core.person import PersonKey
from bot.faults import after_a_fault, log_fault
from bot.in_time import in_time, true_or_told
from bot.recent_words import RecentWords
from bot.reply import Reply, reply_of
from bot.stores.base import Kept, Record, Store
from bot.tally import Plain, Tally

Clock = Callable[[], datetime]
Notes = keeping.Notes
Note = Callable[[Notes], Notes]  # how a channel changes its notes
# Whether someone who wrote had not seen the present screen, by the notes before.
Unseen = Callable[[Notes], bool]

# A turn that was not waited for (B28) is done by the store all the same, and later.
_STORED_WITHIN = 5.0  # seconds

log = logging.getLogger(__name__)


class FrontDesk:
    """Takes what happened to a person and returns what they are to be shown."""

    def __init__(  # noqa: PLR0913 - each is a part that is plugged in
        self,
        machine: FlowMachine,
        store: Store,
        clock: Clock,
        forget_after: timedelta = timedelta(minutes=60),
        on: frozenset[str] = AS_USUAL,
        *,
        recent: RecentWords | None = None,
        tally: Tally | None = None,
    ) -> None:
        """Serve one flow out of one store. `clock` returns the time, aware.

        `on` are the settings that are on, of those that a screen tells of. `recent`
        makes one message of words that come within seconds; `tally` adds up whoever
        agrees to be counted.
        """
        self._on = on
        self.machine = machine
        self._store = store
        self._clock = clock
        self.forget_after = forget_after
        self.recent = recent
        self.tally = tally
        self._failed_at = -inf  # the last turn that did, in monotonic seconds

    @property
    def machine(self) -> FlowMachine:
        """The flow that people are served."""
        return self._machine

    @machine.setter
    def machine(self, machine: FlowMachine) -> None:
        self._machine = machine
        self._reads = False  # what is read once is read, or soon
        # Of the settings that are on, those of which this flow does what they say.
        asks = bool(counting_questions(machine.flow))
        self._told = self._on if asks else self._on - {"counting"}

    def now(self) -> datetime:
        """Return the time, aware."""
        return self._clock()

    @property
    def is_owed(self) -> bool:
        """Whether something that was answered may not be stored yet."""
        failed = monotonic() < self._failed_at + _STORED_WITHIN
        return failed or self._store.trouble is not None

    async def receive(
        self,
        person: PersonKey,
        event: Event,
        receipt: str | None = None,
        note: Note = dict,
        unseen: Unseen | None = None,
    ) -> Reply:
        """Do one turn. `receipt` names the update, so that it counts once.

        `note` adds to the channel's notes in the same commit. They outlive a quick exit
        until the channel has cleared all that they speak of. Words of someone who had
        not seen the present screen are no answer to it.

        Never raises: where anything fails, the reply is the built-in screen with 999,
        or `left` for whoever leaves, and the log has nothing of the person.
        """
        if not self._reads:
            self._reads = True
            read_soon(self.machine.flow, self._clock)
        if self.recent:
            event = self.recent.together(person, event, self._clock())
        work = partial(self._work, event, note, unseen)
        try:
            turn = partial(self._store.turn, person, receipt, work)
            reply, added = await in_time(self.machine, event, receipt, turn)
        except Exception as error:  # noqa: BLE001 whatever it is, they are shown 999
            log_fault(log, error)
            self._failed_at = monotonic()
            turn_anew = partial(self._turn, None, event, repeated=False)
            reply, added = after_a_fault(event, turn_anew), {}
        if self.tally:
            self.tally.add(self.machine.flow, added)
        self._hold(person, event, reply)
        return reply

    def _work(
        self, event: Event, note: Note, unseen: Unseen | None, kept: Kept
    ) -> tuple[Record | None, tuple[Reply, Contribution]]:
        before = keeping.conversation_in(kept.record)
        noted = keeping.notes_in(kept.record)
        if isinstance(event, Said) and unseen and unseen(noted):
            event = replace(event, stale=True)
        turn = self._turn(before, event, repeated=kept.repeated)
        notes = noted if kept.repeated else note(noted)
        named = (kept.record or {}).get(keeping.TURN) if kept.repeated else None
        reply = reply_of(turn, before, notes, named, repeated=kept.repeated)
        if not turn.decision.shows:
            return kept.record, (reply, {})
        counting, added = self._followed(kept, before, event, turn)
        after = turn.decision.conversation
        return keeping.record_of(after, notes, reply.turn, counting), (reply, added)

    def let_go(self) -> None:
        """Let go of what was typed and is too old to be read together with more."""
        if self.recent:
            self.recent.let_go(self._clock())

    def _hold(self, person: PersonKey, event: Event, reply: Reply) -> None:
        if self.recent:
            question = waits_for(self.machine.flow, UNCLEAR)
            asked = question is not None and reply.interrupt == question.name
            understood = reply.left or (reply.interrupt is not None and not asked)
            self.recent.after(person, event, self._clock(), understood=understood)

    async def note(self, person: PersonKey, note: Note, turn: str = "") -> bool:
        """Change the channel's notes; tell whether `turn` is still the last one.

        Notes that come out empty go, and all else of someone who has left with them.
        A slow store does it later.
        """

        def work(kept: Kept) -> tuple[Record | None, bool]:
            after = keeping.with_notes(kept.record, note(keeping.notes_in(kept.record)))
            return after, not turn or keeping.is_last(kept.record, turn)

        return await true_or_told(self._store.turn(person, None, work))

    async def stands(self, person: PersonKey, turn: str) -> bool:
        """Tell whether nothing has happened to a person since that turn.

        So it is of a turn without a name: nothing is kept that could be followed.
        """
        if not turn:
            return True

        async def stands() -> bool:
            return keeping.is_last(await self._store.read(person), turn)

        return await true_or_told(stands())

    async def forget_idle(self, *, left: bool = False) -> tuple[Notes, ...]:
        """Remove what is past its time; return the notes that were among it.

        Each is returned once, also where several replicas do this. Whoever agreed to be
        counted is counted now. `left`: also the notes of whoever has left.
        """
        past: list[Notes] = []

        def farewell(record: Record) -> None:
            past.append(keeping.notes_in(record))
            if self.tally:
                conversation = keeping.conversation_in(record)
                flow, noted = self.machine.flow, record.get(keeping.COUNTING)
                self.tally.ended(flow, noted, conversation)

        try:
            await self._store.purge(farewell, left=left)
        except Exception as error:  # noqa: BLE001 it is tried again soon
            log_fault(log, error)
        return tuple(notes for notes in past if notes)

    async def forget(self, person: PersonKey) -> None:
        """Remove all that is kept of someone who can no longer be reached."""
        try:
            await self._store.forget(person)
        except Exception as error:  # noqa: BLE001 it expires by itself a little later
            log_fault(log, error)

    def _turn(
        self, conversation: Conversation | None, event: Event, *, repeated: bool
    ) -> Turn:
        if not repeated:
            return take_turn(self.machine, conversation, event, self._moment())
        # Done before, but perhaps not answered: show where they stand, change nothing.
        if conversation is None:
            # They left or are forgotten: nothing is kept, but danger is answered.
            again = take_turn(self.machine, None, event, self._moment())
            interrupt = again.decision.interrupt
            screen = again.screen if interrupt else None
            return Turn(Decision(None, interrupt), screen)
        screen = screen_of(self.machine, conversation, self._moment())
        return Turn(Decision(conversation), screen)

    def _moment(self) -> Moment:
        minutes = ceil(self.forget_after.total_seconds() / 60)
        return Moment(self._clock(), minutes, self._told)

    def _followed(
        self, kept: Kept, before: Conversation | None, event: Event, turn: Turn
    ) -> tuple[Plain | None, Contribution]:
        """Return what is noted for counting, and what is added. Repeated: as it was."""
        noted = (kept.record or {}).get(keeping.COUNTING)
        if not self.tally or kept.repeated:
            return noted if self.tally else None, {}
        return self.tally.follow(self.machine.flow, noted, before, event, turn)
