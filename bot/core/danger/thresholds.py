"""How sure recognition must be before it acts, and how unsure before it asks.

Chosen on the development messages, never on those that are kept apart to measure on:
see docs/recognition.md for what each choice costs.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.danger.signs import CANNOT_SPEAK, DANGER, SUICIDE, SUICIDE_SOMEONE

_ALONE = {DANGER: 0.5, SUICIDE: 0.55, SUICIDE_SOMEONE: 0.55, CANNOT_SPEAK: 0.5}
_WITH_PHRASE = dict.fromkeys((DANGER, SUICIDE, SUICIDE_SOMEONE, CANNOT_SPEAK), 0.45)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Likelihoods, from 0 to 1.

    `ask`: from here on any emergency is asked about. `ask_beside_a_sign`: the same
    where another sign is clear, whose answer names 999 too. `ask_about_one`: from here
    on one emergency is asked about, however unlikely all of them together are; they
    were learnt apart, and the one that fears more is heard. `either`: danger is clear
    and suicide as likely as this, or the other way round: the question has both.
    `danger_before_suicide`: both are clear; below this, where suicide is the likelier,
    the question is asked too, and from here on danger comes first as it always does.
    `card`: where any emergency at all is less likely than this, one that seems clear by
    itself is asked about. `other`: from here on a sign that is none is answered.
    """

    ask: float = 0.01
    ask_beside_a_sign: float = 0.15
    ask_about_one: float = 0.1
    either: float = 0.1
    danger_before_suicide: float = 0.7
    card: float = 0.3
    other: float = 0.45
    other_with_phrase: float = 0.2

    def alone(self, kind: str) -> float:
        """Return how likely a sign must be without a phrase that says so."""
        return _ALONE.get(kind, self.other)

    def with_phrase(self, kind: str) -> float:
        """Return how likely it must be where a phrase says so too."""
        return _WITH_PHRASE.get(kind, self.other_with_phrase)
