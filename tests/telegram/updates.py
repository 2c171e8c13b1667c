"""Updates on their way to the bot, by polling or webhook, kept until confirmed."""

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from tests.telegram.clock import Clock
from tests.telegram.json_types import OTHER_POLLER, Json, Refusal
from tests.telegram.ledger import Ledger

KEPT_FOR = 24 * 3600  # seconds; Bot API: updates are not kept longer than 24 hours
# Bot API: sent only to bots that ask for them by name.
_ONLY_IF_ASKED = {"chat_member", "message_reaction", "message_reaction_count"}
_SET_MEANWHILE = Refusal(409, "Conflict: terminated by setWebhook request")
_WEBHOOK_ACTIVE = Refusal(
    409,
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first",
)


@dataclass(frozen=True, slots=True, eq=False)
class Update:
    """One update; `date` is when it was made, in seconds since 1970."""

    id: int
    chat_id: int | None
    date: float
    body: Json  # as the bot gets it, `update_id` included


class Push(Protocol):
    """Takes updates to a webhook."""

    def take(self, update: Update, *, again: bool = False) -> None:
        """Take one more update on its way."""


@dataclass(slots=True)
class Poll:
    """One parked getUpdates. `ends` tells it why to stop waiting for updates."""

    bell: asyncio.Event = field(default_factory=asyncio.Event)
    ended: str = ""

    def ends(self, why: str) -> None:
        """Stop waiting: "superseded" by another poll, or "gone" with its connection."""
        self.ended = why
        self.bell.set()


class Updates:
    """The queue of one bot, with what Telegram remembers of the kinds it asked for."""

    def __init__(self, clock: Clock, ledger: Ledger) -> None:
        self._clock = clock
        self._ledger = ledger
        self._next_id = 1000
        self._pending: list[Update] = []
        self._made: dict[int, Update] = {}
        self._repeats: list[Update] = []
        self._poll: Poll | None = None
        self._held = False
        self.allowed: set[str] | None = None
        self.push: Push | None = None

    @property
    def pending(self) -> list[Update]:
        """What is not confirmed yet and not too old; Telegram drops what is."""
        oldest = self._clock.now() - KEPT_FOR
        self._pending = [update for update in self._pending if update.date > oldest]
        return self._pending

    @property
    def parked(self) -> bool:
        """Whether a poll waits for updates."""
        return self._poll is not None

    @property
    def idle(self) -> bool:
        """Whether the bot has taken all there is, and waits for more by polling."""
        return self._poll is not None and not self.pending and not self._repeats

    def asks_for(self, kinds: object) -> None:
        """Remember the kinds a bot asked for; None leaves what was remembered."""
        if isinstance(kinds, list):
            self.allowed = set(kinds) or None

    def wanted(self, kind: str) -> bool:
        """Tell whether Telegram makes updates of this kind for the bot."""
        return kind in self.allowed if self.allowed else kind not in _ONLY_IF_ASKED

    def put(
        self, body: Json, chat_id: int | None, *, unasked: bool = False
    ) -> int | None:
        """Queue an update and give its id; None if the bot did not ask for its kind.

        `unasked` hands it all the same. A body with an `update_id` of its own keeps it
        and is handed as it is.
        """
        if "update_id" not in body:
            if not unasked and not all(self.wanted(kind) for kind in body):
                return None
            self._next_id += 1
            body = {"update_id": self._next_id, **body}
        update = Update(int(body["update_id"]), chat_id, self._clock.now(), body)
        self._made[update.id] = update
        self._ledger.notes("queued", update.id, chat_id)
        if update.id == self._next_id:
            self._pending.append(update)
            self._offer([update], again=False)
        else:
            self._offer_repeat(update)
        return update.id

    def body(self, update_id: int) -> Json:
        """Give what the bot gets, or would get, for an update."""
        return self._made[update_id].body

    def repeat(self, update_id: int) -> None:
        """Hand an update once more, confirmed or not, beside what is under way."""
        self._offer_repeat(self._made[update_id])

    def hold(self) -> None:
        """Hand nothing until `release`."""
        self._held = True

    def release(self, order: Iterable[int] = ()) -> None:
        """Hand what has waited; `order` names the update ids that go first."""
        first = [self._made[update_id] for update_id in order]
        self._pending = first + [
            update for update in self._pending if update not in first
        ]
        self._held = False
        self.offer()

    def offer(self) -> None:
        """Offer all that is pending to whoever takes updates now."""
        self._offer(self.pending, again=False)

    def drop(self) -> None:
        """Forget what is pending, as drop_pending_updates does."""
        self._pending.clear()

    def confirm(self, update: Update) -> None:
        """Take an update off the queue: the bot has it."""
        if update in self._pending:
            self._pending.remove(update)
            self._ledger.notes("confirmed", update.id, update.chat_id)

    async def poll(self, poll: Poll, given: Json) -> list[Json]:
        """Answer one getUpdates; park it for `timeout` seconds if there is nothing."""
        if self.push:
            raise _WEBHOOK_ACTIVE
        self.asks_for(given.get("allowed_updates"))
        if self._poll:
            self._poll.ends("superseded")
        self._poll = poll
        self._confirm_before(int(given.get("offset", 0)))
        try:
            return await self._wait_for(poll, given)
        finally:
            self._poll = None if self._poll is poll else self._poll

    def ends_poll(self) -> None:
        """End a parked poll with 409, as setting a webhook does."""
        if self._poll:
            self._poll.ends("webhook")

    async def _wait_for(self, poll: Poll, given: Json) -> list[Json]:
        ends = time.monotonic() + int(given.get("timeout", 0))
        while not poll.ended:
            if batch := self._batch(given):
                return [update.body for update in batch]
            poll.bell.clear()
            try:
                async with asyncio.timeout(ends - time.monotonic()):
                    await poll.bell.wait()
            except TimeoutError:
                return []
        if poll.ended == "superseded":
            raise OTHER_POLLER
        if poll.ended == "webhook":
            raise _SET_MEANWHILE
        return []

    def _batch(self, given: Json) -> list[Update]:
        if self._held:
            return []
        repeats, self._repeats = self._repeats, []
        batch = (repeats + self.pending)[: int(given.get("limit", 100))]
        for update in batch:
            self._ledger.notes("handed", update.id, update.chat_id)
        return batch

    def _confirm_before(self, offset: int) -> None:
        if offset < 0:
            offset = min((update.id for update in self.pending[offset:]), default=0)
        for update in [update for update in self.pending if update.id < offset]:
            self.confirm(update)

    def _offer_repeat(self, update: Update) -> None:
        if not self.push:
            self._repeats.append(update)
        self._offer([update], again=True)

    def _offer(self, updates: list[Update], *, again: bool) -> None:
        if self._held:
            return
        if self.push:
            for update in updates:
                self.push.take(update, again=again)
        elif self._poll:
            self._poll.bell.set()
