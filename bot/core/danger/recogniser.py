"""Typed words to the signs found in them, and why. It adds; it takes nothing away.

Two layers: the phrases of signs.yaml, which a charity owns, and what was learnt from
the messages beside it. A message that is a phrase and nothing else is that sign. A
phrase within a longer message counts as far as what was learnt agrees, for "he is
outside" also stands in "he is outside in the play I am in"; it is never passed over in
silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.core.danger.blend import FEARED, Blend
from bot.core.danger.model import RISK, Model
from bot.core.danger.phrases import Phrases, forms_of, phrases_of
from bot.core.danger.signs import (
    CHATTER,
    DANGER,
    EMERGENCIES,
    SUICIDE,
    SUICIDE_SOMEONE,
    UNCLEAR,
    Sign,
    in_order,
)
from bot.core.danger.thresholds import BLEND, MODEL, Thresholds


@dataclass(frozen=True, slots=True)
class Understood:
    """Signs, the one answered first coming first, and the words that made each so."""

    signs: tuple[str, ...]
    because: Mapping[str, tuple[str, ...]]


class Recogniser:
    """Finds signs in a text. Without a model all that is no phrase is unclear."""

    def __init__(
        self,
        signs: Iterable[Sign],
        model: Model | Blend | None = None,
        *,
        read: Callable[[], Model | Blend | None] | None = None,
    ) -> None:
        """Take what to look for; nothing is done before there is a text.

        `read` gives the model when there is one, and whenever it is asked.
        """
        self._known = tuple(signs)
        self._read = read or (lambda: model)

    @cached_property
    def _phrases(self) -> Mapping[str, Phrases]:
        return {sign.kind: phrases_of(sign) for sign in self._known}

    @property
    def _model(self) -> Model | Blend | None:
        return self._read()

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of sign that can be found; none where signs.yaml has none."""
        kinds = [sign.kind for sign in self._known]
        return frozenset((*kinds, UNCLEAR) if kinds else ())

    def signs(self, text: str) -> tuple[str, ...]:
        """Return the kinds of sign in a text, those that are answered first first.

        Never raises: what fails here is unclear, and is asked about.
        """
        try:
            return self._signs(text)
        except Exception:  # noqa: BLE001 whatever it is, nobody may be left without help
            return (UNCLEAR,)

    def get_ready(self) -> None:
        """Do now, in whatever thread, what the first text would wait for."""
        self.signs("")

    def said(self, text: str) -> tuple[str, ...]:
        """Return the kinds of sign of which a phrase of signs.yaml is in a text."""
        forms = forms_of(text)
        found = (
            kind
            for kind, phrases in self._phrases.items()
            if phrases.whole(forms) or phrases.inside(forms)
        )
        return in_order(found)

    def understand(self, text: str) -> Understood:
        """Return the signs in a text and the words that made each so, for a report."""
        signs = self.signs(text)
        return Understood(signs, {sign: self._because(text, sign) for sign in signs})

    def _signs(self, text: str) -> tuple[str, ...]:
        forms = forms_of(text)
        whole = {k for k, phrases in self._phrases.items() if phrases.whole(forms)}
        inside = {k for k, phrases in self._phrases.items() if phrases.inside(forms)}
        model = self._model
        if model is None:
            return in_order(sorted(whole | inside) or (UNCLEAR,))
        scores = model.scores(text)
        if whole == {CHATTER}:
            return (CHATTER,)
        sure = whole | self._sure(scores, inside)
        guarded = self._guarded(forms, sure) - whole - inside
        if guarded and (sure - guarded).isdisjoint(EMERGENCIES):
            return (UNCLEAR,)
        if not whole and self._either(scores, sure):
            return (UNCLEAR,)
        if sure.isdisjoint(EMERGENCIES) and self._unclear(scores, inside, sure):
            asked_for = {kind for kind in inside if kind not in scores}
            return in_order((*sorted({*whole, *asked_for}), UNCLEAR))
        found = _one_suicide(sure, scores)
        likelier = sorted(found, key=lambda kind: (-scores.get(kind, 1.0), kind))
        return in_order(likelier)

    def _sure(self, scores: Mapping[str, float], inside: set[str]) -> set[str]:
        # Where nothing was learnt about a sign, its phrases decide.
        untaught = inside.intersection(self._phrases).difference(scores)
        likely = {kind for kind in scores if self._is_likely(kind, scores, inside)}
        return (untaught | likely) - {RISK, FEARED}

    def _is_likely(
        self, kind: str, scores: Mapping[str, float], inside: set[str]
    ) -> bool:
        limits = _limits(scores)
        if kind in inside:
            return scores[kind] >= limits.with_phrase(kind)
        if kind in EMERGENCIES and scores.get(RISK, 1.0) < limits.card:
            return False
        return scores[kind] >= limits.alone(kind)

    def _guarded(self, forms: tuple[str, ...], sure: set[str]) -> set[str]:
        """Return the emergencies like which something in the text only sounds.

        An author knows what people mean here; that makes a card the question, and never
        silence. A phrase of the sign besides it counts more.
        """
        emergencies = sure.intersection(EMERGENCIES).intersection(self._phrases)
        return {k for k in emergencies if self._phrases[k].only_sounds(forms)}

    def _either(self, scores: Mapping[str, float], sure: set[str]) -> bool:
        """Tell whether it may be danger as well as suicide: then the question has both.

        Somebody's own life and somebody at the door need different help at once.
        """
        danger, suicide = scores.get(DANGER, 0.0), scores.get(SUICIDE, 0.0)
        limits = _limits(scores)
        if DANGER in sure and SUICIDE in sure:
            return danger < limits.danger_before_suicide
        if DANGER in sure:
            return suicide >= limits.either
        return SUICIDE in sure and danger >= limits.either

    def _unclear(
        self, scores: Mapping[str, float], inside: set[str], sure: set[str]
    ) -> bool:
        limits = _limits(scores)
        limit = limits.ask_beside_a_sign if sure else limits.ask
        fears = EMERGENCIES if sure else (*EMERGENCIES, FEARED)
        each = max(scores.get(kind, 0.0) for kind in fears)
        likely = scores[RISK] >= limit or each >= limits.ask_about_one
        return likely or not inside.isdisjoint(EMERGENCIES)

    def _because(self, text: str, sign: str) -> tuple[str, ...]:
        forms = forms_of(text)
        phrases = self._phrases.get(sign)
        phrase = phrases and (phrases.whole(forms) or phrases.inside(forms))
        if phrase:
            return (phrase,)
        kind = RISK if sign == UNCLEAR else sign
        model = self._model
        return model.because(text, kind) if model and kind in model.kinds else ()


def _limits(scores: Mapping[str, float]) -> Thresholds:
    """Return what was chosen for those who made the scores: both readers, or one."""
    return BLEND if FEARED in scores else MODEL


def _one_suicide(sure: set[str], scores: Mapping[str, float]) -> set[str]:
    """Keep one of the two, the likelier: each has its own words to say."""
    if not {SUICIDE, SUICIDE_SOMEONE} <= sure:
        return sure
    someone = scores.get(SUICIDE_SOMEONE, 0.0) >= 0.5  # noqa: PLR2004 as likely as not
    return sure - {SUICIDE if someone else SUICIDE_SOMEONE}
