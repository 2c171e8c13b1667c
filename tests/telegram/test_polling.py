"""Polling is as Telegram's: what is not confirmed comes again, and one poller wins."""

import asyncio

import pytest
from telegram import Bot
from telegram.error import Conflict

from tests.telegram.small_bot import QUESTION, patient_bot
from tests.telegram.stand_in import Person, Telegram


async def test_updates_come_again_until_confirmed(
    telegram: Telegram, bot: Bot, sam: Person
) -> None:
    """The ledger tells what was handed, handed again and confirmed."""
    first = (await bot.get_updates())[0].update_id
    assert [update.update_id for update in await bot.get_updates()] == [first]
    assert telegram.ledger.handed_again() == [first]
    assert await bot.get_updates(offset=first + 1) == ()
    assert telegram.ledger.confirmed(first)
    telegram.updates.repeat(first)
    assert [u.update_id for u in await bot.get_updates(offset=first + 1)] == [first]
    await sam.types("long ago", waits=False)
    telegram.clock.moves(hours=25)
    assert await bot.get_updates() == ()


async def test_a_parked_poll_gets_what_comes(
    telegram: Telegram, bot: Bot, sam: Person
) -> None:
    """A long poll waits, and ends with the update that comes."""
    first = (await bot.get_updates())[0].update_id
    parked = asyncio.create_task(bot.get_updates(offset=first + 1, timeout=60))
    await telegram.until(lambda: telegram.updates.parked)
    await sam.types("now", waits=False)
    assert [update.message.text for update in await parked if update.message] == ["now"]


async def test_the_kinds_asked_for_are_remembered(
    telegram: Telegram, bot: Bot, sam: Person
) -> None:
    """A list from an earlier run holds until another is given."""
    sent = await bot.send_message(sam.id, "?", reply_markup=QUESTION)
    await bot.get_updates(allowed_updates=["message"])
    await bot.get_updates()
    assert await sam.taps("no", waits=False) is None
    await bot.get_updates(allowed_updates=["message", "callback_query"])
    await bot.get_updates()
    assert await sam.taps("no", waits=False) is not None
    assert sent.reply_markup == QUESTION
    assert telegram.violations == []


async def test_of_two_pollers_the_older_ends(
    telegram: Telegram, bot: Bot, sam: Person
) -> None:
    """A second poller ends the first with 409, and a conflict can be ordered."""
    first = (await bot.get_updates())[0].update_id
    async with patient_bot(telegram) as other:
        older = asyncio.create_task(other.get_updates(offset=first + 1, timeout=60))
        await telegram.until(lambda: telegram.updates.parked)
        assert await bot.get_updates(offset=first + 1) == ()
        await asyncio.wait({older})
    with pytest.raises(Conflict):
        await older
    telegram.misbehaves.conflicts(0.2)
    with pytest.raises(Conflict):
        await bot.get_updates()
    await asyncio.sleep(0.25)
    await sam.types("again", waits=False)
    assert len(await bot.get_updates()) == 1


async def test_an_update_can_be_written_out(bot: Bot, sam: Person) -> None:
    """A test may send any update, in its turn or late with an id of its own."""
    first = (await bot.get_updates())[0].update_id
    await sam.sends_update({"channel_post": sam.chat[0].as_json()}, waits=False)
    await sam.sends_update({"update_id": 7, "nonsense": {}}, waits=False)
    late, post = await bot.get_updates(offset=first + 1)
    assert (late.update_id, post.update_id) == (7, first + 1)
    assert post.channel_post is not None
