"""What another lesson changes over all that is known, and what it must not lose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.core.danger.corpus import Message
from bot.core.danger.recogniser import Recogniser
from bot.core.danger.signs import EMERGENCIES, UNCLEAR


@dataclass(frozen=True, slots=True)
class Change:
    """A known message that is understood in another way than before.

    `lost`: it tells of an emergency, and is now passed over; or it is a phrase that no
    longer does what its place in signs.yaml says.
    """

    message: Message
    before: tuple[str, ...]
    after: tuple[str, ...]
    lost: bool


def changes(
    known: Iterable[Message], before: Recogniser, after: Recogniser
) -> Iterator[Change]:
    """Give every known message whose first sign has changed."""
    for message in known:
        was, now = before.signs(message.text), after.signs(message.text)
        if was[:1] != now[:1]:
            yield Change(message, was, now, _lost(message, was, now))


def _lost(message: Message, was: tuple[str, ...], now: tuple[str, ...]) -> bool:
    if not message.signs:
        return False
    if message.kind == "phrase":
        return message.signs[0] in was and message.signs[0] not in now
    helped = {*EMERGENCIES, UNCLEAR}
    urgent = not helped.isdisjoint(message.signs)
    return urgent and not helped.isdisjoint(was) and helped.isdisjoint(now)
