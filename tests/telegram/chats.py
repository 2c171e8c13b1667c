"""Chats as Telegram keeps them: who wrote what, what was edited, what is gone."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from tests.telegram.clock import Clock
from tests.telegram.json_types import Json, Refusal, bad_request

BOT: Json = {
    "id": 424242,
    "is_bot": True,
    "first_name": "Notes",
    "username": "notes_bot",
}

# Both in seconds. Bot API, deleteMessage: "sent less than 48 hours ago".
DELETABLE_FOR = 48 * 3600
# Telegram publishes no figure for how long a tap waits; this one is the stand-in's own.
TAP_WAITS_FOR = 60

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it stands; `content` is its text or attachment, as in the API."""

    id: int
    sender: Json
    chat: Json
    date: int
    content: Json
    keyboard: Json | None = None
    edited: int | None = None

    @property
    def by_bot(self) -> bool:
        """Whether the bot wrote it."""
        return bool(self.sender["id"] == BOT["id"])

    @property
    def text(self) -> str:
        """What it says; of a picture, what its caption says."""
        return str(self.content.get("text", self.content.get("caption", "")))

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """Label and callback data (or address) of each button, row by row."""
        rows = self.keyboard["inline_keyboard"] if self.keyboard else []
        return [
            (b["text"], b.get("callback_data", b.get("url", "")))
            for row in rows
            for b in row
        ]

    def as_json(self) -> Json:
        """Give the message as the Bot API would."""
        about = {
            "message_id": self.id,
            "from": self.sender,
            "chat": self.chat,
            "date": self.date,
        }
        edited = {"edit_date": self.edited} if self.edited else {}
        keyboard = {"reply_markup": self.keyboard} if self.keyboard else {}
        return about | edited | self.content | keyboard


@dataclass(slots=True)
class Tap:
    """A tap that waits to be answered; `answer` is the call's parameters once it is."""

    chat_id: int
    date: float
    answer: Json | None = None


@dataclass(slots=True)
class Chat:
    """One chat; `closed` is the 403 sentence the bot gets there, if it is shut out."""

    about: Json
    messages: dict[int, Message] = field(default_factory=dict)
    taps: dict[str, Tap] = field(default_factory=dict)
    closed: str = ""

    @property
    def private(self) -> bool:
        """Whether it is a chat of one person and the bot."""
        return bool(self.about["type"] == "private")


class Chats:
    """Every chat the bot has been spoken to in, with Telegram's rules for it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._chats: dict[int, Chat] = {}
        self._tapped_in: dict[str, int] = {}  # the chat of each tap
        self._message_ids = count(1)
        self._tap_ids = count(1)

    def meet(self, about: Json) -> Chat:
        """Open a chat the bot may write in, or give it if it is open."""
        return self._chats.setdefault(int(about["id"]), Chat(about))

    def forget(self, chat_id: int) -> None:
        """Make Telegram say "chat not found" of a chat."""
        self._chats.pop(chat_id, None)

    def shows_anything(self, chat_id: int) -> bool:
        """Tell whether any message of the bot's stands in a chat."""
        chat = self._chats.get(chat_id)
        return chat is not None and any(m.by_bot for m in chat.messages.values())

    def find(self, chat_id: object) -> Chat:
        """Give the chat a call names; raise Refusal if the bot may not write there."""
        chat = self._chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad_request("chat not found")
        if chat.closed:
            raise Refusal(403, f"Forbidden: {chat.closed}")
        return chat

    def writes(
        self, chat: Chat, sender: Json, content: Json, keyboard: Json | None
    ) -> Message:
        """Put a new message into a chat."""
        message_id, date = next(self._message_ids), int(self._clock.now())
        message = Message(message_id, sender, chat.about, date, content, keyboard)
        chat.messages[message.id] = message
        return message

    def edits(
        self,
        chat: Chat,
        message_id: object,
        content: Json | None,
        keyboard: Json | None,
    ) -> Message:
        """Change a message of the bot's; without content only its buttons change."""
        old = chat.messages.get(message_id) if isinstance(message_id, int) else None
        if old is None:
            raise bad_request("message to edit not found")
        if not old.by_bot:
            raise bad_request("message can't be edited")
        new = replace(
            old, content=old.content if content is None else content, keyboard=keyboard
        )
        if new == old:
            raise bad_request(_NOT_MODIFIED)
        return self.replaces(chat, new)

    def replaces(self, chat: Chat, message: Message) -> Message:
        """Put an edited message where it stood, with the time of the edit."""
        chat.messages[message.id] = replace(message, edited=int(self._clock.now()))
        return chat.messages[message.id]

    def deletes(self, chat: Chat, message_id: object) -> None:
        """Delete one message for both sides; raise Refusal if that cannot be."""
        if message_id not in chat.messages:
            raise bad_request("message to delete not found")
        self.deletes_many(chat, [message_id])

    def deletes_many(self, chat: Chat, message_ids: Sequence[object]) -> None:
        """Delete a batch: what is gone is skipped, one that may not go stops all."""
        found = [
            message for message in chat.messages.values() if message.id in message_ids
        ]
        if not all(self._deletable(chat, message) for message in found):
            raise bad_request("message can't be deleted for everyone")
        for message in found:
            del chat.messages[message.id]

    def taps(self, chat: Chat) -> str:
        """Open a tap that the bot ought to answer, and give its id."""
        tap_id = f"{chat.about['id']}{next(self._tap_ids):06}"
        chat_id = self._tapped_in[tap_id] = int(chat.about["id"])
        chat.taps[tap_id] = Tap(chat_id, self._clock.now())
        return tap_id

    def tap(self, tap_id: object) -> Tap | None:
        """Give a tap by its id, if there was one."""
        chat = self._chats.get(self._tapped_in.get(str(tap_id), 0))
        return chat.taps.get(str(tap_id)) if chat else None

    def answers(self, tap_id: object, answer: Json) -> None:
        """Answer a tap; raise Refusal if it is unknown or has waited too long."""
        tap = self.tap(tap_id)
        if tap is None or self._clock.now() - tap.date > TAP_WAITS_FOR:
            raise bad_request(_TOO_OLD)
        tap.answer = answer

    def _deletable(self, chat: Chat, message: Message) -> bool:
        young = self._clock.now() - message.date < DELETABLE_FOR
        return young and (message.by_bot or chat.private)
