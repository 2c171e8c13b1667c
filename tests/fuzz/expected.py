"""What an update is to do, by the pure core alone; and whether it was done."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.telegram.app import TelegramChannel
from bot.channels.telegram.messages import message_of
from bot.channels.telegram.taps import as_told
from bot.channels.telegram.updates import Incoming, chat_that_closed, room_to_leave
from bot.core.engine.conversation import Conversation, Event, Said, Unread
from bot.core.engine.screen import Moment, Screen
from bot.core.engine.turn import Decision, screen_of, take_turn
from bot.keeping import conversation_in
from tests.channels.running import Desk, key_of
from tests.telegram.json_types import Json
from tests.telegram.stand_in import Person

HELP = ("999", "112")  # the second where no 999 would be answered


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody to whom an update may do something, and where they stood before it.

    `event` is what it is read as, None if it says nothing of them. `forgets`: they can
    be reached no more. `repeated`: it was handed before. `breaks`: it is no update that
    Telegram would send; then nothing is to come of it but 999.
    """

    person: Person
    before: Conversation | None
    event: Event | None
    moment: Moment
    forgets: bool = False
    repeated: bool = False
    breaks: bool = False

    async def holds(self, desk: Desk, *, more: bool) -> None:
        """Fail unless what is kept and what is shown are as they must be.

        `more`: messages may be in the chat of which the bot cannot know any more.
        """
        decision, screen = self._turn(desk)
        kept = conversation_in(await desk.kept(self.person.chat_id))
        assert kept == decision.conversation, (self.event, decision.interrupt)
        if decision.conversation is None and self.event and not self.forgets:
            assert self._shown() == [] or self.repeated or more
        if screen is None:
            return
        texts, keyboard = message_of(screen)
        shown = self._shown()[-len(texts) :] if more else self._shown()
        assert shown == [text.strip() for text in texts], self.event
        assert keyboard is not None
        buttons = [(b["text"], b["callback_data"]) for row in keyboard for b in row]
        assert self.person.screen.buttons == buttons
        self._has_help(decision, texts)

    def _turn(self, desk: Desk) -> tuple[Decision, Screen | None]:
        machine = desk.front_desk.machine
        if self.forgets:
            return Decision(None), None
        if self.event is None:
            return Decision(self.before), None
        turn = take_turn(machine, self.before, self.event, self.moment)
        if not turn.decision.shows:
            return Decision(self.before), None
        if not self.repeated:
            return turn.decision, turn.screen
        if self.before is None:
            screen = turn.screen if turn.decision.interrupt else None
            return Decision(None, turn.decision.interrupt), screen
        return Decision(self.before), screen_of(machine, self.before, self.moment)

    def _shown(self) -> list[str]:
        return [message.text for message in self.person.chat if message.by_bot]

    def _has_help(self, decision: Decision, texts: tuple[str, ...]) -> None:
        """Fail unless 999 is a tap away, and in sight where we did not understand."""
        in_sight = any(number in text for text in texts for number in HELP)
        a_tap_away = any(":danger" in data for _, data in self.person.screen.buttons)
        assert in_sight or a_tap_away
        if isinstance(self.event, Said | Unread) and decision.note:
            assert in_sight, texts


async def expect(
    desk: Desk, channel: TelegramChannel, person: Person, body: Json, *, repeated: bool
) -> Expected:
    """Return what an update is to do to a person, by where they stand now."""
    kept = conversation_in(await desk.kept(person.chat_id))
    moment = Moment(desk.clock())
    try:
        closes, incoming = _read(body, channel)
    except Exception:  # noqa: BLE001 whatever it is, it is not to be read
        return Expected(person, kept, None, moment, breaks=True)
    if closes == person.chat_id:
        return Expected(person, kept, None, moment, forgets=True)
    if incoming is None or incoming.chat != person.chat_id:
        return Expected(person, kept, None, moment)
    closed = bool(person.telegram.chats.meet(person.chat_about).closed)
    recent = desk.front_desk.recent
    assert recent is not None
    event = recent.together(key_of(person.chat_id), incoming.event, desk.clock())
    forgets = closed and _is_answered(desk, kept, event, moment)
    return Expected(person, kept, event, moment, forgets, repeated)


def _read(body: Json, channel: TelegramChannel) -> tuple[int | None, Incoming | None]:
    """Return whose chat is closed, and what happened in one."""
    update = as_told(body, None)
    if room_to_leave(update) is not None:
        return None, None
    incoming = channel._reader.read(update)  # noqa: SLF001 the words of the flow in force
    known = incoming and incoming.album in channel._albums  # noqa: SLF001 pictures seen
    if incoming and known and isinstance(incoming.event, Unread):
        incoming = None
    return chat_that_closed(update), incoming


def _is_answered(
    desk: Desk, before: Conversation | None, event: Event, moment: Moment
) -> bool:
    return take_turn(desk.front_desk.machine, before, event, moment).decision.shows
