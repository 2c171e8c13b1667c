"""Every kind of update that Telegram knows, and some that it never should send."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from tests.canary.people import FORGED, words
from tests.telegram.attachments import ATTACHMENTS
from tests.telegram.json_types import Json
from tests.telegram.stand_in import Person

_IDS = count(100)  # below those that the stand-in gives


def every_kind(person: Person, index: int) -> Iterator[Json]:
    """Give updates of every kind, with marks in all that can be written freely."""
    for kind, body in (
        *(("message", each) for each in _messages(person, words(index))),
        *_others(person, words(index)),
        *_poisoned(person, words(index)),
    ):
        yield {"update_id": next(_IDS), kind: body}


def _messages(person: Person, text: str) -> Iterator[Json]:
    base: Json = {"message_id": 900, "date": 1, "chat": person.chat_about}
    base["from"] = person.about
    user_entity = {"type": "text_mention", "offset": 0, "length": 4}
    earlier = base | {"text": text}
    yield base | {"text": text, "entities": [user_entity | {"user": person.about}]}
    yield base | {"text": text, "reply_to_message": earlier, "via_bot": person.about}
    yield base | {"text": f"/start {text}"}
    yield base | {"text": text, "quote": {"text": text, "position": 0}}
    for kind, attached in ATTACHMENTS.items():
        yield base | {kind: attached, "caption": text}
    for what in (
        {"contact": {"phone_number": "+440000000000", "first_name": text}},
        {"document": ATTACHMENTS["document"] | {"file_name": text}},
        {"poll": ATTACHMENTS["poll"] | {"question": text}},
        {
            "venue": {
                "title": text,
                "address": text,
                "location": ATTACHMENTS["location"],
            }
        },
        {"dice": {"emoji": "🎲", "value": 3}},
        {"web_app_data": {"data": text, "button_text": text}},
        {"new_chat_title": text},
        {"new_chat_members": [person.about]},
        {"left_chat_member": person.about},
        {"pinned_message": earlier},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        {"forward_origin": {"type": "user", "date": 1, "sender_user": person.about}},
        {"users_shared": {"request_id": 1, "users": [{"user_id": person.id}]}},
    ):
        yield base | what


def _others(person: Person, text: str) -> Iterator[tuple[str, Json]]:
    message: Json = {"message_id": 900, "date": 1, "chat": person.chat_about}
    message |= {"from": person.about, "text": text}
    asked: Json = {"id": "77", "from": person.about}
    yield "edited_message", message | {"edit_date": 2}
    yield (
        "channel_post",
        message | {"chat": {"id": -5, "type": "channel", "title": text}},
    )
    yield "business_message", message | {"business_connection_id": text}
    yield "inline_query", asked | {"query": text, "offset": ""}
    yield (
        "chosen_inline_result",
        {"result_id": text, "query": text, "from": person.about},
    )
    tap = asked | {"chat_instance": text, "message": message}
    yield "callback_query", tap | {"data": FORGED}
    yield "callback_query", tap | {"data": f"1:{FORGED}:now"}
    yield "callback_query", tap | {"game_short_name": text}
    yield from _not_asked_for(person, text, asked)


def _not_asked_for(
    person: Person, text: str, asked: Json
) -> Iterator[tuple[str, Json]]:
    """Give kinds that we ask Telegram never to send."""
    yield "callback_query", asked | {"chat_instance": text, "inline_message_id": text}
    yield "poll", ATTACHMENTS["poll"] | {"question": text}
    yield "poll_answer", {"poll_id": "1", "user": person.about, "option_ids": [0]}
    yield (
        "pre_checkout_query",
        asked | {"currency": "GBP", "total_amount": 1} | {"invoice_payload": text},
    )
    yield (
        "chat_join_request",
        {
            "chat": {"id": -6, "type": "supergroup", "title": text},
            "from": person.about,
            "user_chat_id": person.id,
            "date": 1,
            "bio": text,
        },
    )
    yield (
        "message_reaction",
        {
            "chat": person.chat_about,
            "message_id": 900,
            "user": person.about,
            "date": 1,
            "old_reaction": [],
            "new_reaction": [{"type": "emoji", "emoji": "👍"}],
        },
    )
    yield "a_kind_of_a_later_time", {"text": text, "from": person.about}


def _poisoned(person: Person, text: str) -> Iterator[tuple[str, Json]]:
    """Give what no library can read, each in its own way."""
    yield "message", {"message_id": text}
    yield "message", {"message_id": 1, "date": text, "chat": person.chat_about}
    yield "message", {"message_id": 1, "date": 1, "chat": {"id": text, "type": text}}
    yield (
        "message",
        {"message_id": 1, "date": 1, "chat": person.chat_about}
        | {
            "text": [text],
            "from": person.about,
        },
    )
    yield "callback_query", {"id": 7, "data": text, "from": text}
    yield "callback_query", {"from": person.about, "data": {"data": text}}
    yield "my_chat_member", {"chat": person.chat_about, "from": text}
