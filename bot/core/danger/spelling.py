"""A word with one slip of the thumb to the word that was meant.

Known words are those of the messages that were learnt from. A word that nobody there
ever wrote, and that is one slip away from one that many wrote, is taken for that one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bot.core.danger.folding import fold

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019*][^\W\d_]+)*")  # as typed: he's, o*tside
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 4  # letters; shorter words are one slip away from too many others
OFTEN = 5  # messages that a word must stand in to be what was meant


class Spelling:
    """Words that are known, and those of them that a slip may be mended to."""

    def __init__(self, words: Iterable[str]) -> None:
        """Know these words; each counts the more the earlier it comes.

        A word that is known, and never meant by another, has a "-" before it.
        """
        listed = [(word.lstrip("-"), word.startswith("-")) for word in words]
        self._known = frozenset(word for word, _ in listed)
        meant = (word for word, never in listed if not never)
        self._rank = {word: rank for rank, word in enumerate(meant)}

    def mended(self, words: list[str]) -> list[str]:
        """Return folded words with their slips mended, and halves of a word joined."""
        return [self._mended(word) for word in self._joined(words)]

    def mended_text(self, text: str) -> str:
        """Return a text with its slips mended, and all else of it as it was typed."""
        return " ".join(self._joined(_WORD.sub(self._meant, text).split(" ")))

    def _joined(self, words: list[str]) -> list[str]:
        found: list[str] = []
        for word in words:
            if found and self._are_halves(found[-1].lower(), word.lower()):
                found[-1] += word
            else:
                found.append(word)
        return found

    def _are_halves(self, before: str, after: str) -> bool:
        return before + after in self._rank and not self._known.issuperset(
            (before, after)
        )

    def _meant(self, typed: re.Match[str]) -> str:
        word = typed[0]
        if len(word) < SHORTEST or word.lower() in self._known:
            return word
        folded = fold(word)
        mended = self._mended(folded)
        return word if mended == folded else mended

    def _mended(self, word: str) -> str:
        if len(word) < SHORTEST or word in self._known or not word.isalpha():
            return word
        meant = [near for near in _one_slip(word) if near in self._rank]
        return min(meant, key=self._rank.__getitem__, default=word)


def words_of(texts: Iterable[list[str]]) -> tuple[str, ...]:
    """Return what `Spelling` takes, from the folded words of many messages."""
    counted = Counter(word for words in texts for word in set(words))
    known = sorted(counted, key=lambda word: (-counted[word], word))
    return tuple(
        word if counted[word] >= OFTEN and len(word) >= SHORTEST else f"-{word}"
        for word in known
        if counted[word] > 1
    )


def _one_slip(word: str) -> Iterator[str]:
    """Give all that is one letter more, less, or other, or two that changed places."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in _LETTERS:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
