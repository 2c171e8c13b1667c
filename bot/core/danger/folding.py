"""One form for many ways of writing: case, accents, quotes, stretched letters.

Used for two things: to find phrases in typed words, and to take a typed label as the
button that it names (fault R04: a label with another apostrophe is the same label).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u0060\u00b4]")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")  # heeeelp; never 999; "see" has only two
VARIATION_SELECTOR = "\ufe0f"  # asks for the coloured form of an emoji
_ACCENTS = re.compile("[\u0300-\u036f]")
# "k1ll", "s*icide", "h e l p": how people hide a word, or how a shaking thumb writes.
_STARRED = re.compile(r"(?<=[^\W\d_])\*+(?=[^\W\d_])")
_DIGIT_IN_WORD = re.compile(r"(?<=[a-z])[013457@$](?=[a-z])")
_LETTERS = str.maketrans("013457@$", "oieastas")
_SPACED = re.compile(r"\b(?:[^\W\d_] ){3,}[^\W\d_]\b")
_CHARACTERS_KNOWN = 1_024  # of all there are, what people write with
_EMOJI = re.compile("([\U0001f000-\U0001faff\u2600-\u27bf])")


def fold(text: str, *, stretched_to: int = 1) -> str:
    """Return the words of a text in one form, with single spaces between them.

    Emoji stay, each as a word of its own; variation selectors, joiners and other
    invisible characters go. A stretched letter becomes one, or two where `stretched_to`
    says so: "heeelp" is "help", "killll" is "kill". Digits that stand for letters
    become letters, stars within a word go, and letters written one by one become a
    word.
    """
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    plain = _ACCENTS.sub("", plain).casefold()
    plain = _STRETCHED.sub(r"\1" * stretched_to, plain)
    plain = _STARRED.sub("", plain)
    plain = _DIGIT_IN_WORD.sub(lambda digit: digit[0].translate(_LETTERS), plain)
    plain = "".join(map(_kept, plain))
    plain = " ".join(_EMOJI.sub(r" \1 ", plain).split())
    return _SPACED.sub(lambda letters: letters[0].replace(" ", ""), plain)


@lru_cache(_CHARACTERS_KNOWN)
def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf" or character == VARIATION_SELECTOR:
        return ""
    # Letters, digits and emoji; and the vowel signs that some scripts are written with.
    return character if category[0] in "LNM" or category == "So" else " "
