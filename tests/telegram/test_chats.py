"""Chats keep Telegram's rules: edits, taps, deletions, texts, buttons."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden

from tests.telegram.small_bot import QUESTION, keyboard
from tests.telegram.stand_in import Person, Telegram


async def test_edits_keep_telegrams_rules(bot: Bot, sam: Person) -> None:
    """The same text is refused, and so is a message that is gone."""
    sent = await bot.send_message(sam.id, "One", reply_markup=QUESTION)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_text(" One ", reply_markup=QUESTION)
    edited = await sent.edit_text("Two")
    assert isinstance(edited, type(sent))
    assert edited.edit_date
    assert sam.screen.buttons == []
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("Three", sam.id, sam.chat[0].id)
    sam.clears_chat()
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await sent.edit_text("Three")


async def test_a_tap_waits_only_so_long(
    telegram: Telegram, bot: Bot, sam: Person
) -> None:
    """A tap that is answered in time is; one that is not is too old."""
    await bot.send_message(sam.id, "?", reply_markup=QUESTION)
    for late in (False, True):
        await sam.taps("no", waits=False)
        update = (await bot.get_updates())[-1]
        assert update.callback_query is not None
        if late:
            telegram.clock.moves(seconds=61)
            with pytest.raises(BadRequest, match="Query is too old"):
                await update.callback_query.answer()
        else:
            await update.callback_query.answer("Thank you")
    assert sam.popups == ["Thank you"]


async def test_a_tap_on_what_is_gone_tells_so(bot: Bot, sam: Person) -> None:
    """A message deleted in the meantime comes with a tap, but without date and text."""
    sent = await bot.send_message(sam.id, "?", reply_markup=QUESTION)
    seen = sam.screen
    await sent.delete()
    await sam.taps("no", on_message=seen, waits=False)
    update = (await bot.get_updates())[-1]
    assert update.callback_query is not None
    assert update.callback_query.message is not None
    assert update.callback_query.message.message_id == sent.id
    assert update.callback_query.message.date.timestamp() == 0


async def test_in_a_group_others_messages_stay(telegram: Telegram, bot: Bot) -> None:
    """Where a bot is one of many it may delete only what it wrote, and may leave."""
    kay = telegram.person(group=-100123)
    await kay.starts(waits=False)
    sent = await bot.send_message(-100123, "Write to me in private.")
    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_message(-100123, kay.chat[0].id)
    await sent.delete()
    await bot.leave_chat(-100123)
    with pytest.raises(Forbidden, match="not a member"):
        await bot.send_message(-100123, "?")
    assert [message.text for message in kay.chat] == ["/start"]


async def test_messages_over_48_hours_stay(
    telegram: Telegram, bot: Bot, sam: Person
) -> None:
    """Both sides' messages can be deleted while young; an old one stops its batch."""
    old = await bot.send_message(sam.id, "old")
    telegram.clock.moves(hours=49)
    young = await bot.send_message(sam.id, "young")
    await sam.types("mine", waits=False)
    mine = sam.chat[-1].id
    with pytest.raises(BadRequest, match="can't be deleted"):
        await old.delete()
    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_messages(sam.id, [old.id, young.id])
    await bot.delete_messages(sam.id, [young.id, mine, 9999])
    assert [message.text for message in sam.chat] == ["hello", "old"]
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await young.delete()
    with pytest.raises(BadRequest):
        await bot.delete_messages(sam.id, range(1, 102))
    assert telegram.violations == ["deleteMessages: message_ids: 101, not 1-100 items"]


async def test_a_callback_carries_64_bytes(
    telegram: Telegram, bot: Bot, sam: Person
) -> None:
    """Letters are not bytes: 32 Arabic ones fit and 33 do not."""
    await bot.send_message(sam.id, "?", reply_markup=keyboard(("x", "ش" * 32)))
    with pytest.raises(BadRequest, match="Button_data_invalid"):
        await bot.send_message(sam.id, "?", reply_markup=keyboard(("x", "ش" * 33)))
    assert len(telegram.violations) == 1


@pytest.mark.parametrize(
    ("text", "mode", "says"),
    [
        ("", None, "Message text is empty"),
        ("x" * 4097, None, "Message is too long"),
        ("Call 0800 555 111.", "MarkdownV2", "Character '.' is reserved"),
        ("*bold", "MarkdownV2", "Can't find end of bold entity at byte offset 0"),
        ("<b>bold", "HTML", "Can't find end of bold entity at byte offset 0"),
        ("a < b", "HTML", "Unsupported start tag"),
        ("<h1>x</h1>", "HTML", 'Unsupported start tag "h1"'),
    ],
)
async def test_a_text_telegram_would_refuse(
    bot: Bot, sam: Person, text: str, mode: str | None, says: str
) -> None:
    """Texts that are too long, empty or wrongly marked up are refused."""
    with pytest.raises(BadRequest) as refused:
        await bot.send_message(sam.id, text, parse_mode=mode)
    assert says.lower() in str(refused.value).lower()


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("*Call* [999](https://example\\.org/a_b) _now_\\.", "MarkdownV2"),
        ('<b>Call</b> <a href="https://example.org/a_b">999</a> <i>now</i>.', "HTML"),
    ],
)
async def test_marks_become_entities(
    bot: Bot, sam: Person, text: str, mode: str
) -> None:
    """What is well marked up arrives plain, with its entities beside it."""
    sent = await bot.send_message(sam.id, text, parse_mode=mode)
    assert sent.text == "Call 999 now."
    kinds = [
        (str(entity.type), entity.offset, entity.length) for entity in sent.entities
    ]
    assert kinds == [("bold", 0, 4), ("text_link", 5, 3), ("italic", 9, 3)]


async def test_a_button_cannot_ring(bot: Bot, sam: Person) -> None:
    """A button with a tel: address makes Telegram refuse the whole message."""
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Ring", url="tel:999")]])
    with pytest.raises(BadRequest, match="Button_url_invalid"):
        await bot.send_message(sam.id, "?", reply_markup=markup)


async def test_a_bot_that_is_not_wanted(bot: Bot, sam: Person) -> None:
    """A block, an account that is gone and an unknown chat are told apart."""
    await sam.blocks()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(sam.id, "?")
    assert (await bot.get_updates())[-1].my_chat_member is not None
    await sam.unblocks()
    await bot.send_message(sam.id, "?")
    sam.deletes_account()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(sam.id, "?")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(1, "?")
