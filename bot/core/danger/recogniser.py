"""Typed words to the signs found in them. It finds; it never takes anything away."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.danger.folding import fold
from bot.core.danger.signs import Sign


class Recogniser:
    """Looks for each sign's phrases as whole words, wherever they stand in a text."""

    def __init__(self, signs: Iterable[Sign]) -> None:
        """Fold every phrase once, when the flow is loaded."""
        self._signs = {
            sign.kind: (_folded(sign.phrases), _folded(sign.only_sounds_like))
            for sign in signs
        }

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of sign that can be found."""
        return frozenset(self._signs)

    def signs(self, text: str) -> frozenset[str]:
        """Return the kinds of sign in a text, in whatever form it was typed.

        A phrase counts when it also stands outside of all that only sounds like it:
        "dead good, but he is outside" still holds "he is outside".
        """
        folded = f" {fold(text)} "
        return frozenset(
            kind
            for kind, (phrases, sounds) in self._signs.items()
            if _holds(_without(folded, sounds), phrases)
        )


def _folded(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(f" {fold(phrase)} " for phrase in phrases if fold(phrase))


def _without(text: str, sounds: tuple[str, ...]) -> str:
    for sound in sounds:
        text = text.replace(sound, " | ")
    return text


def _holds(text: str, phrases: tuple[str, ...]) -> bool:
    return any(phrase in text for phrase in phrases)
