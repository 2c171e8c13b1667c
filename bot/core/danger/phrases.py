"""The phrases of a sign, looked for as whole words wherever they stand in a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.danger.folding import fold
from bot.core.danger.signs import Sign


@dataclass(frozen=True, slots=True)
class Phrases:
    """The folded phrases of one sign, each between spaces."""

    anywhere: tuple[str, ...]
    alone: frozenset[str]
    only_sound: tuple[str, ...]

    def whole(self, forms: Iterable[str]) -> str | None:
        """Return the phrase that a text is, and nothing besides; or None."""
        for form in forms:
            if form in self.alone or form in self.anywhere:
                return form.strip()
        return None

    def inside(self, forms: Iterable[str]) -> str | None:
        """Return a phrase that stands in a text, or None.

        It counts when it also stands outside of all that only sounds like it: "dead
        good, but he is outside" still holds "he is outside".
        """
        for form in forms:
            left = form
            for sound in self.only_sound:
                left = left.replace(sound, " | ")
            for phrase in self.anywhere:
                if phrase in left:
                    return phrase.strip()
        return None

    def only_sounds(self, forms: Iterable[str]) -> bool:
        """Tell whether something stands in a text that only sounds like the sign."""
        return any(sound in form for form in forms for sound in self.only_sound)


def phrases_of(sign: Sign) -> Phrases:
    """Fold every phrase of a sign, once."""
    return Phrases(
        anywhere=_folded(sign.phrases),
        alone=frozenset(_folded(sign.alone)),
        only_sound=_folded(sign.only_sounds_like),
    )


def forms_of(text: str) -> tuple[str, ...]:
    """Return a text as phrases are looked for in it: "heeelp" is help, "killl" kill."""
    return tuple({f" {fold(text)} ": 0, f" {fold(text, stretched_to=2)} ": 0})


def _folded(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(f" {fold(phrase)} " for phrase in phrases if fold(phrase))
