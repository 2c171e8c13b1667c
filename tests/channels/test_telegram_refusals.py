"""What Telegram refuses costs nobody their answer, and nobody else theirs."""

from __future__ import annotations

import pytest

from bot.channels.telegram.app import TelegramChannel
from tests.channels.running import Desk, no_key, running
from tests.telegram.stand_in import Person, Telegram


def shown(person: Person) -> list[str]:
    """Give the texts that a person sees from the bot now."""
    return [message.text for message in person.chat if message.by_bot]


async def test_b01_a_tap_acknowledged_too_late_is_answered(
    telegram: Telegram, desk: Desk, channel: TelegramChannel
) -> None:
    """Telegram calls the tap too old; the next question comes all the same, once."""
    sam = telegram.person()
    await sam.starts()
    telegram.misbehaves.refuses(
        "answerCallbackQuery",
        "query is too old and response timeout expired or query ID is invalid",
        chat=sam.id,
    )
    await sam.taps("not_now", waits=False)
    await telegram.until(lambda: shown(sam) == ["Which of these fit?"])
    assert await desk.step(sam.id) == "which_of_four"
    await telegram.until(lambda: channel.acknowledged_too_late == 1)


@pytest.mark.usefixtures("channel")
async def test_b01_the_acknowledgement_waits_for_nothing(telegram: Telegram) -> None:
    """The button stops spinning while the edit is still on its way, and the reverse."""
    sam = telegram.person()
    await sam.starts()
    releases = telegram.misbehaves.holds()
    calls = len(telegram.ledger.calls_for(sam.id))
    await sam.taps("not_now", waits=False)
    await telegram.until(lambda: len(telegram.ledger.calls_for(sam.id)) == calls + 2)
    under_way = telegram.ledger.calls_for(sam.id)[calls:]
    assert {c.method for c in under_way} == {"answerCallbackQuery", "editMessageText"}
    assert [call.status for call in under_way] == [None, None]
    releases()
    await telegram.until(lambda: shown(sam) == ["Which of these fit?"])


@pytest.mark.usefixtures("channel")
async def test_b02_the_same_text_again_is_nothing_to_see(telegram: Telegram) -> None:
    """Tapping twice in a hurry shows no error and no second message."""
    sam = telegram.person()
    await sam.starts()
    screen = sam.screen
    await sam.taps("not_now", waits=False)
    await sam.taps("not_now", on_message=screen, waits=False)
    await telegram.until(lambda: len(telegram.ledger.refused()) == 1)
    assert "not modified" in telegram.ledger.refused()[0].description
    assert shown(sam) == ["Which of these fit?"]
    await sam.taps("done")
    assert len(telegram.ledger.calls_of("sendMessage")) == 1


@pytest.mark.usefixtures("channel")
@pytest.mark.parametrize(
    "why", ["message to edit not found", "message can't be edited"]
)
async def test_b02_a_message_that_cannot_be_edited_is_sent_anew(
    telegram: Telegram, why: str
) -> None:
    """Who cleared the chat is not stuck: the step comes as a new message."""
    sam = telegram.person()
    await sam.starts()
    telegram.misbehaves.refuses("editMessageText", why, chat=sam.id)
    await sam.taps("not_now")
    assert shown(sam) == ["Which of these fit?"]
    await sam.taps("done")
    assert len(shown(sam)) == 1
    assert len(telegram.ledger.calls_of("sendMessage")) == 2


@pytest.mark.usefixtures("channel")
@pytest.mark.parametrize(
    "data",
    [
        *("zzz", "to_q9", "3:what_you_want:report", "2:right_now:not_now", None),
        "\x00\x1b\u202e:" * 9 + "\ufffd",
    ],
)
async def test_b05_a_button_that_was_never_offered_moves_nobody(
    telegram: Telegram, desk: Desk, data: str | None
) -> None:
    """Forged data is acknowledged, and leads to no place that was not offered."""
    sam = telegram.person()
    await sam.starts()
    before = len(telegram.ledger.calls_for(sam.id))
    await sam.taps_data(data)
    (tap,) = telegram.chats.meet(sam.chat_about).taps.values()
    await telegram.until(lambda: tap.answer is not None)
    again = telegram.ledger.calls_for(sam.id)[before:]
    assert "editMessageText" in {call.method for call in again}
    assert await desk.step(sam.id) == "right_now"
    assert "call 999" in sam.screen.text
    assert len(shown(sam)) == 1


@pytest.mark.usefixtures("channel")
async def test_b11_who_blocks_the_bot_is_forgotten(
    telegram: Telegram, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is kept, tried again or logged of them; everyone else goes on."""
    one, two, three, tapping = everyone = [telegram.person() for _ in range(4)]
    for person in everyone:
        await person.starts()
    one.deletes_account()
    await one.taps("not_now", waits=False)
    await two.blocks()
    await three.types("hello", waits=False)
    telegram.chats.forget(three.id)
    await tapping.taps("not_now", waits=False)
    telegram.chats.forget(tapping.id)
    last = telegram.person()
    await last.starts()
    await last.taps("not_now")
    for person in everyone:
        assert await desk.kept(person.id) is None
        assert str(person.id) not in caplog.text
        tries = telegram.ledger.calls_for(person.id)
        assert sum(call.refused for call in tries) <= 1
    assert await desk.step(last.id) == "which_of_four"


@pytest.mark.usefixtures("channel")
@pytest.mark.parametrize("refusal", ["BUTTON_URL_INVALID", "BUTTON_DATA_INVALID"])
async def test_b46_words_come_although_a_button_is_refused(
    telegram: Telegram, refusal: str
) -> None:
    """999 in the text matters more than any button."""
    sam = telegram.person()
    telegram.misbehaves.refuses(
        description=refusal, times=None, when=lambda given: "reply_markup" in given
    )
    await sam.starts()
    assert "call 999" in sam.screen.text
    await sam.taps_data("3:right_now:danger")
    assert "Call 999" in sam.screen.text
    assert len(shown(sam)) == 1


@pytest.mark.usefixtures("channel")
async def test_a_flooded_chat_is_answered_later_and_others_at_once(
    telegram: Telegram,
) -> None:
    """Telegram makes one chat wait; the next person does not wait with it."""
    sam, kim = telegram.person(), telegram.person()
    await sam.starts()
    telegram.misbehaves.floods(1, chat=sam.id)
    await sam.taps("not_now", waits=False)
    await telegram.until(lambda: len(telegram.ledger.refused()) > 0)
    await kim.starts()
    await kim.taps("not_now")
    assert shown(kim) == ["Which of these fit?"]
    assert "call 999" in shown(sam)[0]
    await telegram.until(lambda: shown(sam) == ["Which of these fit?"])


@pytest.mark.usefixtures("channel")
@pytest.mark.parametrize("code", [500, 502])
async def test_a_call_that_telegram_fails_is_tried_again(
    telegram: Telegram, code: int
) -> None:
    """A hiccup on Telegram's side costs a moment, not the answer."""
    sam = telegram.person()
    telegram.misbehaves.refuses("sendMessage", code=code)
    await sam.starts()
    assert len(shown(sam)) == 1


@pytest.mark.usefixtures("channel")
async def test_an_answer_cut_off_on_its_way_leaves_one_screen(
    telegram: Telegram,
) -> None:
    """An edit that Telegram did, but could not confirm, is not seen twice."""
    sam = telegram.person()
    await sam.starts()
    telegram.misbehaves.cuts_off("editMessageText", did_it=True)
    await sam.taps("not_now")
    assert shown(sam) == ["Which of these fit?"]


@pytest.mark.usefixtures("channel")
async def test_b34_an_answer_that_cannot_be_read_is_not_logged(
    telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    """A page in place of an answer is taken for a hiccup; what it says stays unsaid."""
    sam = telegram.person()
    telegram.misbehaves.garbles("sendMessage")
    await sam.starts()
    assert len(shown(sam)) == 1
    assert "one moment please" not in caplog.text


async def test_b34_a_fault_of_our_own_shows_999_and_logs_no_words(
    telegram: Telegram, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever breaks, the person sees 999, and the log has a class and a reference."""
    async with running(telegram, desk, person_key=no_key):
        sam = telegram.person(first_name="Sentinel", username="sentinel_91")
        await sam.types("SENTINEL-91 outside my door")
    assert "Call 999" in sam.screen.text
    ours = [r.getMessage() for r in caplog.records if r.name.startswith("bot.")]
    assert len(ours) == 1
    assert ours[0].startswith("an update failed: RuntimeError (reference ")
    assert not any(r.exc_info for r in caplog.records if r.name.startswith("bot."))
