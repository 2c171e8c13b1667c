"""How hard the words are to read. The one file that knows `syllapy`.

The reading age is the Flesch-Kincaid grade (years at an American school) with five
years added: it grows with the words in a sentence and the syllables in a word. It was
made for English and for passages of a hundred words, so a short text never blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from bot.core.checker.written import (
    NUMBER,
    Written,
    everything_written,
    names_of,
    written_about,
    written_in_step,
    written_in_words,
)
from bot.core.finding import Findings
from bot.core.flow import Flow

ENGLISH = "en"
AIM, HIGHEST = 9, 11  # years: what is aimed at, and what is not published
ENOUGH_WORDS = 30  # with fewer, a single word decides, so that nothing is held up
HARDEST = 3  # so many words are named in a finding
LONGEST_SENTENCE = 20  # words; GOV.UK's style asks for 15 to 20

_ENDS = re.compile(r"(?<=[.!?…])[\s\u201d\")]+|\n+")
_WORDS = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")


def check_reading(flow: Flow, findings: Findings) -> None:
    """Find long sentences, and what a child of nine or eleven could not read.

    A step is judged as a whole, with its buttons; standing words, and the lines about a
    service, where there are enough of them.
    """
    for written in everything_written(flow):
        _long_sentences(written, findings)
    if flow.language != ENGLISH:
        return
    names = names_of(flow.services.values())
    for step in flow.steps.values():
        _hard(tuple(written_in_step(step)), names, findings)
    for group in (
        *((words,) for words in written_in_words(flow)),
        *(tuple(written_about(service)) for service in flow.services.values()),
    ):
        if sum(len(words_of(each.text)) for each in group) >= ENOUGH_WORDS:
            _hard(group, names, findings)


def reading_age(texts: Iterable[str], names: Iterable[str] = ()) -> int:
    """Return the age in whole years at which the texts together can be read.

    Names cannot be said in shorter words, so each word of one counts as a word of one
    syllable: `names`, numbers, and whatever has a capital letter inside a sentence.
    """
    # It has no types, and a bot that runs must not wait for it.
    from syllapy import count  # type: ignore[import-untyped]

    sentences = [
        sentence for text in texts for sentence in _sentences(_named(text, names))
    ]
    words = [words_of(sentence) for sentence in sentences]
    total = sum(map(len, words))
    if not total:
        return 0
    syllables = sum(
        _syllables(word, starts=index == 0, count=count)
        for sentence in words
        for index, word in enumerate(sentence)
    )
    grade = 0.39 * total / len(sentences) + 11.8 * syllables / total - 15.59
    return round(grade + 5)


def words_of(text: str) -> list[str]:
    """Return the words of a text, a number among them."""
    return _WORDS.findall(text)


def _sentences(text: str) -> list[str]:
    return [part for part in _ENDS.split(text) if _WORDS.search(part)]


def _named(text: str, names: Iterable[str]) -> str:
    """Put short numbers for a service's name, one for each of its words."""
    for name in names:
        text = text.replace(name, " ".join([NUMBER] * len(words_of(name))))
    return text


def _syllables(word: str, *, starts: bool, count: Callable[[str], int]) -> int:
    is_name = word.isupper() or (word[0].isupper() and not starts)
    if is_name or word[0].isdigit():
        return 1
    return max(1, count(word.replace("\u2019", "'")))


def _long_sentences(written: Written, findings: Findings) -> None:
    for sentence in _sentences(written.text):
        size = len(words_of(sentence))
        if size > LONGEST_SENTENCE:
            start = " ".join(sentence.split()[:5])
            findings.add(
                "long-sentence",
                written.at,
                f"{written.where}: the sentence '{start} …' has {size} words.",
                f"Make two of it, each of at most {LONGEST_SENTENCE} words.",
                blocks=False,
            )


def _hard(group: Sequence[Written], names: Iterable[str], findings: Findings) -> None:
    age = reading_age((written.text for written in group), names)
    if age <= AIM:
        return
    words = [word for each in group for word in words_of(_named(each.text, names))]
    longest = sorted(set(words), key=lambda word: (-len(word), word))[:HARDEST]
    findings.add(
        "hard-to-read",
        group[0].at,
        f"{group[0].where} reads as for an age of {age}; the aim is {AIM}.",
        f"Make its sentences shorter, and find easier words for some of its longest:"
        f" {', '.join(longest)}.",
        blocks=age > HIGHEST and len(words) >= ENOUGH_WORDS,
    )
