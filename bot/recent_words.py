"""What someone typed a moment ago, so that "he" "is" "outside" is read as one message.

Held in memory alone, for seconds, and never kept: a restart or another replica loses
it, and then each message is read by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

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

    def before(self, person: PersonKey, now: datetime) -> tuple[str, ...]:
        """Return what this person typed within the last seconds, oldest first."""
        self.let_go(now)
        typed = self._typed.get(person)
        return typed.texts if typed else ()

    def add(self, person: PersonKey, text: str, now: datetime) -> None:
        """Hold a message for some seconds."""
        texts = (*self.before(person, now), text)[-MOST_MESSAGES:]
        self._typed.pop(person, None)  # so that whoever typed last comes last
        self._typed[person] = _Typed(now, texts)
        while len(self._typed) > MOST_PEOPLE:
            self._typed.pop(next(iter(self._typed)))

    def forget(self, person: PersonKey) -> None:
        """Let go of this person's words at once."""
        self._typed.pop(person, None)

    def let_go(self, now: datetime) -> None:
        """Let go of all that is older than some seconds."""
        oldest = now - READ_TOGETHER
        while self._typed:
            person = next(iter(self._typed))
            if self._typed[person].last >= oldest:
                return
            del self._typed[person]
