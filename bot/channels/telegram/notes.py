"""What is noted of a chat so that it can be cleared: ids and times, nothing else. Pure.

The front desk keeps it beside the conversation, sealed, and hands it back as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.frontdesk import Note, Notes

Messages = Mapping[int, int]  # the id of a message: when it was sent, seconds from 1970

# Seconds. Bot API, deleteMessage: a message can only be deleted within 48 hours.
DELETABLE_FOR = 48 * 3600
MOST = 200  # messages: two batches; whoever floods us has the oldest left in the chat


@dataclass(frozen=True, slots=True)
class Traces:
    """Of one chat: `shown` are the messages of the current screen, the last one last.

    `messages` are all that are there, of both sides, those of the screen included.
    `awaited`: a newer screen is to be sent. Whoever sees it has not seen it yet.
    """

    chat: int
    shown: tuple[int, ...] = ()
    messages: Messages = field(default_factory=dict)
    awaited: bool = False

    def add(self, messages: Messages, now: int) -> Traces:
        """Note messages, but none that is too old to be deleted, and no excess."""
        kept = {
            message: sent
            for message, sent in {**self.messages, **messages}.items()
            if now - sent < DELETABLE_FOR
        }
        return replace(self, messages=dict(sorted(kept.items())[-MOST:]))

    def show(self, shown: tuple[int, ...]) -> Traces:
        """Note which messages are the screen, now that it is shown."""
        return replace(self, shown=shown, awaited=False)

    def awaits(self) -> Traces:
        """Note that a screen is to be sent."""
        return replace(self, awaited=True)

    def precedes_screen(self, message: int) -> bool:
        """Tell whether a message was written before the present screen was seen."""
        return self.awaited or message < max(self.shown, default=0)

    def drop(self, gone: Iterable[int]) -> Traces:
        """Note that messages are gone, or that nothing more can be done about them."""
        gone = frozenset(gone)
        kept = {m: sent for m, sent in self.messages.items() if m not in gone}
        shown = tuple(message for message in self.shown if message not in gone)
        return replace(self, shown=shown, messages=kept)

    def to_plain(self) -> Notes:
        """Return what the front desk keeps; nothing where nothing is there."""
        if not self.messages and not self.shown:
            return {}
        messages = [[message, sent] for message, sent in self.messages.items()]
        plain = {"chat": self.chat, "shown": list(self.shown), "messages": messages}
        return {**plain, "awaited": True} if self.awaited else plain


def traces_in(notes: Notes, chat: int) -> Traces:
    """Return what is noted of a chat; of one of which nothing is, that."""
    if "messages" not in notes:
        return Traces(chat)
    messages: dict[int, int] = dict(notes["messages"])
    awaited = notes.get("awaited", False)
    return Traces(notes["chat"], tuple(notes["shown"]), messages, awaited)


def merged(earlier: Notes, later: Notes) -> Notes:
    """Return the notes of both: what is in the chat by either, and the later screen."""
    if not earlier or not later:
        return later or earlier
    before, after = (traces_in(notes, notes["chat"]) for notes in (earlier, later))
    together = {**before.messages, **after.messages}
    messages = dict(sorted(together.items())[-MOST:])
    shown = after.shown or before.shown
    return replace(after, shown=shown, messages=messages).to_plain()


def noting(chat: int, change: Callable[[Traces], Traces]) -> Note:
    """Return how a change of the traces changes the front desk's notes."""
    return lambda notes: change(traces_in(notes, chat)).to_plain()
