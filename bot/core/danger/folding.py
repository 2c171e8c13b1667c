"""One form for many ways of writing: case, accents, quotes, stretched letters.

Used for two things: to find phrases in typed words, and to take a typed label as the
button that it names (fault R04: a label with another apostrophe is the same label).
"""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u0060\u00b4]")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")  # heeeelp; never 999; "see" has only two
VARIATION_SELECTOR = "\ufe0f"  # asks for the coloured form of an emoji
_ACCENTS = re.compile("[\u0300-\u036f]")
_EMOJI = re.compile("([\U0001f000-\U0001faff\u2600-\u27bf])")


def fold(text: str, *, stretched_to: int = 1) -> str:
    """Return the words of a text in one form, with single spaces between them.

    Emoji stay, each as a word of its own; variation selectors, joiners and other
    invisible characters go. A stretched letter becomes one, or two where `stretched_to`
    says so: "heeelp" is "help", "killll" is "kill".
    """
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    plain = _ACCENTS.sub("", plain).casefold()
    plain = _STRETCHED.sub(r"\1" * stretched_to, plain)
    plain = "".join(_kept(character) for character in plain)
    return " ".join(_EMOJI.sub(r" \1 ", plain).split())


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf" or character == VARIATION_SELECTOR:
        return ""
    # Letters, digits and emoji; and the vowel signs that some scripts are written with.
    return character if category[0] in "LNM" or category == "So" else " "
