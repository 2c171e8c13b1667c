"""Different people are served side by side; each of them strictly in order."""

from __future__ import annotations

import pytest

from tests.channels.running import Desk
from tests.telegram.stand_in import Telegram

pytestmark = pytest.mark.usefixtures("channel")


async def test_m02_nobody_waits_behind_a_slow_chat(telegram: Telegram) -> None:
    """While Telegram holds one chat's message, somebody else is shown 999."""
    slow, sam = telegram.person(), telegram.person()
    releases = telegram.misbehaves.holds("sendMessage", chat=slow.id)
    await slow.starts(waits=False)
    await telegram.until(lambda: bool(telegram.ledger.calls_for(slow.id)))
    await sam.starts()
    await sam.taps("danger")
    assert "Call 999" in sam.screen.text
    assert [call.status for call in telegram.ledger.calls_for(slow.id)] == [None]
    releases()


async def test_m02_sixty_four_people_at_once_are_in_flight_together(
    telegram: Telegram,
) -> None:
    """With Telegram far away, everybody's reply is on its way at the same time."""
    people = [telegram.person() for _ in range(64)]
    releases = telegram.misbehaves.holds("sendMessage")
    for person in people:
        await person.starts(waits=False)
    sent = telegram.ledger.calls_of
    await telegram.until(lambda: len(sent("sendMessage")) == len(people))
    assert all(call.status is None for call in sent("sendMessage"))
    releases()
    await telegram.until(lambda: all(call.status for call in sent("sendMessage")))


async def test_a_chat_that_floods_us_takes_one_turn_at_a_time(
    telegram: Telegram,
) -> None:
    """A hundred messages of one chat do not delay the next person's reply."""
    flood, sam = telegram.person(), telegram.person()
    for number in range(100):
        await flood.types(f"hello {number}", waits=False)
    await sam.starts()
    await sam.taps("danger")
    assert "Call 999" in sam.screen.text
    calls = telegram.ledger.calls_for(flood.id)
    answered = [call for call in calls if call.method == "sendMessage"]
    assert len(answered) < 100
    under_way = [call for call in calls if call.status is None]
    assert len(under_way) <= 1


async def test_one_chats_taps_are_taken_in_their_order(
    telegram: Telegram, desk: Desk
) -> None:
    """Who taps quickly gets what they tapped, although the first edit is slow."""
    sam = telegram.person()
    await sam.starts()
    await sam.taps("not_now")
    releases = telegram.misbehaves.holds("editMessageText", times=1)
    screen = sam.screen
    for option in ("fixated:on", "repeated:on", "fixated:off", "obsessive:on"):
        await sam.taps_data(f"3:which_of_four:{option}", waits=False)
    await sam.taps("done", on_message=screen, waits=False)
    await telegram.until(lambda: len(telegram.ledger.calls_of("editMessageText")) == 2)
    releases()
    await telegram.until(lambda: sam.sees("What do you want"))
    assert sam.screen.text.startswith("What do you want")
    kept = await desk.kept(sam.id)
    assert kept is not None
    facts = kept["conversation"]["here"][1]
    assert facts["four"] == ["obsessive", "repeated"]
