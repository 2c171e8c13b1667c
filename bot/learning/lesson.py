"""What there is to learn from, on disk, and whether it has been learnt.

The messages stand in `signs/corpus` beside signs.yaml, the weights in
`signs/weights.bin`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.core.danger.corpus import Message, read_corpus
from bot.core.danger.model import Model, from_bytes
from bot.core.danger.signs import Sign
from bot.core.errors import Unreadable
from bot.core.finding import Findings
from bot.core.language.signs_file import read_signs
from bot.folder import SIGNS
from bot.learnt import WEIGHTS, beside

PHRASE_COUNTS = 0.1  # against one message: a phrase already counts by itself


@dataclass(frozen=True, slots=True)
class Lesson:
    """All that recognition learns from. `digest` changes whenever any of it does."""

    signs: tuple[Sign, ...]
    messages: tuple[Message, ...]
    phrases: tuple[Message, ...]
    digest: str

    @property
    def counts(self) -> list[float]:
        """How much each message counts, the phrases coming last."""
        return [1.0] * len(self.messages) + [PHRASE_COUNTS] * len(self.phrases)

    @property
    def known(self) -> tuple[Message, ...]:
        """All messages and phrases, as they are learnt from."""
        return self.messages + self.phrases


def read_lesson(folder: Path, without: Collection[str] = ()) -> Lesson | None:
    """Return what a flow's folder has to learn from; None where it has no messages.

    `without`: names of files of messages that are to be left out, to measure on them.
    """
    corpus = beside(folder, "signs") / "corpus"
    files = sorted(path for path in corpus.glob("*.txt") if path.name not in without)
    if not files:
        return None
    texts = [path.read_text(encoding="utf-8") for path in files]
    written = beside(folder, SIGNS).read_text(encoding="utf-8")
    signs = read_signs(written, SIGNS, Findings())
    messages = tuple(message for text in texts for message in read_corpus(text))
    phrases = tuple(phrases_of(signs))
    told = [*texts, *(f"{message.text} {message.signs}" for message in phrases)]
    digest = sha256("\n".join(told).encode()).hexdigest()
    return Lesson(signs, messages, phrases, digest)


def phrases_of(signs: Sequence[Sign]) -> list[Message]:
    """Return the phrases of signs.yaml as messages to learn from."""
    found = []
    for sign in signs:
        said = (*sign.phrases, *sign.alone)
        found += [Message(phrase, (sign.kind,), kind="phrase") for phrase in said]
        found += [Message(text, (), hard=True) for text in sign.only_sounds_like]
    return found


def learnt(folder: Path) -> Model | None:
    """Return what was learnt last; None where there is nothing that can be read."""
    try:
        packed = (beside(folder, "signs") / WEIGHTS).read_bytes()
        return from_bytes(packed).looked_at()
    except (OSError, Unreadable):
        return None
