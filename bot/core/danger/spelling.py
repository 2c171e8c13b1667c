"""A word with one slip of the thumb to the word that was meant.

Known words are those of the messages that were learnt from. A word that nobody there
ever wrote, and that is one slip away from one that many wrote, is taken for that one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

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
        found: list[str] = []
        for word in words:
            if found and self._unknown(word, found[-1]):
                joined = found[-1] + word
                if joined in self._rank:
                    found[-1] = joined
                    continue
            found.append(word)
        return [self._mended(word) for word in found]

    def _unknown(self, *words: str) -> bool:
        return any(word not in self._known for word in words)

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
