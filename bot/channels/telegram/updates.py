"""What Telegram tells us, to what happened to a person. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from telegram import ChatMember, Message, Update
from telegram.constants import ChatType

from bot.channels.telegram.kinds import tells_of_chat
from bot.channels.telegram.taps import Tap, Told
from bot.core.engine.conversation import (
    Event,
    Interrupted,
    Said,
    Started,
    Tapped,
    Unread,
)
from bot.core.engine.standing import BACK

# Only these are asked for: channels and the like never reach us (B08, B48).
ALLOWED_UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
)

# No step has this name, so the current screen is shown again and nothing else happens.
_NOT_OFFERED = Tapped("", step="")

_COMMAND = re.compile(r"/(\w+)(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
_BUTTON = re.compile(r"([^:]*):([^:]*):([^:]+)(?::(on|off))?")
# A message that is edited for longer could not be deleted when it has to go: Telegram
# allows that for 48 hours, and without a word nobody is remembered for more than 24.
SENT_ANEW_AFTER = timedelta(hours=23)

_JOINED = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.RESTRICTED)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the flow in force calls things.

    `commands` lead from a command to the name of an interrupt; `bot` is our own
    username, as `/start@username` has it.
    """

    version: str
    interrupts: frozenset[str]
    commands: Mapping[str, str]
    bot: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """What happened in a private chat; `event` and `receipt` are the front desk's.

    `message` is the message tapped on, or the person's own; `sent` is when it was sent,
    and `now` the time, in seconds since 1970. `query` is what a tap is acknowledged by.
    `old`: the screen tapped on has stood for so long, or was first sent so long ago,
    that it is shown anew. `album` is the same for pictures that were sent together.
    """

    chat: int
    event: Event
    message: int
    receipt: str
    sent: int
    now: int
    query: str | None = None
    old: bool = False
    album: str | None = None

    def __post_init__(self) -> None:
        """Raise TypeError for what no update of Telegram's holds.

        The library takes any value for a number, and what has none cannot be answered.
        """
        numbers = (self.chat, self.message)
        if any(type(number) is not int for number in numbers) or (
            self.query is not None and type(self.query) is not str
        ):
            raise TypeError("an update with a number missing")

    @property
    def typed(self) -> bool:
        """Whether the person wrote a message, under which the screen then belongs."""
        return self.query is None


def chat_of(update: Told) -> tuple[int | None, bool]:
    """Return the id of the chat in which something happened, and if it is private."""
    if isinstance(update, Tap):
        screen = update.screen
        return (screen.chat, screen.private) if screen else (None, False)
    chat = update.effective_chat
    if chat is None or type(chat.id) is not int:  # no update of Telegram's
        return None, False
    return chat.id, chat.type == ChatType.PRIVATE


def receipt_of(number: int) -> str:
    """Return the name under which the update of this number counts once."""
    return f"telegram:{number}"


def read_update(
    update: Told, vocabulary: Vocabulary, now: datetime, forget_after: timedelta
) -> Incoming | None:
    """Return what happened, or None for whatever we do not act on.

    A screen that has stood for longer than `forget_after` is old. Raises whatever it
    comes to where Telegram would never send such an update.
    """
    receipt = receipt_of(update.update_id)
    if isinstance(update, Tap):
        return _tap(update, vocabulary, now, forget_after, receipt)
    message = update.message or update.edited_message
    if message is None or message.chat.type != ChatType.PRIVATE:
        return None
    if tells_of_chat(message):
        return None
    event = _event(message, vocabulary)
    if isinstance(event, Said):  # it may have waited while we were away (B20)
        event = replace(event, stale=message.date < now - forget_after)
    if update.edited_message is not None:
        event = _edited(event)
    if event is None:
        return None
    return Incoming(
        chat=message.chat.id,
        event=event,
        message=message.message_id,
        receipt=receipt,
        sent=int(message.date.timestamp()),
        now=int(now.timestamp()),
        album=message.media_group_id,
    )


def room_to_leave(update: Told) -> int | None:
    """Return the id of the group or channel that an update shows us in, or None.

    Raises TypeError where it has none.
    """
    if isinstance(update, Tap):
        return None
    joined = update.my_chat_member
    message = update.message
    if joined is not None and joined.new_chat_member.status in _JOINED:
        chat = joined.chat
    elif message is not None:
        chat = message.chat
    else:
        return None
    if chat.type == ChatType.PRIVATE:
        return None
    if type(chat.id) is not int:
        raise TypeError("a room without a number")
    return chat.id


def chat_that_closed(update: Told) -> int | None:
    """Return the id of the private chat in which we have just been blocked, or None."""
    change = None if isinstance(update, Tap) else update.my_chat_member
    if change is None or change.chat.type != ChatType.PRIVATE:
        return None
    return (
        change.chat.id if change.new_chat_member.status == ChatMember.BANNED else None
    )


def _tap(
    tap: Tap,
    vocabulary: Vocabulary,
    now: datetime,
    forget_after: timedelta,
    receipt: str,
) -> Incoming | None:
    screen = tap.screen
    if screen is None or not screen.private:
        return None
    at = int(now.timestamp())
    # A tap says nothing of its own age: it may have waited while we were away (B20).
    old = at - screen.stood_since > forget_after.total_seconds()
    return Incoming(
        chat=screen.chat,
        event=_tapped(tap.data, vocabulary, old=old),
        message=screen.message,
        receipt=receipt,
        sent=screen.sent,
        now=at,
        query=tap.query,
        old=old or at - screen.sent > SENT_ANEW_AFTER.total_seconds(),
    )


def _tapped(data: str, vocabulary: Vocabulary, *, old: bool) -> Event:
    found = _BUTTON.fullmatch(data)
    if found is None:
        return _NOT_OFFERED
    version, step, option, on = found.groups()
    if option in vocabulary.interrupts:  # first: help works however old its button is
        return Interrupted(option)
    stale = old or version != vocabulary.version
    return Tapped(option, step, None if on is None else on == "on", stale=stale)


def _event(message: Message, vocabulary: Vocabulary) -> Event | None:
    if message.forward_origin is not None:
        return Unread()  # somebody else's words are no answer (B43)
    text = message.text or message.caption
    if not text:
        return Unread()
    found = _COMMAND.fullmatch(text)
    if found is None:
        return Said(text.lstrip("/"))
    sender = message.from_user
    language = sender.language_code if sender else None
    return _command(found, vocabulary, language if isinstance(language, str) else "")


def _edited(event: Event | None) -> Event | None:
    """Return what changed words may tell: of danger, and of nothing else (B08)."""
    return Said(event.text, edited=True) if isinstance(event, Said) else None


def _command(
    found: re.Match[str], vocabulary: Vocabulary, language: str
) -> Event | None:
    name, addressed_to, rest = found[1].lower(), found[2], found[3]
    if addressed_to and addressed_to.lower() != vocabulary.bot.lower():
        return None
    if name == "start":  # what a link adds to it is never read (R05)
        return Started(language)
    if name in vocabulary.commands:
        return Interrupted(vocabulary.commands[name])
    if name == BACK and not rest:
        return Tapped(BACK)
    return Said(f"{name} {rest}" if rest else name)
