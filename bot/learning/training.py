"""Messages to weights: the one file that knows scikit-learn.

The same messages always give the same weights. A slip of the thumb is put into a copy
of each message, so that one wrong letter does not change what is understood.
"""

from __future__ import annotations

import random
from array import array
from collections.abc import Iterable, Sequence

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]  # it has no types
from sklearn.linear_model import (  # type: ignore[import-untyped]  # it has no types
    LogisticRegression,
)

from bot.core.danger.corpus import LABELS, Message
from bot.core.danger.features import BUCKETS, Features, features, words_in
from bot.core.danger.model import RISK, Model, quantised
from bot.core.danger.signs import EMERGENCIES, SUICIDE_SOMEONE
from bot.core.danger.spelling import Spelling, words_of
from bot.learning.slips import slipped

KINDS = (RISK, *LABELS.values(), SUICIDE_SOMEONE)
_STRENGTH = 20.0  # how closely to follow the messages; more only repeats them
_SLIPPED_COUNTS = 0.5  # of a message as it was written
_SEEN_OFTEN_ENOUGH = 2  # a feature of one message alone tells of that message alone
_SEED = 4
_SURE = 9.0  # as likely as one in ten thousand is not


def train(
    messages: Sequence[Message],
    counts: Sequence[float],
    digest: str,
    *,
    slips: bool = True,
) -> Model:
    """Return what these messages teach. `counts` says how much each of them counts.

    `slips`: learn from a copy with slips of the thumb, too.
    """
    chance = random.Random(_SEED)  # noqa: S311 no secret: the same slips every time
    texts = [message.text for message in messages]
    words = words_of(words_in(text) for text in texts)
    spelling = Spelling(words)
    rows = [features(text, spelling) for text in texts]
    weight = list(counts)
    if slips:
        rows += [features(slipped(text, chance), spelling) for text in texts]
        weight += [count * _SLIPPED_COUNTS for count in counts]
    matrix, numbers = _matrix(rows)
    copies = len(rows) // len(texts)
    # One after another: side by side the learner's own state would mix, and the same
    # messages would give other weights.
    learnt = {
        kind: _fit(matrix, numbers, holds(messages, kind) * copies, weight)
        for kind in KINDS
    }
    return quantised(learnt, digest, words)


def holds(messages: Iterable[Message], kind: str) -> list[bool]:
    """Tell of each message whether it is of a kind of KINDS."""
    wanted = set(EMERGENCIES) if kind == RISK else {kind}
    return [not wanted.isdisjoint(message.signs) for message in messages]


def _matrix(rows: Sequence[Features]) -> tuple[csr_matrix, list[int]]:
    """Return the features seen often enough, and the number of each column."""
    starts, columns, values = array("l", [0]), array("l"), array("f")
    for row in rows:
        columns.extend(row)
        values.extend(row.values())
        starts.append(len(columns))
    whole = csr_matrix(
        (np.asarray(values), np.asarray(columns), np.asarray(starts)),
        shape=(len(rows), BUCKETS),
    )
    seen = np.bincount(whole.indices, minlength=BUCKETS)
    kept = np.flatnonzero(seen >= _SEEN_OFTEN_ENOUGH)
    return whole[:, kept], [int(number) for number in kept]


def _fit(
    matrix: csr_matrix, numbers: list[int], holds: list[bool], weight: object
) -> tuple[float, Features]:
    if len(set(holds)) == 1:  # no message is a sign of it, or each is: nothing to learn
        return (_SURE if holds[0] else -_SURE), {}
    learner = LogisticRegression(
        C=_STRENGTH, solver="liblinear", tol=1e-2, max_iter=60, random_state=_SEED
    )
    learner.fit(matrix, holds, sample_weight=weight)
    weights = (float(each) for each in learner.coef_[0])
    return float(learner.intercept_[0]), dict(zip(numbers, weights, strict=True))
