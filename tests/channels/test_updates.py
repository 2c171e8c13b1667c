"""What Telegram tells us is read as what happened to a person, or left alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.channels.telegram.taps import Told, as_told
from bot.channels.telegram.updates import (
    Incoming,
    Vocabulary,
    chat_that_closed,
    read_update,
    room_to_leave,
)
from bot.core.engine.conversation import (
    Event,
    Interrupted,
    Said,
    Started,
    Tapped,
    Unread,
)

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
WORDS = Vocabulary(
    version="3",
    interrupts=frozenset({"danger", "leave"}),
    commands={"999": "danger", "exit": "leave"},
    bot="notes_bot",
)
SAM = {"id": 7, "type": "private", "first_name": "Sam"}
GROUP = {"id": -100, "type": "supergroup", "title": "A group"}
HOUR = timedelta(hours=1)
NOT_OFFERED = Tapped("", step="")


def an_update(**content: Any) -> Told:  # noqa: ANN401 - Telegram's own JSON
    """Return an update as it is told from then on."""
    return as_told({"update_id": 12, **content}, None)


def a_message(chat: dict[str, Any] = SAM, **content: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a message as Telegram writes it."""
    date = int(NOW.timestamp())
    return {"message_id": 5, "chat": chat, "date": date, "from": _user()} | content


def a_tap(
    data: str | None,
    *,
    stood: timedelta = timedelta(0),
    **screen: Any,  # noqa: ANN401
) -> Told:
    """Return a tap on a screen that has stood for a while."""
    since = int((NOW - stood).timestamp())
    message = a_message(text="Screen", **screen) | {"date": since}
    query = {"id": "77", "from": _user(), "chat_instance": "1", "message": message}
    return an_update(callback_query=query | ({"data": data} if data else {}))


def read(update: Told, forget_after: timedelta = HOUR) -> Incoming | None:
    """Read an update with the words of these tests."""
    return read_update(update, WORDS, NOW, forget_after)


def event_of(update: Told) -> Event | None:
    """Tell what an update is read as."""
    incoming = read(update)
    return incoming.event if incoming else None


def _user() -> dict[str, Any]:
    return {"id": 7, "is_bot": False, "first_name": "Sam"}


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("he is outside", Said("he is outside")),
        ("/start", Started()),
        ("/START", Started()),
        ("/start@notes_bot", Started()),
        ("/start@OtherBot", None),
        ("/999", Interrupted("danger")),
        ("/999 quick", Interrupted("danger")),
        ("/exit", Interrupted("leave")),
        ("/back", Tapped("back")),
        ("/back he has a knife", Said("back he has a knife")),
        ("/help", Said("help")),
        ("/what now", Said("what now")),
        ("/ 999", Said(" 999")),
    ],
)
def test_typed_words_and_commands(text: str, event: Event | None) -> None:
    """Whatever somebody types is read as they meant it, and never lost."""
    assert event_of(an_update(message=a_message(text=text))) == event


@pytest.mark.parametrize("payload", ["ref_leaflet7", "%3Cb%3E", "q9", "a" * 64])
def test_r05_what_a_link_adds_to_start_goes_nowhere(payload: str) -> None:
    """A link on a leaflet cannot say anything about who followed it."""
    incoming = read(an_update(message=a_message(text=f"/start {payload}")))
    assert incoming is not None
    assert incoming.event == Started()
    assert payload not in repr(incoming)


def test_b08_changed_words_are_told_apart_from_new_ones() -> None:
    """What was edited may tell of danger; a picture that was edited tells nothing."""
    edited = an_update(edited_message=a_message(text="he is here"))
    assert event_of(edited) == Said("he is here", edited=True)
    assert read(an_update(edited_message=a_message(text="/start"))) is None
    assert read(an_update(edited_message=a_message(new_kind_of_thing={}))) is None


def test_b43_what_cannot_be_read_is_told_apart_from_words() -> None:
    """A picture is not opened, a forward is no answer, a caption is read as words."""
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Kay"}
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    forwarded = a_message(text="yes", forward_origin=origin)
    assert event_of(an_update(message=forwarded)) == Unread()
    assert event_of(an_update(message=a_message(photo=photo))) == Unread()
    assert event_of(an_update(message=a_message(photo=photo, caption=""))) == Unread()
    assert event_of(an_update(message=a_message(new_kind_of_thing={}))) == Unread()
    captioned = a_message(photo=photo, caption="he is here")
    assert event_of(an_update(message=captioned)) == Said("he is here")


@pytest.mark.parametrize(
    "update",
    [
        an_update(channel_post=a_message(text="yes")),
        an_update(business_message=a_message(text="yes")),
        an_update(message=a_message(GROUP, text="/start")),
        an_update(message=a_message(write_access_allowed={})),
        a_tap("3:right_now:now", chat=GROUP),
        an_update(
            poll={
                "id": "1",
                "question": "?",
                "options": [],
                "total_voter_count": 0,
                "is_closed": True,
                "is_anonymous": True,
                "type": "regular",
                "allows_multiple_answers": False,
                "allows_revoting": False,
                "members_only": False,
            }
        ),
    ],
    ids=["b09_channel", "business", "b09_group", "about_the_chat", "b09_tap", "poll"],
)
def test_the_rest_is_left_alone(update: Told) -> None:
    """Edits, groups, channels and what is about the chat itself move nobody."""
    assert read(update) is None


@pytest.mark.parametrize(
    ("data", "event"),
    [
        ("3:right_now:not_now", Tapped("not_now", "right_now")),
        ("3:which:fixated:on", Tapped("fixated", "which", on=True)),
        ("3:which:fixated:off", Tapped("fixated", "which", on=False)),
        ("3:which:back", Tapped("back", "which")),
        ("2:right_now:now", Tapped("now", "right_now", stale=True)),
        ("1:long_gone:danger", Interrupted("danger")),
        ("3:which:leave", Interrupted("leave")),
        ("zzz", NOT_OFFERED),
        ("to_q9", NOT_OFFERED),
        ("3:which:fixated:maybe", NOT_OFFERED),
        ("\x00\xff:" * 16, NOT_OFFERED),
        (None, NOT_OFFERED),
    ],
)
def test_b05_a_button_is_read_or_shows_the_current_screen(
    data: str | None, event: Event
) -> None:
    """Forged and stale buttons lead nowhere; danger and leave work however old."""
    assert event_of(a_tap(data)) == event


def test_b20_a_tap_that_may_have_waited_for_hours_is_no_answer() -> None:
    """Nobody is marched on by taps from this morning; help still works."""
    hours = timedelta(hours=9)
    incoming = read(a_tap("3:right_now:not_now", stood=hours))
    assert incoming is not None
    assert incoming.event == Tapped("not_now", "right_now", stale=True)
    assert incoming.old
    assert event_of(a_tap("3:right_now:danger", stood=hours)) == Interrupted("danger")
    edited = a_tap("3:x:y", stood=hours, edit_date=int(NOW.timestamp()))
    assert event_of(edited) == Tapped("y", "x")


@pytest.mark.parametrize(("minutes", "old"), [(29, False), (31, True)])
def test_a_screen_is_old_once_its_person_is_forgotten(
    minutes: int, *, old: bool
) -> None:
    """Where the operator forgets sooner or later, taps count for just as long."""
    tap = a_tap("3:right_now:now", stood=timedelta(minutes=minutes))
    incoming = read(tap, timedelta(minutes=30))
    assert incoming is not None
    assert incoming.old is old
    assert incoming.event == Tapped("now", "right_now", stale=old)


def test_a_tap_on_a_message_that_telegram_keeps_no_more_is_answered() -> None:
    """A button older than Telegram's memory still brings the current screen."""
    gone = {"chat": SAM, "message_id": 5, "date": 0}
    query = {"id": "77", "from": _user(), "chat_instance": "1", "message": gone}
    incoming = read(an_update(callback_query=query | {"data": "3:right_now:now"}))
    stale = Tapped("now", "right_now", stale=True)
    now = int(NOW.timestamp())
    assert incoming == Incoming(7, stale, 5, "telegram:12", 0, now, "77", old=True)


def _membership(chat: dict[str, Any], status: str) -> Told:
    me = {"id": 1, "is_bot": True, "first_name": "Notes"}
    until = {"until_date": 0} if status == "kicked" else {}
    change = {
        "chat": chat,
        "from": _user(),
        "date": 1,
        "old_chat_member": {"user": me, "status": "left"},
        "new_chat_member": {"user": me, "status": status} | until,
    }
    return an_update(my_chat_member=change)


def test_b09_rooms_are_left_and_private_chats_are_not() -> None:
    """The bot has no business where more than one person reads."""
    assert room_to_leave(_membership(GROUP, "member")) == -100
    assert room_to_leave(an_update(message=a_message(GROUP, text="hi"))) == -100
    assert room_to_leave(_membership(GROUP, "left")) is None
    assert room_to_leave(_membership(SAM, "member")) is None
    assert room_to_leave(an_update(message=a_message(text="hi"))) is None


def test_b11_only_being_blocked_closes_a_chat() -> None:
    """Who blocks the bot is forgotten; who lets it in again is not."""
    assert chat_that_closed(_membership(SAM, "kicked")) == 7
    assert chat_that_closed(_membership(SAM, "member")) is None
    assert chat_that_closed(_membership(GROUP, "kicked")) is None
