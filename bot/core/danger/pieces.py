"""A text to the numbered pieces that the encoder reads, the longest that fits first.

Punctuation and every emoji are words of their own, for they tell much. Its list has
whole words ("outside"), pieces that go on with a word ("##side") and single letters, so
that nearly every word can be written with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
GOES_ON = "##"  # before a piece that does not begin a word
MOST_PIECES = 64  # of a text; of a longer one the beginning and the end are read
_MOST_OF_A_WORD = 16  # pieces; what is longer is no word
_ACCENTS = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")


def words_in(text: str) -> list[str]:
    """Return the words of a text, and what stands between them, without accents."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return _WORD.findall(plain.lower())


class Pieces:
    """A list of pieces, each of which is its place in it."""

    def __init__(self, listed: Sequence[str]) -> None:
        """Take the list. Raises KeyError where it lacks START, END or UNKNOWN."""
        self._numbers = {piece: number for number, piece in enumerate(listed)}
        self._start, self._end = self._numbers[START], self._numbers[END]
        self._unknown = self._numbers[UNKNOWN]
        self._longest = max(map(len, listed))

    def numbers(self, text: str) -> list[int]:
        """Return the pieces of a text, MOST_PIECES at most, between START and END."""
        found = [number for word in words_in(text) for number in self._of(word)]
        most = MOST_PIECES - 2
        if len(found) > most:
            found = found[: most // 2] + found[-(most // 2) :]
        return [self._start, *found, self._end]

    def _of(self, word: str) -> Iterator[int]:
        place = 0
        for _ in range(_MOST_OF_A_WORD):
            if place == len(word):
                return
            number, length = self._longest_at(word, place)
            yield number
            place += length

    def _longest_at(self, word: str, place: int) -> tuple[int, int]:
        """Return the longest piece that a word has at a place, and its length."""
        before = GOES_ON if place else ""
        for length in range(min(self._longest, len(word) - place), 0, -1):
            number = self._numbers.get(before + word[place : place + length])
            if number is not None:
                return number, length
        return self._unknown, 1
