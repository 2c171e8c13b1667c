"""Slips of the thumb: a text as someone hurried or shaking would have typed it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

# On a telephone's keyboard: what lies beside each letter.
BESIDE = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij",
    "i": "uok", "o": "ipl", "p": "ol", "a": "qsz", "s": "adw", "d": "sfe", "f": "dgr",
    "g": "fht", "h": "gjy", "j": "hku", "k": "jli", "l": "ko", "z": "xa", "x": "zcs",
    "c": "xvd", "v": "cbf", "b": "vng", "n": "bmh", "m": "njk",
}  # fmt: skip
MOST_SLIPS = 2
SHORTEST = 3  # letters of a word that a slip may spoil


def slipped(text: str, chance: Random) -> str:
    """Return a text with one or two slips of the thumb in its words."""
    for _ in range(chance.randint(1, MOST_SLIPS)):
        text = slip(text, chance, chance.choice(tuple(SLIPS)))
    return text


def slip(text: str, chance: Random, kind: str) -> str:
    """Return a text with one slip of a kind of SLIPS; as it was where none fits."""
    places = [
        place
        for place in range(1, len(text) - 1)
        if text[place].isalpha() and text[place - 1].isalpha()
    ]
    if len(text) < SHORTEST or not places:
        return text
    place = chance.choice(places)
    return SLIPS[kind](text, place, chance)


def _changed(text: str, place: int, chance: Random) -> str:
    beside = BESIDE.get(text[place].lower(), text[place])
    return text[:place] + chance.choice(beside) + text[place + 1 :]


def _doubled(text: str, place: int, _: Random) -> str:
    return text[:place] + text[place] + text[place:]


def _dropped(text: str, place: int, _: Random) -> str:
    return text[:place] + text[place + 1 :]


def _swapped(text: str, place: int, _: Random) -> str:
    return text[: place - 1] + text[place] + text[place - 1] + text[place + 1 :]


def _starred(text: str, place: int, _: Random) -> str:
    return text[:place] + "*" + text[place + 1 :]


def _spaced(text: str, place: int, _: Random) -> str:
    return text[:place] + " " + text[place:]


SLIPS: dict[str, Callable[[str, int, Random], str]] = {
    "changed": _changed,
    "doubled": _doubled,
    "dropped": _dropped,
    "swapped": _swapped,
    "starred": _starred,
    "spaced": _spaced,
}
