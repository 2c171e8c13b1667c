"""Threat: the unlocked phone is picked up. Leaving takes both sides out of the chat."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.channels.telegram import clearing
from bot.channels.telegram.manner import Manner
from bot.channels.telegram.notes import noting
from tests.channels.running import Desk, key_of, running
from tests.languages import in_languages
from tests.telegram.chats import BOT
from tests.telegram.stand_in import Person, Telegram

TYPED_STAYS = Manner(deletes_typed=False)


def sent(telegram: Telegram) -> int:
    """Count the messages that the bot has tried to send."""
    return len(telegram.ledger.calls_of("sendMessage"))


async def leaves(person: Person, how: str) -> None:
    """Leave by the button, the command, or words."""
    if how == "button":
        await person.taps("leave")
    else:
        await person.types(how)


@pytest.mark.parametrize("how", ["button", "/exit", "close this"])
async def test_b49_leaving_takes_the_messages_of_both_sides(
    telegram: Telegram, desk: Desk, how: str
) -> None:
    """Screens, words, pictures and the way out are gone, and the answers too."""
    sam = telegram.person()
    async with running(telegram, desk, manner=TYPED_STAYS):
        await sam.starts()
        await sam.types("hello")
        await sam.sends_album(3)
        await sam.types("no")
        assert len(sam.chat) == 7
        before = sent(telegram)
        await leaves(sam, how)
    assert sam.chat == []
    assert await desk.kept(sam.id) is None
    assert sent(telegram) == before


@pytest.mark.parametrize("language", ["cy", "ur"])
@pytest.mark.parametrize("how", ["button", "words"])
async def test_leaving_works_in_every_language(
    telegram: Telegram, language: str, how: str
) -> None:
    """Who reads no English leaves by their own button, tapped or typed."""
    machine = in_languages()
    desk, sam = Desk(machine), telegram.person(language=language)
    (leave,) = (i for i in machine.flow_in(language).interrupts if i.name == "leave")
    assert leave.button
    async with running(telegram, desk):
        await sam.starts()
        screen = sam.screen
        telegram.misbehaves.floods(60, "sendMessage", chat=sam.id)
        await sam.types("hello", waits=False)
        await telegram.until(lambda: sent(telegram) == 2)
        if how == "button":
            await sam.taps("leave", on_message=screen, waits=False)
        else:
            await sam.types(leave.button, waits=False)
        await telegram.until(lambda: sam.chat == [])
    assert await desk.kept(sam.id) is None


async def test_leaving_does_not_wait_behind_a_flood_of_the_same_chat(
    telegram: Telegram, desk: Desk
) -> None:
    """Telegram makes an answer wait for a minute; the screen goes now."""
    sam = telegram.person()
    async with running(telegram, desk):
        await sam.starts()
        telegram.misbehaves.floods(60, "sendMessage", chat=sam.id)
        await sam.types("no", waits=False)
        await sam.types("what next", waits=False)
        await telegram.until(lambda: sent(telegram) == 2)
        await sam.types("/exit", waits=False)
        await telegram.until(lambda: sam.chat == [])
        telegram.misbehaves.stops()
        kim = telegram.person()
        await kim.starts()
    assert await desk.kept(sam.id) is None
    assert len(telegram.ledger.calls_for(sam.id)) > 0
    assert [c.status for c in telegram.ledger.calls_of("sendMessage")] == [
        200,
        429,
        200,
    ]


async def test_what_is_sent_while_someone_leaves_is_taken_back(
    telegram: Telegram, desk: Desk
) -> None:
    """An answer that was on its way does not stay behind."""
    sam = telegram.person()
    async with running(telegram, desk):
        await sam.starts()
        releases = telegram.misbehaves.holds("sendMessage", times=1)
        await sam.types("no", waits=False)
        await telegram.until(lambda: sent(telegram) == 2)
        await sam.types("what next", waits=False)
        await sam.types("/exit", waits=False)
        await telegram.until(lambda: bool(telegram.ledger.calls_of("deleteMessages")))
        releases()
        calls = telegram.ledger.calls_of("sendMessage")
        await telegram.until(lambda: calls[-1].status == 200 and sam.chat == [])
        await telegram.person().starts()
    assert sam.chat == []
    assert sent(telegram) == 3
    assert await desk.kept(sam.id) is None


async def is_leaving(person: Person) -> Callable[[], None]:
    """Leave, and come no further than that Telegram is asked to delete it all.

    What is returned lets it go on.
    """
    telegram = person.telegram
    asked = len(telegram.ledger.calls_of("deleteMessages"))
    releases = telegram.misbehaves.holds("deleteMessages", times=1)
    await person.taps("leave", waits=False)
    await telegram.until(
        lambda: len(telegram.ledger.calls_of("deleteMessages")) > asked
    )
    return releases


async def test_what_arrives_while_someone_leaves_goes_too(
    telegram: Telegram, desk: Desk
) -> None:
    """Words typed after leaving bring nothing back, unless danger is in them."""
    sam = telegram.person()
    async with running(telegram, desk):
        await sam.starts()
        releases = await is_leaving(sam)
        await sam.types("hello", waits=False)
        await telegram.until(lambda: not telegram.updates.pending)
        releases()
        await telegram.until(lambda: sam.chat == [])
        assert sent(telegram) == 1
        await sam.starts()
        releases = await is_leaving(sam)
        await sam.types("he is outside", waits=False)
        await telegram.until(lambda: sam.sees("Call 999"))
        releases()


async def test_many_messages_go_in_batches(telegram: Telegram, desk: Desk) -> None:
    """Telegram takes a hundred at a time; where it refuses a batch, one by one."""
    sam = telegram.person()
    async with running(telegram, desk):
        await sam.starts()
        chat = telegram.chats.meet(sam.chat_about)
        ids = [
            telegram.chats.writes(chat, BOT, {"text": "."}, None) for _ in range(150)
        ]
        note = noting(sam.id, lambda t: t.add({m.id: m.date for m in ids}, ids[0].date))
        await desk.front_desk.note(key_of(sam.id), note)
        telegram.misbehaves.refuses(
            "deleteMessages", when=lambda given: len(given["message_ids"]) == 100
        )
        await sam.taps("leave")
    assert sam.chat == []
    sizes = [
        len(call.parameters["message_ids"])
        for call in telegram.ledger.calls_of("deleteMessages")
    ]
    assert sizes[-2:] == [100, 51]
    assert len(telegram.ledger.calls_of("deleteMessage")) == 100


@pytest.mark.parametrize("refusal", ["flood", "server", "network"])
async def test_clearing_goes_on_past_what_telegram_refuses_for_now(
    telegram: Telegram, desk: Desk, monkeypatch: pytest.MonkeyPatch, refusal: str
) -> None:
    """Whatever is wrong over there, the screen is gone when it is over."""
    monkeypatch.setattr(clearing, "_PAUSES", [0.05] * len(clearing._PAUSES))  # noqa: SLF001
    sam = telegram.person()
    async with running(telegram, desk):
        await sam.starts()
        if refusal == "flood":
            telegram.misbehaves.floods(1, "deleteMessages", chat=sam.id)
        elif refusal == "server":
            telegram.misbehaves.refuses("deleteMessages", code=500, times=2)
        else:
            telegram.misbehaves.cuts_off("deleteMessages", did_it=False)
        await sam.taps("leave", waits=False)
        await telegram.until(lambda: sam.chat == [])
    assert await desk.kept(sam.id) is None
    assert sent(telegram) == 1


async def test_no_button_is_left_on_what_cannot_be_deleted(
    telegram: Telegram, desk: Desk
) -> None:
    """What Telegram keeps says nothing any more, or can at least not be tapped."""
    sam = telegram.person()
    async with running(telegram, desk):
        await sam.starts()
        telegram.clock.moves(hours=49)
        telegram.misbehaves.refuses("editMessageText", "message can't be edited")
        await sam.taps("leave", waits=False)
        await telegram.until(lambda: sam.screen.buttons == [])
    assert await desk.kept(sam.id) is None


@pytest.mark.parametrize("line", [False, True])
async def test_nothing_is_sent_after_leaving_but_a_line_that_was_chosen(
    telegram: Telegram, desk: Desk, *, line: bool
) -> None:
    """Nothing stays, or one neutral line where the operator decided so."""
    sam = telegram.person()
    async with running(telegram, desk, manner=Manner(last_line=line)):
        await sam.starts()
        await sam.taps("leave")
    assert [message.text for message in sam.chat] == ["Closed."] * line


@pytest.mark.parametrize("deletes", [False, True])
async def test_typed_words_are_deleted_once_they_are_read(
    telegram: Telegram, desk: Desk, *, deletes: bool
) -> None:
    """The chat holds a screen and no words; a picture stays, it may be the only one."""
    sam = telegram.person()
    async with running(telegram, desk, manner=Manner(deletes_typed=deletes)):
        await sam.starts()
        await sam.types("no")
        await sam.sends_photo()
    own = [message.text for message in sam.chat if not message.by_bot]
    assert own == ([""] if deletes else ["/start", "no", ""])
    assert len([message for message in sam.chat if message.by_bot]) == 1
