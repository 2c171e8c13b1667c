"""Good practice, what Telegram is like: a test for each row (4.3 of the domain)."""

from __future__ import annotations

import pytest

from bot.channels.telegram.messages import message_of
from bot.core.engine.conversation import Said
from bot.core.engine.profile import profile_of
from bot.core.engine.screen import Moment
from tests.channels.running import Desk, running
from tests.command import ROOT
from tests.person import Person
from tests.telegram.stand_in import Telegram
from tests.threats.flow_texts import said_anywhere, said_at
from tests.walk import shipped, ways


def test_4_3_cloud_chats_on_every_device(person: Person) -> None:
    """It is said before question one, and a page leads to Settings, Devices."""
    person.starts()
    assert person.sees("Telegram keeps this chat on every phone and computer")
    person.taps("phone")
    assert person.sees("Go to Settings, then Devices")


def test_4_3_never_secret_or_encrypted() -> None:
    """What a bot's chat is not, no screen ever calls it."""
    never = shipped().flow.never_say
    for word in ("secret", "encrypted", "untraceable", "confidential"):
        assert word in never
        assert word not in said_anywhere().lower()


def test_4_3_a_privacy_notice_of_our_own(person: Person) -> None:
    """/privacy says what the operator gets, and a notice is there to be published."""
    person.starts()
    person.uses("privacy")
    for words in (
        "Your answers are kept",
        "Your name is not kept",
        "The number of this",
    ):
        assert person.sees(words)
    assert (ROOT / "docs" / "privacy" / "notice.md").is_file()


@pytest.mark.usefixtures("channel")
async def test_4_3_messages_under_48_hours_of_both_sides_are_deleted(
    telegram: Telegram, desk: Desk
) -> None:
    """Only their ids are kept for it, and no longer than they are of use."""
    sam = telegram.person()
    await sam.starts()
    await sam.sends_photo()
    kept = await desk.kept(sam.id)
    assert kept
    assert str(min(message.id for message in sam.chat)) in str(kept["notes"])

    await sam.taps("leave")
    assert sam.chat == []
    assert await desk.kept(sam.id) is None


def test_4_3_what_deleting_does_not_do_is_told() -> None:
    """Older messages, old alerts, screenshots, Telegram's own computers."""
    says = said_at("what_is_kept") + said_at("safe_phone")
    for words in (
        "less than two days old",
        "Old alerts and screenshots",
        "own computers",
    ):
        assert words in says


def test_4_3_steps_to_delete_the_chat_on_each_platform() -> None:
    """Android, iPhone and computer, and to stop the bot."""
    page = said_at("safe_phone")
    for words in ("• Android:", "• iPhone:", "• Computer:", "stop the bot"):
        assert words in page


def test_4_3_numbers_stand_in_the_text_and_no_button_calls(person: Person) -> None:
    """A button cannot ring, so each number can be read, and tapped where phones do."""
    person.starts(at="police_today")
    texts, keyboard = message_of(person.screen)
    assert "101" in "".join(texts)
    assert keyboard
    assert all(
        set(button) == {"text", "callback_data"} for row in keyboard for button in row
    )


def test_4_3_a_neutral_name_in_the_list_of_chats(moment: Moment) -> None:
    """It shows to whoever sees the list; a picture is set with BotFather."""
    assert profile_of(shipped().flow, moment).name == "Evening guide"
    assert "neutral name and picture" in (ROOT / "README.md").read_text("utf-8")


def test_4_3_buttons_rather_than_typed_words(person: Person) -> None:
    """A tap leaves no message behind, and taps alone lead everywhere."""
    for step, way in ways().items():
        assert not any(isinstance(event, Said) for event in way), step
    person.starts()
    assert person.options


async def test_4_3_private_chats_only(telegram: Telegram, desk: Desk) -> None:
    """A group is left without a word."""
    async with running(telegram, desk):
        sam = telegram.person(group=-100)
        await sam.types("/start")
    assert len(telegram.ledger.calls_of("leaveChat")) == 1
    assert telegram.ledger.calls_of("sendMessage") == []


@pytest.mark.usefixtures("channel")
async def test_4_3_never_a_message_that_nobody_asked_for(
    telegram: Telegram, desk: Desk
) -> None:
    """Time passes: messages go, and none comes."""
    sam = telegram.person()
    await sam.starts()
    sent = len(telegram.ledger.calls_of("sendMessage"))
    desk.clock.moved = desk.front_desk.forget_after * 2
    await telegram.person().starts()
    await desk.front_desk.forget_idle()
    assert len(telegram.ledger.calls_of("sendMessage")) == sent + 1
