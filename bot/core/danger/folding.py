"""One form for many ways of writing: case, accents, quotes, stretched letters.

Used for two things: to find phrases in typed words, and to take a typed label as the
button that it names (fault R04: a label with another apostrophe is the same label).
"""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u0060\u00b4]")
_STRETCHED = re.compile(r"(\w)\1{2,}")  # heeeelp → help; "see" has only two and stays
_BETWEEN_WORDS = re.compile(r"[^\w\U0001F000-\U0001FAFF\u2600-\u27BF]+")


def fold(text: str) -> str:
    """Return the words of a text in one form, with single spaces between them.

    Emoji stay; variation selectors, joiners and other invisible characters go.
    """
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if unicodedata.category(c) not in {"Mn", "Cf"})
    plain = _APOSTROPHES.sub("", plain).casefold()
    plain = _STRETCHED.sub(r"\1", plain)
    return " ".join(_BETWEEN_WORDS.sub(" ", plain).split())
