"""What someone typed a moment ago, so that "he" "is" "outside" is read as one message.

Held in memory alone, for seconds, and never kept: a restart or another replica loses
it, and then each message is read by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.engine.conversation import Event, Said
from bot.core.person import PersonKey

READ_TOGETHER = timedelta(seconds=8)  # between two messages of one person
MOST_MESSAGES = 8
MOST_PEOPLE = 10_000  # who typed within the last seconds; the oldest go first


@dataclass(frozen=True, slots=True)
class _Typed:
    last: datetime
    texts: tuple[str, ...]


class RecentWords:
    """The last words of everyone who is typing just now."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._typed: dict[PersonKey, _Typed] = {}

    def together(self, person: PersonKey, event: Event, now: datetime) -> Event:
        """Return an event; words with those of the last seconds before them."""
        if not isinstance(event, Said) or event.edited:
            return event
        self.let_go(now)
        typed = self._typed.get(person)
        return replace(event, before=typed.texts if typed else ())

    def after(
        self, person: PersonKey, event: Event, now: datetime, *, understood: bool
    ) -> None:
        """Hold words for some seconds, unless they were understood."""
        if isinstance(event, Said) and event.edited:
            return
        typed = self._typed.pop(person, None)  # so that whoever typed last comes last
        if understood or not isinstance(event, Said):
            return
        texts = (*(typed.texts if typed else ()), event.text)[-MOST_MESSAGES:]
        self._typed[person] = _Typed(now, texts)
        while len(self._typed) > MOST_PEOPLE:
            self._typed.pop(next(iter(self._typed)))

    def let_go(self, now: datetime) -> None:
        """Let go of all that is older than some seconds."""
        oldest = now - READ_TOGETHER
        while self._typed:
            person = next(iter(self._typed))
            if self._typed[person].last >= oldest:
                return
            del self._typed[person]
