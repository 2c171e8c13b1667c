"""Many ways of writing come to one form, and different words stay different."""

from __future__ import annotations

import pytest

from bot.core.danger.folding import fold


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("HE IS OUTSIDE", "he is outside"),
        ("he's outside", "hes outside"),
        ("he\u2019s outside", "hes outside"),
        ("he`s outside", "hes outside"),
        ("heeeeelp", "help"),
        ("help!!! now...", "help now"),
        ("can't—talk", "cant talk"),
        ("  one\t\n two ", "one two"),
        ("tŷ", "ty"),
        ("\uff28\uff25\uff2c\uff30", "help"),
        ("he\u200blp", "help"),
        ("he\u00adlp", "help"),
        ("🆘\ufe0f now", "🆘 now"),
        ("", ""),
        ("...", ""),
    ],
)
def test_writing_comes_to_one_form(typed: str, folded: str) -> None:
    """People in fear do not mind capitals, accents or quotes."""
    assert fold(typed) == folded


@pytest.mark.parametrize("word", ["see", "bleeding", "knife", "off", "door"])
def test_two_letters_alike_are_not_stretched(word: str) -> None:
    """Only three and more in a row are somebody leaning on a key."""
    assert fold(word) == word


def test_folding_twice_changes_nothing() -> None:
    """A phrase and a message meet in the same form, however often they are folded."""
    once = fold("He\u2019s OUTSIDE\u2026 heeelp 🆘")

    assert fold(once) == once


@pytest.mark.parametrize("number", ["999", "111", "0800 555 111"])
def test_a_number_is_not_a_stretched_word(number: str) -> None:
    """999 is a number of its own: "at 9 yesterday" is not a cry for help."""
    assert fold(number) == number


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("help🆘", "help 🆘"), ("🆘🆘", "🆘 🆘"), ("🔪he is here", "🔪 he is here")],
)
def test_an_emoji_stands_by_itself(typed: str, folded: str) -> None:
    """People put no space before an emoji, and press it more than once."""
    assert fold(typed) == folded


def test_an_acute_accent_used_as_an_apostrophe_is_one() -> None:
    """Some keyboards have that accent where others have an apostrophe."""
    assert fold("he\u00b4s outside") == "hes outside"


@pytest.mark.parametrize(
    ("typed", "folded"), [("bleeeeding", "bleeding"), ("killll me", "kill me")]
)
def test_a_double_letter_may_be_stretched(typed: str, folded: str) -> None:
    """Whoever leans on the e of "bleeding" is still bleeding."""
    assert fold(typed, stretched_to=2) == folded
