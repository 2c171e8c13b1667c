"""Whatever people send, in whatever room, ends in help or in nothing at all."""

from __future__ import annotations

import pytest

from tests.channels.running import Desk, running
from tests.telegram.attachments import ATTACHMENTS
from tests.telegram.json_types import Json
from tests.telegram.stand_in import Person, Telegram


def shown(person: Person) -> list[str]:
    """Give the texts that a person sees from the bot now."""
    return [message.text for message in person.chat if message.by_bot]


@pytest.mark.usefixtures("channel")
async def test_b08_an_edited_message_moves_nobody(
    telegram: Telegram, desk: Desk
) -> None:
    """Mending a typing error is no second answer, and edits no conversation away."""
    sam = telegram.person()
    await sam.starts()
    await sam.types("no", waits=False)
    typed = sam.chat[-1]
    await telegram.until(lambda: sam.screen.text == "Which of these fit?")
    for now in ("yes", "/start"):
        await sam.edits(now, message=typed, waits=False)
    await sam.taps("fixated")
    assert await desk.step(sam.id) == "which_of_four"
    assert len(shown(sam)) == 1


@pytest.mark.usefixtures("channel")
async def test_b09_a_group_is_left_without_a_word(
    telegram: Telegram, desk: Desk
) -> None:
    """No guidance where others read: the bot goes, and keeps nothing."""
    group = -1001
    sam = telegram.person(group=group)
    me = {"id": 424242, "is_bot": True, "first_name": "Notes"}
    change = {
        "chat": sam.chat_about,
        "from": sam.about,
        "date": 1,
        "old_chat_member": {"user": me, "status": "left"},
        "new_chat_member": {"user": me, "status": "member"},
    }
    await sam.sends_update({"my_chat_member": change})
    assert len(telegram.ledger.calls_of("leaveChat")) == 1
    await sam.types("/start")
    anonymous = telegram.person(1087968824, group=group)
    await anonymous.types("/start")
    moved: Json = {"migrate_to_chat_id": -1002}
    message = {"message_id": 9, "chat": sam.chat_about, "date": 1} | moved
    await sam.sends_update({"message": message})
    assert telegram.ledger.calls_of("sendMessage") == []
    for chat in (group, sam.id, anonymous.id):
        assert await desk.kept(chat) is None


@pytest.mark.usefixtures("channel")
async def test_b09_a_room_that_has_moved_is_left_alone(
    telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    """A group became a supergroup, a channel posts: nothing breaks, nobody waits."""
    group = telegram.person(group=-1001)
    telegram.misbehaves.refuses(
        "leaveChat",
        "group chat was upgraded to a supergroup chat",
        parameters={"migrate_to_chat_id": -1002},
    )
    await group.types("/start", waits=False)
    post = {"message_id": 9, "chat": group.chat_about | {"type": "channel"}, "date": 1}
    telegram.updates.put({"channel_post": post | {"text": "yes"}}, -1001, unasked=True)
    sam = telegram.person()
    await sam.starts()
    assert [call.method for call in telegram.ledger.calls_for(-1001)] == ["leaveChat"]
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


@pytest.mark.usefixtures("channel")
@pytest.mark.parametrize(
    "step", [(), ("not_now",), ("not_now", "done"), ("not_now", "done", "report")]
)
async def test_b42_nobody_is_stuck_anywhere(
    telegram: Telegram, desk: Desk, step: tuple[str, ...]
) -> None:
    """Start always starts, urgent words always show 999, and nothing meets silence."""
    sam = telegram.person()
    await sam.starts()
    for option in step:
        await sam.taps(option)
    for words in ("/help", "/no_such_command", "HELP ME"):
        before = sam.screen
        await sam.types(words)
        assert "999" in sam.screen.text
        assert sam.screen.id > before.id  # it stands below what they wrote
    before = sam.screen
    await sam.sends_photo("")
    assert "999" in sam.screen.text
    assert sam.screen.id > before.id
    await sam.starts()
    assert await desk.step(sam.id) == "right_now"


@pytest.mark.usefixtures("channel")
@pytest.mark.parametrize("kind", sorted(ATTACHMENTS))
async def test_b43_what_cannot_be_read_is_answered_once(
    telegram: Telegram, desk: Desk, kind: str
) -> None:
    """A voice message is not opened; the person is told so, with 999, and stays put."""
    sam = telegram.person()
    await sam.starts()
    await sam.sends(kind)
    assert len(shown(sam)) == 1
    assert sam.screen.text.startswith("I can only read words. In danger? Call 999.")
    assert await desk.step(sam.id) == "right_now"
    assert telegram.ledger.calls_of("getFile") == []


@pytest.mark.usefixtures("channel")
async def test_b43_an_album_gets_one_reply_and_forwards_are_no_answers(
    telegram: Telegram, desk: Desk
) -> None:
    """Five pictures at once are one thing sent; somebody else's yes is not theirs."""
    sam = telegram.person()
    await sam.starts()
    await sam.sends_album(5, waits=False)
    await telegram.until(
        lambda: len(shown(sam)) == 1 and "only read" in sam.screen.text
    )
    await telegram.until(lambda: not telegram.updates.pending)
    assert len(telegram.ledger.calls_of("sendMessage")) == 1 + 1
    for _ in range(2):
        await sam.forwards("yes", waits=False)
    await sam.forwards("yes")  # forwarded in one go: the last one's screen is the one
    assert len(telegram.ledger.calls_of("sendMessage")) <= 1 + 1 + 3
    assert len(shown(sam)) == 1
    assert "I can only read words" in sam.screen.text
    assert await desk.step(sam.id) == "right_now"


async def test_b48_taps_arrive_whatever_an_earlier_run_asked_for(
    telegram: Telegram, desk: Desk
) -> None:
    """Telegram remembers an old list of kinds; every start names its own."""
    telegram.updates.asks_for(["message"])
    async with running(telegram, desk):
        sam = telegram.person()
        await sam.starts()
        await sam.taps("not_now")
        assert await desk.step(sam.id) == "which_of_four"
    kinds = {"message", "edited_message", "callback_query", "my_chat_member"}
    polls = telegram.ledger.calls_of("getUpdates")
    assert all(set(poll.parameters["allowed_updates"]) == kinds for poll in polls)
