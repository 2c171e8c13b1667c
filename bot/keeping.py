"""What is kept of a person between two turns, and what its parts are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.engine.conversation import Conversation, from_plain, to_plain
from bot.core.errors import Unreadable
from bot.stores.base import NOTES, Record

Notes = Mapping[str, Any]  # a channel's own

CONVERSATION = "conversation"
TURN = "turn"  # the name of the last turn
COUNTING = "counting"  # what is noted of someone who agreed to be counted


def notes_in(record: Record | None) -> Notes:
    """Return the channel's notes; none are an empty table."""
    notes: Notes = (record or {}).get(NOTES, {})
    return notes


def conversation_in(record: Record | None) -> Conversation | None:
    """Return the conversation; None where there is none that can be read."""
    if record is None:
        return None
    try:
        return from_plain(record[CONVERSATION])
    except (Unreadable, KeyError):
        return None


def is_last(record: Record | None, turn: str) -> bool:
    """Tell whether a turn of this name is the last one of whoever has this record."""
    return CONVERSATION in (record or {}) and (record or {}).get(TURN) == turn


def record_of(
    conversation: Conversation | None,
    notes: Notes,
    turn: str,
    counting: Mapping[str, Any] | None,
) -> Record | None:
    """Return what is kept: notes may outlive a conversation, and nothing else does."""
    if conversation is None:
        return {NOTES: notes} if notes else None
    record = {CONVERSATION: to_plain(conversation), NOTES: notes, TURN: turn}
    return {**record, COUNTING: counting} if counting else record


def with_notes(record: Record | None, notes: Notes) -> Record | None:
    """Return a record with other notes; where nothing else is in it, they are all."""
    if CONVERSATION in (record or {}):
        return {**(record or {}), NOTES: notes}
    return {NOTES: notes} if notes else None
