"""Two readers of a text, made one.

The model knows the words of our messages, and nothing else. An encoder read other
people's writing first, so it also hears what is meant in words that none of our writers
used; but a scene that it half knows misleads it. Where one is unsure the other decides,
and it takes both to be sure. What either of them fears is asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp, log

from bot.core.danger.model import RISK, Model
from bot.core.danger.signs import EMERGENCIES

# A text to how likely each kind of sign is; to nothing where that cannot be told.
Encode = Callable[[str], Mapping[str, float]]
FEARED = "feared"  # how likely one of the two thinks any emergency to be
_FEARS = (RISK, *EMERGENCIES)
# A sign that is no emergency, and that one of the two rules out, is not answered:
# nobody is made to leave by one reader that is sure and wrong.
_RULED_OUT, _UNSURE = 0.05, 0.4
_LEAST = 1e-6  # nothing is so sure that the other reader could not change it


@dataclass(frozen=True, slots=True)
class Blend:
    """Scores as a Model does: the mean of both, in logits, and FEARED besides.

    Where the encoder has nothing to say, what the model alone says.
    """

    model: Model
    encode: Encode

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of sign that can be found, and RISK."""
        return self.model.kinds

    def scores(self, text: str) -> Mapping[str, float]:
        """Return how likely each kind of sign is, and RISK: from 0 to 1."""
        ours = self.model.scores(text)
        theirs = self.encode(self.model.spelling.mended_text(text))
        if not theirs:
            return ours
        both = {
            kind: _blended(kind, one, theirs[kind]) if kind in theirs else one
            for kind, one in ours.items()
        }
        feared = (each.get(kind, 0.0) for each in (ours, theirs) for kind in _FEARS)
        return {**both, FEARED: max(feared)}

    def because(self, text: str, kind: str) -> tuple[str, ...]:
        """Return the words of a text that speak most for a kind of sign, in order."""
        return self.model.because(text, kind)


def _blended(kind: str, one: float, other: float) -> float:
    mean = _mean(one, other)
    if kind not in _FEARS and min(one, other) < _RULED_OUT:
        return min(mean, _UNSURE)
    return mean


def _mean(one: float, other: float) -> float:
    return 1 / (1 + exp(-(_logit(one) + _logit(other)) / 2))


def _logit(likely: float) -> float:
    kept = min(max(likely, _LEAST), 1 - _LEAST)
    return log(kept / (1 - kept))
