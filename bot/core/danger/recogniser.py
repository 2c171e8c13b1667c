"""Typed words to the signs found in them. It finds; it never takes anything away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.danger.folding import fold
from bot.core.danger.signs import Sign


class Recogniser:
    """Looks for each sign's phrases as whole words, wherever they stand in a text."""

    def __init__(self, signs: Iterable[Sign]) -> None:
        """Fold every phrase once, when the flow is loaded."""
        self._signs = {
            sign.kind: _Phrases(
                anywhere=_folded(sign.phrases),
                alone=frozenset(_folded(sign.alone)),
                only_sound=_folded(sign.only_sounds_like),
            )
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
        forms = {f" {fold(text)} ", f" {fold(text, stretched_to=2)} "}
        return frozenset(
            kind
            for kind, phrases in self._signs.items()
            if any(phrases.found_in(form) for form in forms)
        )


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The folded phrases of one sign, each between spaces."""

    anywhere: tuple[str, ...]
    alone: frozenset[str]
    only_sound: tuple[str, ...]

    def found_in(self, text: str) -> bool:
        if text in self.alone:
            return True
        for sound in self.only_sound:
            text = text.replace(sound, " | ")
        return any(phrase in text for phrase in self.anywhere)


def _folded(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(f" {fold(phrase)} " for phrase in phrases if fold(phrase))
