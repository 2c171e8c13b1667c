"""Words that are looked for in texts, and how they are found."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.core.danger.folding import fold


def promised_words(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of these phrases in folded text, also with an s."""
    return _any_of(phrases, r"s?\b")


def telling_words(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of these phrases in folded text, or longer words."""
    return _any_of(phrases, "")


def _any_of(phrases: Iterable[str], end: str) -> re.Pattern[str]:
    either = "|".join(re.escape(fold(phrase)) for phrase in phrases if fold(phrase))
    return re.compile(rf"\b(?:{either}){end}" if either else "(?!)")
