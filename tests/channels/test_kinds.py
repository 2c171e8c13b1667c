"""What tells of a chat itself is told from what a person sends."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from telegram import Chat, Message, Update
from telegram.ext import filters

from bot.channels.telegram.kinds import ABOUT_THE_CHAT


@pytest.mark.parametrize("name", sorted(set(Message.__slots__) - {"message_id"}))
def test_what_tells_of_the_chat_is_what_the_library_says(name: str) -> None:
    """Nothing that a person sends is passed over, whatever Telegram adds."""
    message = Message(5, datetime(2026, 11, 25, tzinfo=UTC), Chat(7, "private"))
    with message._unfrozen():  # noqa: SLF001 - one kind after another, all else alike
        setattr(message, name, True)
    tells = filters.StatusUpdate.ALL.check_update(Update(1, message=message))

    assert (name in ABOUT_THE_CHAT) == bool(tells)
