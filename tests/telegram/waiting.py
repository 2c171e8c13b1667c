"""When a person can say that the bot has answered."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tests.telegram.ledger import Call

if TYPE_CHECKING:
    from tests.telegram.stand_in import Telegram

# A bot that acknowledged or deleted, and then did nothing for anybody for this long,
# has nothing to show. Silence in one chat is not enough: under load its turn may come.
_NOTHING_MORE = 0.5
_SHOW = ("sendMessage", "editMessage")
_WILL_TRY_AGAIN = {0, 429, 500, 502, 503, 504}


async def answer(
    telegram: "Telegram", chat_id: int, since: int, tap: str | None
) -> None:
    """Wait until the bot has answered in a chat, counting from its `since`-th call.

    It has when something was sent or edited, the tap (if any) was acknowledged, and no
    call is under way or came lately. A bot that only acknowledges or deletes has
    answered too, once it has been silent for longer. Raises AssertionError otherwise.
    """
    ends = time.monotonic() + telegram.patience
    while True:
        calls = telegram.ledger.calls_for(chat_id)[since:]
        now = time.monotonic()
        left = _silence_left(telegram, calls, tap)
        if left is not None and left <= 0:
            return
        if now > ends:
            raise AssertionError(f"The bot did not answer. {telegram.story(chat_id)}")
        await telegram.ledger.next_end(chat_id, min(left or 1.0, ends - now + 0.01))


def _silence_left(
    telegram: "Telegram", calls: Sequence[Call], tap: str | None
) -> float | None:
    """Tell after how much more silence the bot has answered; None if after none."""
    if not calls or any(call.status is None for call in calls):
        return None
    if calls[-1].status in _WILL_TRY_AGAIN:
        return None
    waiting = tap and (found := telegram.chats.tap(tap)) and found.answer is None
    shown = any(call.status == 200 and call.method.startswith(_SHOW) for call in calls)
    now = time.monotonic()
    if waiting or not shown:
        return telegram.ledger.last_at + _NOTHING_MORE - now
    return max(call.ended or now for call in calls) + telegram.quiet - now
