"""The adversary has the phone in their hand, or a second session open: row by row."""

from __future__ import annotations

import json

import pytest

from bot.core.engine.machine import FlowMachine
from tests.channels.running import Desk, running
from tests.flows.test_threat_lock_screen import told
from tests.person import Person
from tests.telegram.stand_in import Telegram

SAID = "quince jam beside the river"


@pytest.mark.usefixtures("channel")
async def test_threat_the_unlocked_phone_is_picked_up(
    telegram: Telegram, desk: Desk, person: Person
) -> None:
    """One screen, edited in place, no typed words; then nothing; what stays is told."""
    sam = telegram.person()
    await sam.starts()
    await sam.taps("not_now")
    await sam.types(SAID)
    await sam.taps("fixated")
    assert [message.by_bot for message in sam.chat] == [True]

    await sam.taps("leave")
    assert sam.chat == []
    assert await desk.kept(sam.id) is None
    person.starts()
    assert person.sees("It cannot take the chat off your list")


def test_threat_a_second_logged_in_session(person: Person) -> None:
    """The bot cannot see it: the first screen says so, and a page says how to look."""
    person.starts()
    assert person.sees("on every phone and computer where you are logged in")

    person.taps("phone")
    assert person.sees("Settings, then Devices")
    assert person.sees("Whoever uses it may notice")


async def test_threat_lock_screen_preview(
    telegram: Telegram, machine: FlowMachine
) -> None:
    """Neutral first words, without a sound, and nothing that no event asked for."""
    sam = telegram.person()
    async with running(telegram, Desk(machine)):
        await sam.starts()
        for option in ("me", "not_now", "done", "done", "wales", "report"):
            await sam.taps(option)
        await sam.types(SAID)

    sent = telegram.ledger.calls_of("sendMessage")
    assert len(sent) == 2  # the first screen, and the answer to words; taps are edits
    for call in (*sent, *telegram.ledger.calls_of("editMessageText")):
        assert told(call.parameters["text"]) == []
    assert all(call.parameters["disable_notification"] for call in sent)


@pytest.mark.usefixtures("channel")
async def test_threat_the_person_doing_this_opens_the_bot_to_find_out(
    telegram: Telegram, desk: Desk
) -> None:
    """Whoever starts it sees what a newcomer sees, and what was answered is gone."""
    sam, newcomer = telegram.person(), telegram.person()
    await sam.starts()
    for option in ("not_now", "fixated", "done"):
        await sam.taps(option)

    await sam.starts()
    await newcomer.starts()

    assert sam.screen.text == newcomer.screen.text
    assert sam.screen.buttons == newcomer.screen.buttons
    kept = await desk.kept(sam.id)
    assert kept
    assert kept["conversation"]["here"][1] == {}
    assert "fixated" not in json.dumps(kept)


@pytest.mark.usefixtures("channel")
async def test_threat_the_platform_reads_messages(
    telegram: Telegram, desk: Desk, person: Person
) -> None:
    """It is said before the first question; buttons do, and nothing typed is kept."""
    person.starts()
    says, _, asks = person.screen.text.partition("Who is this about?")
    assert "Telegram keeps this chat" in says
    assert asks.strip() == ""  # the question comes last
    assert len(person.options) > 2

    sam = telegram.person()
    await sam.starts()
    await sam.types(SAID)
    kept = json.dumps(await desk.kept(sam.id))
    assert not any(word in kept for word in SAID.split())
