"""What was learnt from the messages in flows/signs: a weight for each feature and sign.

A logistic regression for each sign, and one for "any emergency". The file is plain
data: a line of JSON, then one byte a weight, packed. No code can hide in it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import exp

from bot.core.danger.features import BUCKETS, Features, features
from bot.core.danger.signs import Sign
from bot.core.danger.spelling import Spelling
from bot.core.errors import Unreadable
from bot.core.finding import Position

RISK = "risk"  # any of the emergencies, whichever it is
_MOST_WORDS = 200  # of a long text that are looked at for a reason
_DAMAGED = "the file of weights is damaged"
FORM = 1  # of the file; another number is another form, and is not read


@dataclass(frozen=True)
class Model:
    """Weights, as signed bytes: all kinds of feature 0, then all kinds of feature 1.

    `packed` are the weights as the file has them. `digest` names the messages and
    phrases that it was learnt from; `signs` are the phrases of signs.yaml as they were
    then, `words` those that slips are mended to.
    """

    kinds: tuple[str, ...]
    base: tuple[float, ...]
    scale: tuple[float, ...]
    packed: bytes = field(repr=False)
    digest: str
    signs: tuple[Sign, ...] = ()
    words: tuple[str, ...] = ()

    def looked_at(self) -> Model:
        """Return the same, with its weights unpacked. Raises Unreadable."""
        _ = self.weights
        return self

    @cached_property
    def weights(self) -> memoryview:
        """All weights. Raises Unreadable where the file was damaged."""
        try:
            weights = memoryview(zlib.decompress(self.packed)).cast("b")
        except zlib.error as error:
            raise Unreadable(_DAMAGED) from error
        if len(weights) != BUCKETS * len(self.kinds):
            raise Unreadable(_DAMAGED)
        return weights

    @cached_property
    def spelling(self) -> Spelling:
        """What is known of how words are spelt."""
        return Spelling(self.words)

    def scores(self, text: str) -> Mapping[str, float]:
        """Return how likely each kind of sign is, and RISK: from 0 to 1."""
        found = features(text, self.spelling)
        totals = [0.0] * len(self.kinds)
        width = len(self.kinds)
        for number, value in found.items():
            row = self.weights[number * width : (number + 1) * width]
            totals = [t + value * w for t, w in zip(totals, row, strict=True)]
        return {
            kind: _likely(base + scale * total)
            for kind, base, scale, total in zip(
                self.kinds, self.base, self.scale, totals, strict=True
            )
        }

    def because(self, text: str, kind: str, most: int = 3) -> tuple[str, ...]:
        """Return the words of a text that speak most for a kind of sign, in order."""
        place = self.kinds.index(kind)
        words = text.split()[:_MOST_WORDS]
        speaks = [self._speaks(word, place) for word in words]
        best = sorted(range(len(words)), key=lambda each: -speaks[each])[:most]
        least = max(speaks, default=0.0) / 3  # what is far weaker is no reason
        return tuple(words[each] for each in sorted(best) if speaks[each] > least)

    def _speaks(self, word: str, place: int) -> float:
        width = len(self.kinds)
        return sum(
            value * self.weights[number * width + place]
            for number, value in features(word, self.spelling).items()
        )


def to_bytes(model: Model) -> bytes:
    """Return the file of a model."""
    head = {
        "form": FORM,
        "kinds": model.kinds,
        "base": model.base,
        "scale": model.scale,
        "digest": model.digest,
        "signs": [
            [sign.kind, sign.phrases, sign.alone, sign.only_sounds_like]
            for sign in model.signs
        ],
        "words": " ".join(model.words),
    }
    line = json.dumps(head, separators=(",", ":")).encode()
    return line + b"\n" + model.packed


def from_bytes(data: bytes) -> Model:
    """Return the model in a file. Raises Unreadable where it holds none.

    Its weights are unpacked when they are first asked for: that takes long, and three
    megabytes, and whoever starts has not been asked anything yet.
    """
    try:
        line, packed = data.split(b"\n", 1)
        head = json.loads(line)
        kinds = tuple(head["kinds"])
        fits = head["form"] == FORM
        base, scale = tuple(head["base"]), tuple(head["scale"])
        digest = str(head["digest"])
        signs = tuple(_sign(*each) for each in head["signs"])
        words = tuple(str(head["words"]).split())
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(_DAMAGED) from error
    if not fits or RISK not in kinds or not len(kinds) == len(base) == len(scale):
        message = "the file of weights has another form than this version reads"
        raise Unreadable(message)
    return Model(kinds, base, scale, packed, digest, signs, words)


def quantised(
    weights: Mapping[str, tuple[float, Features]],
    digest: str,
    words: tuple[str, ...] = (),
) -> Model:
    """Return a model with one byte a weight, from (base, weights) of each kind."""
    width, kinds = len(weights), tuple(weights)
    packed = bytearray(BUCKETS * width)
    scales = []
    for place, (_, learnt) in enumerate(weights.values()):
        scale = max((abs(weight) for weight in learnt.values()), default=1.0) / 127
        scales.append(scale or 1.0)
        for number, weight in learnt.items():
            packed[number * width + place] = round(weight / scales[-1]) % 256
    return Model(
        kinds,
        tuple(base for base, _ in weights.values()),
        tuple(scales),
        zlib.compress(packed, 9),
        digest,
        words=words,
    )


def _sign(
    kind: str, phrases: list[str], alone: list[str], only_sounds_like: list[str]
) -> Sign:
    said = (tuple(phrases), tuple(alone), tuple(only_sounds_like))
    return Sign(kind, *said, Position("weights", 1, 1))


def _likely(total: float) -> float:
    return 1 / (1 + exp(-max(-60.0, min(60.0, total))))
