"""A whole conversation on Telegram, as the person in it sees it."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.telegram.app import TelegramChannel
from bot.core.engine.machine import FlowMachine
from bot.library import read_folder
from tests.channels.running import SMALL_FLOW, Desk, running
from tests.telegram.chats import Message
from tests.telegram.stand_in import Person, Telegram


def shown(person: Person) -> list[Message]:
    """Give the messages of the bot's that a person sees now."""
    return [message for message in person.chat if message.by_bot]


def labels(person: Person) -> list[str]:
    """Give the words on the buttons of the screen."""
    return [label for label, _ in person.screen.buttons]


@pytest.mark.usefixtures("channel")
async def test_from_start_to_an_outcome_in_one_message(
    telegram: Telegram, desk: Desk
) -> None:
    """The chat holds one screen from beginning to end, whatever is tapped."""
    sam = telegram.person()
    await sam.starts()
    first = sam.screen
    assert "call 999" in first.text
    await sam.taps("not_now")
    await sam.taps("fixated")
    assert "☑ They seem fixated" in labels(sam)
    await sam.taps("repeated")
    await sam.taps("fixated")
    assert labels(sam)[:2] == ["☐ They seem fixated", "☐ They turn up again and again"]
    await sam.taps("done")
    assert sam.screen.text == "What do you want to do (now) - talk, or tell the police!"
    await sam.taps("back")
    assert "☑ It has happened before" in labels(sam)
    await sam.taps("done")
    await sam.taps("report")
    assert "101" in sam.screen.text
    assert [message.id for message in shown(sam)] == [first.id]
    kept = await desk.kept(sam.id)
    assert kept is not None
    assert kept["notes"]["shown"] == [first.id]
    assert [message for message, _ in kept["notes"]["messages"]] == [first.id]


async def test_b29_nobody_is_remembered_beside_the_store(
    telegram: Telegram, desk: Desk, channel: TelegramChannel
) -> None:
    """B29: neither we nor the library lists everyone who ever wrote."""
    people = [telegram.person() for _ in range(3)]
    for person in people:
        await person.starts()
        await person.taps("not_now")
    known = {person.id for person in people}
    assert known & _remembered(desk.store, "bot.stores") == set()  # by a hash alone
    await people[0].taps("leave")
    desk.clock.moved = timedelta(hours=2)
    await channel.tidy()
    assert all(person.chat == [] for person in people)
    assert _remembered(channel, "bot.channels", "telegram.") & known == set()


def _remembered(holder: object, *modules: str) -> set[object]:
    """Return all that stands in a table, set or list of what somebody holds."""
    found, seen, ahead = set[object](), set[int](), [holder]
    while ahead:
        one = ahead.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if type(one).__module__.startswith(modules):
            ahead += [value for _, value in _attributes(one)]
        elif isinstance(one, Mapping):
            ahead += [*one.keys(), *one.values()]
        elif isinstance(one, Collection) and not isinstance(one, str | bytes):
            ahead += one
        elif isinstance(one, int | str):
            found.add(one)
    return found


def _attributes(holder: object) -> list[tuple[str, object]]:
    kinds = type(holder).__mro__
    slots = (name for kind in kinds for name in getattr(kind, "__slots__", ()))
    names = {*slots, *getattr(holder, "__dict__", ())} - {"__dict__", "__weakref__"}
    return [(name, getattr(holder, name, None)) for name in sorted(names)]


@pytest.mark.usefixtures("channel")
async def test_typed_words_are_answered_below_them(telegram: Telegram) -> None:
    """Who types sees the answer under their words, and no older screen above."""
    sam = telegram.person()
    await sam.starts()
    first = sam.screen
    await sam.types("No, not right now")
    assert sam.screen.text == "Which of these fit?"
    assert sam.chat[-1] == sam.screen
    assert first.id not in [message.id for message in sam.chat]
    assert len(shown(sam)) == 1
    await sam.types("he is outside")
    assert "Call 999" in sam.screen.text
    assert len(shown(sam)) == 1


@pytest.mark.usefixtures("channel")
async def test_commands_do_what_their_buttons_do(telegram: Telegram) -> None:
    """Who knows commands reaches 999, the step before and help by them."""
    sam = telegram.person()
    await sam.starts()
    await sam.taps("not_now")
    await sam.types("/999")
    assert "Call 999" in sam.screen.text
    await sam.types("/back")
    assert sam.screen.text == "Which of these fit?"
    await sam.types("/help")
    assert "automatic guide" in sam.screen.text


@pytest.mark.usefixtures("channel")
async def test_an_old_danger_button_works_and_becomes_the_screen(
    telegram: Telegram,
) -> None:
    """A screen left further up still leads to 999, and one screen remains."""
    sam = telegram.person()
    await sam.starts()
    old = sam.screen
    for method in ("deleteMessages", "deleteMessage"):
        telegram.misbehaves.refuses(method, "message can't be deleted", times=2)
    await sam.starts()
    assert len(shown(sam)) == 2
    await sam.taps("danger", on_message=old)
    assert [message.id for message in shown(sam)] == [old.id]
    assert "Call 999" in sam.screen.text


@pytest.mark.usefixtures("channel")
@pytest.mark.parametrize(("version", "hours"), [(2, 0), (3, 2)])
async def test_danger_is_heard_on_a_screen_that_is_gone(
    telegram: Telegram, desk: Desk, version: int, hours: int
) -> None:
    """Who scrolls up to "Yes, right now" is shown 999, however old the screen is."""
    telegram.clock.moves(hours=-hours)
    sam = telegram.person()
    await sam.starts()
    await sam.types("no")
    telegram.clock.moves(hours=hours)
    await sam.taps_data(f"{version}:right_now:now")
    assert "Call 999" in sam.screen.text
    assert await desk.step(sam.id) == "call_999"


@pytest.mark.usefixtures("channel")
async def test_r05_a_link_always_leads_to_the_first_screen(
    telegram: Telegram, desk: Desk
) -> None:
    """What stands in a link is used for nothing; another bot's command is ignored."""
    sam = telegram.person()
    for payload in ("ref_leaflet7", "%3Cb%3E", "which_of_four"):
        await sam.starts(payload)
        assert await desk.step(sam.id) == "right_now"
        assert payload not in repr(await desk.kept(sam.id))
    await sam.taps("not_now")
    await sam.types("/start@OtherBot", waits=False)
    await sam.taps("fixated")
    assert await desk.step(sam.id) == "which_of_four"


@pytest.mark.usefixtures("channel")
async def test_r08_b45_every_message_is_silent_plain_and_without_a_card(
    telegram: Telegram,
) -> None:
    """No sound, no card of a link, and no formatting that Telegram could refuse."""
    sam = telegram.person()
    await sam.starts()
    for option in ("not_now", "done", "report"):
        await sam.taps(option)
    await sam.types("hello")
    assert "police.example" in sam.screen.text
    sent = telegram.ledger.calls_of("sendMessage")
    edited = telegram.ledger.calls_of("editMessageText")
    assert sent
    assert edited
    assert all(call.parameters["disable_notification"] for call in sent)
    for call in (*sent, *edited):
        assert call.parameters["link_preview_options"] == {"is_disabled": True}
        assert "parse_mode" not in call.parameters
    assert telegram.ledger.refused() == []


async def test_b04_a_screen_too_long_for_one_message(
    telegram: Telegram, tmp_path: Path
) -> None:
    """Long words come in several messages, and go together when the person moves on."""
    flow = tmp_path / "long"
    shutil.copytree(SMALL_FLOW, flow)
    long = "Tell the police. " + "Dots... and more. " * 300
    text = (flow / "flow.yaml").read_text().replace("Tell the police.\n", long + "\n")
    (flow / "flow.yaml").write_text(text)
    read = read_folder(flow).flow  # the checker would refuse it; words must come anyway
    assert read is not None
    desk = Desk(FlowMachine(read))
    async with running(telegram, desk):
        sam = telegram.person()
        await sam.starts()
        for option in ("not_now", "done", "report"):
            await sam.taps(option)
        above, screen = shown(sam)
        assert above.buttons == []
        assert "In danger now" in labels(sam)
        await sam.taps("back")
        assert [message.id for message in shown(sam)] == [screen.id]
        kept = await desk.kept(sam.id)
        assert kept is not None
        assert kept["notes"]["shown"] == [screen.id]
    assert telegram.ledger.refused() == []
