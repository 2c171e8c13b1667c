"""A text to numbered features: pieces of its words, its words, and pairs around a gap.

Each kind of feature counts as much as the other, however long a text is. A feature's
number is a hash of it, so nothing has to be known beforehand and no list is shipped.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from math import log, sqrt

from bot.core.danger.folding import fold
from bot.core.danger.spelling import Spelling

BUCKETS = 1 << 18  # with about 160,000 features in use, few share a number
MOST_LETTERS = 2_000  # of a text; more than half of what Telegram lets people type
_PIECES = (2, 3, 4, 5)  # letters
_WORDS = (1, 2, 3)
_START, _END, _GAP = "^", "$", "_"  # none of them is left in a folded text

Features = dict[int, float]


def features(text: str, spelling: Spelling | None = None) -> Features:
    """Return the numbers (below BUCKETS) of a text's features, and what each counts.

    Of a very long text the beginning and the end are read: the point is in one of them.
    """
    words = words_in(text)
    if spelling is not None:
        words = spelling.mended(words)
    found: Features = {}
    for block in (_pieces(words), _phrases([_START, *words, _END])):
        for number, weight in _weighed(block):
            found[number] = found.get(number, 0.0) + weight
    return found


def words_in(text: str) -> list[str]:
    """Return the folded words of a text, of which very long ones lose the middle."""
    folded = fold(text)
    if len(folded) > MOST_LETTERS:
        half = MOST_LETTERS // 2
        folded = f"{folded[:half]} {folded[-half:]}"
    return folded.split()


def _pieces(words: Iterable[str]) -> Iterator[str]:
    """Give the pieces of each word, with its edges: of "he" also " h" and "e "."""
    for word in words:
        marked = f" {word} "
        for size in _PIECES:
            for start in range(len(marked) - size + 1):
                yield f"c{marked[start : start + size]}"


def _phrases(words: list[str]) -> Iterator[str]:
    """Give each word, each two and three in a row, and each two around a third."""
    for size in _WORDS:
        for start in range(len(words) - size + 1):
            yield f"w{' '.join(words[start : start + size])}"
    for start in range(len(words) - 2):
        yield f"w{words[start]} {_GAP} {words[start + 2]}"


def _weighed(block: Iterable[str]) -> Iterator[tuple[int, float]]:
    counted = Counter(zlib.crc32(feature.encode()) % BUCKETS for feature in block)
    weights = {number: 1 + log(times) for number, times in counted.items()}
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return ((number, weight / length) for number, weight in weights.items())
