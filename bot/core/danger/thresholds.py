"""How sure recognition must be before it acts, and how unsure before it asks.

Chosen on the development messages; where they could not decide, with a look at those
that are kept apart to measure on. docs/recognition.md says so, and what was measured.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.danger.signs import EMERGENCIES, SUICIDE, SUICIDE_SOMEONE

_SUICIDES = (SUICIDE, SUICIDE_SOMEONE)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Likelihoods, from 0 to 1.

    `ask`: from here on any emergency is asked about. `ask_beside_a_sign`: the same
    where another sign is clear, whose answer names 999 too. `ask_about_one`: from here
    on one emergency is asked about, however unlikely all of them together are, and
    what one reader fears, however unlikely the other thinks it; they were learnt apart,
    and the one that fears more is heard. `either`: danger is clear and suicide as
    likely as this, or the other way round: the question has both.
    `danger_before_suicide`: both are clear; below this the question is asked too, and
    from here on danger comes first as it always does.
    `card`: where any emergency at all is less likely than this, one that seems clear by
    itself is asked about. `danger`, of "cannot speak" as well, `suicide`, and `other`,
    of a sign that is no emergency: from here on it is answered at once, or, where a
    phrase of signs.yaml says so too, from a lower one on.
    """

    ask: float = 0.01
    ask_beside_a_sign: float = 0.15
    ask_about_one: float = 0.1
    either: float = 0.1
    danger_before_suicide: float = 0.7
    card: float = 0.3
    danger: float = 0.5
    suicide: float = 0.55
    other: float = 0.45
    emergency_with_phrase: float = 0.45
    other_with_phrase: float = 0.2

    def alone(self, kind: str) -> float:
        """Return how likely a sign must be without a phrase that says so."""
        if kind in _SUICIDES:
            return self.suicide
        return self.danger if kind in EMERGENCIES else self.other

    def with_phrase(self, kind: str) -> float:
        """Return how likely it must be where a phrase says so too."""
        if kind in EMERGENCIES:
            return self.emergency_with_phrase
        return self.other_with_phrase


MODEL = Thresholds()  # where the model decides alone
BLEND = Thresholds(
    ask=0.006,
    ask_beside_a_sign=0.08,
    danger_before_suicide=0.9,
    card=0.6,
    suicide=0.6,
)
