"""A slip of the thumb is mended to the word that was meant, and nothing else is."""

from __future__ import annotations

import pytest

from bot.core.danger.spelling import Spelling, words_of

KNOWN = Spelling(["outside", "following", "police", "house", "-hose", "-he", "-is"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("outsdie", "outside"),
        ("outsid", "outside"),
        ("outsside", "outside"),
        ("outdide", "outside"),
        ("outs ide", "outside"),
        ("foll owing", "following"),
    ],
)
def test_one_slip_is_mended(typed: str, meant: str) -> None:
    """Changed, dropped, doubled, swapped, or a space in the middle."""
    assert KNOWN.mended(typed.split()) == [meant]


@pytest.mark.parametrize("typed", ["hose", "he is", "xyz", "outisdee", "999", "mouse"])
def test_what_is_a_word_or_no_near_one_stays(typed: str) -> None:
    """A word that people write is never taken for another; "mouse" is near "house"."""
    expected = ["house"] if typed == "mouse" else typed.split()

    assert KNOWN.mended(typed.split()) == expected


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("He's OUTSDIE, my hous!", "He's outside, my house!"),
        ("the pol ice 🚓", "the police 🚓"),
        ("is o*tside", "is outside"),
        ("He is\u00a0xyz 999", "He is\u00a0xyz 999"),
    ],
)
def test_in_a_text_all_else_stays_as_it_was_typed(typed: str, meant: str) -> None:
    """Punctuation, capitals and emoji tell much, and slips nothing."""
    assert KNOWN.mended_text(typed) == meant


def test_words_are_learnt_from_messages() -> None:
    """What many wrote can be meant; what some wrote is known, and stays as it is."""
    words = words_of([["outside", "yard"]] * 5 + [["yarn", "once"], ["yarn"]])

    assert words == ("outside", "yard", "-yarn")
