"""People, the table of methods and the bot's profile, with the real library."""

import asyncio

import httpx
import pytest
from telegram import Bot, Update
from telegram.ext import CommandHandler

from tests.telegram.attachments import ATTACHMENTS
from tests.telegram.small_bot import App, Context
from tests.telegram.stand_in import Telegram


@pytest.mark.usefixtures("app")
async def test_a_conversation_is_told_as_a_person_would(telegram: Telegram) -> None:
    """A test can say what somebody does, and see what they see."""
    sam = telegram.person()
    await sam.starts()
    assert sam.screen.text == "Are you in danger?"
    assert sam.screen.buttons[1] == ("No", "1:danger:no")
    await sam.taps("now")
    assert sam.sees("Call 999 (1:danger:now)")
    assert [message.by_bot for message in sam.chat] == [False, True]
    assert telegram.violations == []


@pytest.mark.usefixtures("app")
async def test_each_thing_people_send_reaches_the_bot(telegram: Telegram) -> None:
    """The real library understands every kind of message a person can send."""
    sam = telegram.person()
    await sam.starts()
    for kind in ATTACHMENTS:
        await sam.sends(kind)
    await sam.sends_photo("outside")
    await sam.sends_voice()
    await sam.sends_sticker()
    await sam.sends_album(3)
    await sam.forwards("yes")
    await sam.edits("no")
    asked = [message for message in sam.chat if message.by_bot]
    assert len(asked) == 1 + len(ATTACHMENTS) + 3 + 3 + 2


@pytest.mark.usefixtures("app")
async def test_a_button_is_found_by_option_or_label(telegram: Telegram) -> None:
    """An old keyboard can be tapped, and a choice that is not there fails loudly."""
    sam = telegram.person()
    await sam.starts()
    old = sam.screen
    await sam.starts()
    await sam.taps("Yes, right now", on_message=old)
    assert sam.chat[1].text == "Call 999 (1:danger:now)"
    with pytest.raises(AssertionError, match="There is no 'later' among"):
        await sam.taps("later")


async def test_a_bot_that_thinks_first_is_waited_for(
    telegram: Telegram, app: App
) -> None:
    """A sign of life is not an answer yet."""

    async def thinks(update: Update, context: Context) -> None:
        assert update.effective_chat is not None
        await update.effective_chat.send_action("typing")
        await asyncio.sleep(0.2)
        await context.bot.send_message(update.effective_chat.id, "Call 999")

    app.add_handler(CommandHandler("think", thinks), group=-1)
    sam = telegram.person()
    await sam.types("/think")
    assert sam.sees("Call 999")


async def test_a_bot_that_does_not_answer_fails_loudly(telegram: Telegram) -> None:
    """A test that waits in vain says what was seen."""
    telegram.patience = 0.1
    with pytest.raises(
        AssertionError, match=r"did not answer(.|\n)*Not confirmed: 1, the first \[1"
    ):
        await telegram.person().starts()
    telegram.updates.asks_for(["message"])
    sam = telegram.person()
    await sam.starts(waits=False)
    with pytest.raises(AssertionError, match=r"keeps .'callback_query'. back"):
        await sam.taps_data("zzz", on_message=sam.chat[0])


async def test_every_call_is_checked_against_the_table(telegram: Telegram) -> None:
    """In whatever form a call comes, what the table does not have is refused."""
    url = f"{telegram.base}/bot{telegram.token}"
    async with httpx.AsyncClient() as client:
        calls = [
            await client.get(f"{url}/sendMesage"),
            await client.get(f"{url}/sendMessage", params={"chat_id": 1}),
            await client.post(f"{url}/sendMessage", json={"chat_id": 1, "text": 1}),
            await client.post(f"{url}/getMe", data={"shout": "yes"}),
            await client.post(
                f"{url}/setWebhook", data={"url": ""}, files={"ip": b"1"}
            ),
        ]
        assert [call.status_code for call in calls] == [400] * 5
        assert (await client.get(f"{url}/GETME")).json()["ok"] is True
        assert (await client.get(f"{telegram.base}/botX/getMe")).status_code == 401
    assert telegram.violations == [
        "sendMesage: no such method",
        "sendMessage: text is required",
        "sendMessage: text: is not String",
        "getMe: shout is not a published field",
        "setWebhook: ip is not a published field",
    ]


async def test_what_a_bot_says_of_itself_is_kept(telegram: Telegram, bot: Bot) -> None:
    """Name and commands come back in the language they were set in."""
    await bot.set_my_name("Notes")
    await bot.set_my_name("Nodiadau", language_code="cy")
    await bot.set_my_commands([("start", "Start again")])
    assert (await bot.get_my_name("cy")).name == "Nodiadau"
    assert (await bot.get_my_name("pl")).name == "Notes"
    assert [command.command for command in await bot.get_my_commands()] == ["start"]
    assert telegram.violations == []
