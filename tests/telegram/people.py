"""People who write to the bot, told as a person would tell it."""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tests.telegram.attachments import attachment
from tests.telegram.chats import Message
from tests.telegram.json_types import Json
from tests.telegram.waiting import Asked, answer

if TYPE_CHECKING:
    from tests.telegram.stand_in import Telegram

_COMMAND = re.compile(r"/\w+(@\w+)?")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a phone, in their chat with the bot or in a group.

    Whatever they do waits until the bot has answered, unless told `waits=False`; then
    the update's id comes back at once (None if the bot never asked for its kind).
    """

    telegram: "Telegram"
    about: Json
    chat_about: Json

    @property
    def id(self) -> int:
        """The id of their account."""
        return int(self.about["id"])

    @property
    def chat_id(self) -> int:
        """The id of the chat they write in; the same as theirs unless it is a group."""
        return int(self.chat_about["id"])

    @property
    def chat(self) -> list[Message]:
        """Everything visible in the chat now, both sides, oldest first."""
        return list(self.telegram.chats.meet(self.chat_about).messages.values())

    @property
    def screen(self) -> Message:
        """The newest message of the bot's that exists: its `text` and `buttons`."""
        shown = [message for message in self.chat if message.by_bot]
        assert shown, f"The bot shows nothing. {self.telegram.story(self.chat_id)}"
        return shown[-1]

    @property
    def popups(self) -> list[str]:
        """What the bot has shown over the chat in answer to taps."""
        taps = self.telegram.chats.meet(self.chat_about).taps.values()
        return [
            tap.answer["text"] for tap in taps if tap.answer and tap.answer.get("text")
        ]

    def sees(self, words: str) -> bool:
        """Tell whether words are in anything the bot shows now, buttons too."""
        shown = [message for message in self.chat if message.by_bot]
        labels = [label for message in shown for label, _ in message.buttons]
        return any(
            words in text for text in [message.text for message in shown] + labels
        )

    async def starts(self, payload: str = "", *, waits: bool = True) -> int | None:
        """Send /start, with a deep link's payload if there is one."""
        return await self.types(f"/start {payload}".strip(), waits=waits)

    async def types(self, text: str, *, waits: bool = True) -> int | None:
        """Send a text."""
        return await self._sends(_typed(text), waits=waits)

    async def taps(
        self, choice: str, *, on_message: Message | None = None, waits: bool = True
    ) -> int | None:
        """Tap an option, by its id or label, on the newest keyboard or a given one."""
        message = on_message or self._newest_keyboard()
        return await self.taps_data(
            _chosen(message, choice), on_message=message, waits=waits
        )

    async def taps_data(
        self, data: str | None, *, on_message: Message | None = None, waits: bool = True
    ) -> int | None:
        """Tap with any callback data, or none, as a modified client can."""
        message, chat = (
            on_message or self.screen,
            self.telegram.chats.meet(self.chat_about),
        )
        tap = self.telegram.chats.taps(chat)
        gone = {"chat": self.chat_about, "message_id": message.id, "date": 0}
        body = {
            "id": tap,
            "from": self.about,
            "message": message.as_json() if message.id in chat.messages else gone,
            "chat_instance": str(self.chat_id),
        }
        body |= {} if data is None else {"data": data}
        return await self._does({"callback_query": body}, waits=waits, tap=tap)

    async def sends_photo(self, caption: str = "", *, waits: bool = True) -> int | None:
        """Send a picture."""
        return await self._sends(attachment("photo", caption), waits=waits)

    async def sends_voice(self, *, waits: bool = True) -> int | None:
        """Send a voice message."""
        return await self._sends(attachment("voice"), waits=waits)

    async def sends_sticker(self, *, waits: bool = True) -> int | None:
        """Send a sticker."""
        return await self._sends(attachment("sticker"), waits=waits)

    async def sends(self, kind: str, *, waits: bool = True) -> int | None:
        """Send another attachment: location, contact, poll, document, video_note."""
        return await self._sends(attachment(kind), waits=waits)

    async def sends_album(self, pictures: int = 5, *, waits: bool = True) -> int | None:
        """Send several pictures in one go."""
        album = attachment("photo") | {"media_group_id": "1"}
        for _ in range(pictures - 1):
            await self._sends(album, waits=False)
        return await self._sends(album, waits=waits)

    async def forwards(self, text: str, *, waits: bool = True) -> int | None:
        """Forward what somebody else wrote."""
        origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Kay"}
        return await self._sends(_typed(text) | {"forward_origin": origin}, waits=waits)

    async def edits(
        self, text: str, *, message: Message | None = None, waits: bool = True
    ) -> int | None:
        """Edit their newest message, or a given one."""
        chat = self.telegram.chats.meet(self.chat_about)
        old = message or [message for message in self.chat if not message.by_bot][-1]
        new = self.telegram.chats.replaces(chat, replace(old, content=_typed(text)))
        return await self._does({"edited_message": new.as_json()}, waits=waits)

    async def sends_update(self, update: Json, *, waits: bool = True) -> int | None:
        """Send an update written out by the test, with or without an `update_id`."""
        self.telegram.chats.meet(self.chat_about)
        return await self._does(update, waits=waits)

    async def blocks(self) -> int | None:
        """Block the bot; from now on it is refused with 403."""
        self.telegram.chats.meet(self.chat_about).closed = "bot was blocked by the user"
        return await self._membership("member", "kicked")

    async def unblocks(self) -> int | None:
        """Let the bot in again."""
        self.telegram.chats.meet(self.chat_about).closed = ""
        return await self._membership("kicked", "member")

    def deletes_account(self) -> None:
        """Leave Telegram; the bot is refused with 403."""
        self.telegram.chats.meet(self.chat_about).closed = "user is deactivated"

    def clears_chat(self) -> None:
        """Delete every message for both sides."""
        self.telegram.chats.meet(self.chat_about).messages.clear()

    async def _sends(self, content: Json, *, waits: bool) -> int | None:
        chat = self.telegram.chats.meet(self.chat_about)
        message = self.telegram.chats.writes(chat, self.about, content, None)
        return await self._does({"message": message.as_json()}, waits=waits)

    async def _membership(self, old: str, new: str) -> int | None:
        user = {"id": 424242, "is_bot": True, "first_name": "Notes"}
        change: Json = {
            "chat": self.chat_about,
            "from": self.about,
            "date": int(self.telegram.clock.now()),
            "old_chat_member": {"user": user, "status": old} | _until(old),
            "new_chat_member": {"user": user, "status": new} | _until(new),
        }
        return await self._does({"my_chat_member": change}, waits=False)

    async def _does(
        self, update: Json, *, waits: bool, tap: str | None = None
    ) -> int | None:
        since = len(self.telegram.ledger.calls_for(self.chat_id))
        update_id = self.telegram.updates.put(update, self.chat_id)
        if not waits:
            return update_id
        if update_id is None:
            asked = self.telegram.updates.allowed
            raise AssertionError(
                f"Telegram keeps {list(update)} back: the bot asked for {asked}"
            )
        await answer(self.telegram, Asked(self.chat_id, since, update_id, tap))
        return update_id

    def _newest_keyboard(self) -> Message:
        found = [message for message in self.chat if message.by_bot and message.buttons]
        assert found, f"There is nothing to tap. {self.telegram.story(self.chat_id)}"
        return found[-1]


def _typed(text: str) -> Json:
    command = _COMMAND.match(text)
    if command is None:
        return {"text": text}
    entity = {"type": "bot_command", "offset": 0, "length": len(command[0])}
    return {"text": text, "entities": [entity]}


def _until(status: str) -> Json:
    return {"until_date": 0} if status == "kicked" else {}


def _chosen(message: Message, choice: str) -> str:
    """Find a button by the option in its data, else by any part, else by its label."""
    buttons = message.buttons
    for fits in (_is_option, _is_part, _is_label):
        found = {data for label, data in buttons if fits(label, data, choice)}
        assert len(found) < 2, f"{choice!r} may be any of {sorted(found)}"
        if found:
            return found.pop()
    raise AssertionError(f"There is no {choice!r} among {buttons}")


def _is_option(_: str, data: str, choice: str) -> bool:
    option = data.split(":")[2:]
    return choice == ":".join(option) or choice in option[:1]


def _is_part(_: str, data: str, choice: str) -> bool:
    return choice in data.split(":")


def _is_label(label: str, _: str, choice: str) -> bool:
    return choice == label
