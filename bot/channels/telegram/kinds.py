"""What a message tells of: what a person has sent, or the chat itself. Pure.

The library's own filters for this bring with them all that serves updates its way.
"""

from __future__ import annotations

from telegram import Message
from telegram.constants import MessageAttachmentType, MessageType

# What a person sends, and what is said of it.
_SENT = {
    *(each.value for each in MessageAttachmentType),
    *(MessageType.TEXT, MessageType.CHECKLIST, MessageType.EFFECT_ID),
    *(MessageType.GIVEAWAY, MessageType.GIVEAWAY_WINNERS, MessageType.REPLY_TO_STORY),
    *(MessageType.BOOST_ADDED, MessageType.SENDER_BOOST_COUNT),
    *(MessageType.BUSINESS_CONNECTION_ID, MessageType.SENDER_BUSINESS_BOT),
    MessageType.SUGGESTED_POST_INFO,
}
ABOUT_THE_CHAT = frozenset(
    {each.value for each in MessageType} - _SENT | {"migrate_from_chat_id"}
)


def tells_of_chat(message: Message) -> bool:
    """Tell whether a message is about its chat, such as its messages' time to live."""
    return any(getattr(message, name) for name in ABOUT_THE_CHAT)
