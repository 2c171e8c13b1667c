"""One update that cannot be read, or that breaks us, costs nobody else their answer."""

from __future__ import annotations

import pytest

from bot.core.person import PersonKey
from tests.channels.running import Desk, key_of, no_key, running
from tests.telegram.json_types import Json
from tests.telegram.stand_in import Telegram
from tests.written import written

UNKNOWN: Json = {"of_a_later_time": {"chat": {"id": 1, "type": "SENTINEL-91"}}}
UNREADABLE: tuple[Json, ...] = (
    {"message": {"message_id": "SENTINEL-91"}},
    {"message": "SENTINEL-91"},
    {"callback_query": {"from": "SENTINEL-91"}},
    {"my_chat_member": {"new_chat_member": {"status": "SENTINEL-91"}}},
)


# The library makes an update of these, and reading what it says breaks us.
BREAKS_READING: tuple[Json, ...] = (
    {"message": {"message_id": 1, "date": 1, "text": 5}},
    {"message": {"message_id": "SENTINEL-91", "date": 1, "text": "hello"}},
)


@pytest.mark.usefixtures("channel")
async def test_b18_what_cannot_be_read_is_passed_over_by_polling(
    telegram: Telegram, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """B18: taken once; whoever came with it is answered, no word of it is logged."""
    telegram.updates.hold()
    people = [telegram.person(), telegram.person()]
    taken = [await people[0].starts(waits=False)]
    put = telegram.updates.put
    taken += [put(body, 1, unasked=True) for body in (UNKNOWN, *UNREADABLE)]
    taken.append(await people[1].starts(waits=False))
    telegram.updates.release()

    await telegram.until(lambda: not telegram.updates.pending)
    await telegram.until(lambda: len(telegram.ledger.calls_of("sendMessage")) == 2)
    for person in people:
        assert await desk.step(person.id) == "right_now"
    assert all(update and telegram.ledger.confirmed(update) for update in taken)
    assert "SENTINEL" not in written(caplog.records)
    told = [r.getMessage() for r in caplog.records if r.name.startswith("bot.")]
    assert len(told) == len(UNREADABLE)
    assert all(line.startswith("an update ") for line in told)


@pytest.mark.usefixtures("channel")
@pytest.mark.parametrize("body", BREAKS_READING)
async def test_b18_an_update_that_breaks_the_reading_is_taken_once(
    telegram: Telegram, desk: Desk, body: Json
) -> None:
    """B18: it never makes the bot deaf to all that comes after it."""
    sam, kim = telegram.person(), telegram.person()
    await sam.starts()
    chat = {"id": sam.id, "type": "private"}
    body = {"message": {**body["message"], "chat": chat}}

    broke = telegram.updates.put(body, 1, unasked=True)
    await kim.starts()

    assert broke is not None
    await telegram.until(lambda: telegram.ledger.confirmed(broke))
    await telegram.until(lambda: "not working here" in sam.screen.text)
    assert await desk.step(kim.id) == "right_now"


async def test_b18_an_update_that_breaks_us_is_taken_once(
    telegram: Telegram, desk: Desk
) -> None:
    """B18: by polling too: who sent it is shown 999, everyone else is answered."""

    def breaks_for_sam(chat: int) -> PersonKey:
        return (no_key if chat == sam.id else key_of)(chat)

    sam, kim = telegram.person(), telegram.person()
    async with running(telegram, desk, person_key=breaks_for_sam):
        broke = await sam.types("hello", waits=False)
        await kim.starts()
        await telegram.until(lambda: any(message.by_bot for message in sam.chat))
        await telegram.until(lambda: not telegram.updates.pending)
    assert "Call 999" in sam.screen.text
    assert broke is not None
    assert telegram.ledger.handed(broke) == 1
    assert await desk.step(kim.id) == "right_now"
