"""When a person can say that the bot has answered."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.telegram.ledger import Call

if TYPE_CHECKING:
    from tests.telegram.stand_in import Telegram

# Only of a bot in a process of its own: one that acknowledged, and then did nothing for
# anybody for this long, has nothing to show. On a busy machine, its turn may yet come.
_NOTHING_MORE = 5.0
_SHOWS, _TAKES_AWAY = ("sendMessage", "editMessage"), "deleteMessage"
_WILL_TRY_AGAIN = {0, 429, 500, 502, 503, 504}


@dataclass(frozen=True, slots=True)
class Asked:
    """What waits for an answer: an update, in a chat that had `since` calls by then.

    `tap` is the id of the tap that it was, if it was one.
    """

    chat_id: int
    since: int
    update_id: int
    tap: str | None


async def answer(telegram: "Telegram", asked: Asked) -> None:
    """Wait until the bot has answered.

    It has when it has done with the update, and no call is under way in the chat. Where
    nobody knows what it has done with, it has when something was sent, edited or taken
    away, the tap (if any) was acknowledged, and no call is under way or came lately.
    Raises AssertionError otherwise.
    """
    ends = time.monotonic() + telegram.patience
    while True:
        left = _silence_left(telegram, asked)
        if left is not None and left <= 0:
            return
        now = time.monotonic()
        if now > ends:
            story = telegram.story(asked.chat_id)
            raise AssertionError(f"The bot did not answer. {story}")
        within = min(left or 1.0, ends - now + 0.01)
        await telegram.ledger.next_end(asked.chat_id, within)


def _silence_left(telegram: "Telegram", asked: Asked) -> float | None:
    """Tell after how much more silence the bot has answered; None if after none."""
    calls = telegram.ledger.calls_for(asked.chat_id)[asked.since :]
    if any(call.status is None for call in calls):
        return None
    if telegram.finished is not None:
        return 0 if asked.update_id in telegram.finished else None
    if not calls or calls[-1].status in _WILL_TRY_AGAIN:
        return None
    tap = telegram.chats.tap(asked.tap) if asked.tap else None
    now = time.monotonic()
    if (tap and tap.answer is None) or not _is_shown(telegram, asked.chat_id, calls):
        return telegram.ledger.last_at + _NOTHING_MORE - now
    return max(call.ended or now for call in calls) + telegram.quiet - now


def _is_shown(telegram: "Telegram", chat_id: int, calls: Sequence[Call]) -> bool:
    done = [call.method for call in calls if call.status == 200]
    if any(method.startswith(_SHOWS) for method in done):
        return True
    took_away = any(method.startswith(_TAKES_AWAY) for method in done)
    return took_away and not telegram.chats.shows_anything(chat_id)
