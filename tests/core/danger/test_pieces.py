"""Words to pieces: whatever people send has a short, fixed form for the encoder."""

from __future__ import annotations

import pytest

from bot.core.danger.pieces import MOST_PIECES, Pieces

LISTED = (
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "out",
    "outside",
    "##side",
    "##s",
    "h",
    "?",
)
PIECES = Pieces(LISTED)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", []),
        ("  \u200b", ["[UNK]"]),
        ("Outside", ["outside"]),  # the longest that fits, not "out" and "##side"
        ("outs", ["out", "##s"]),
        ("side", ["[UNK]"] * 4),  # "##side" goes on with a word, and begins none
        ("H  óutsides", ["h", "outside", "##s"]),
        ("hß out", ["h", "[UNK]", "out"]),  # a letter nobody knows spoils no word
        ("out🔪?", ["out", "[UNK]", "?"]),
        ("out_h", ["out", "[UNK]", "h"]),
    ],
)
def test_a_word_is_read_in_its_longest_pieces(text: str, read: list[str]) -> None:
    """A word that was never seen is still read, piece by piece."""
    first, *between, last = (LISTED[number] for number in PIECES.numbers(text))

    assert (first, last) == ("[CLS]", "[SEP]")
    assert between == read


def test_of_a_long_text_the_beginning_and_the_end_are_read() -> None:
    """People come to the point first, or at the very end."""
    numbers = PIECES.numbers(f"outside {'h ' * 2000} out")

    assert len(numbers) == MOST_PIECES
    assert LISTED[numbers[1]] == "outside"
    assert LISTED[numbers[-2]] == "out"


def test_a_word_without_end_takes_no_room_from_others() -> None:
    """Whoever leans on a key after "outside" is still heard."""
    numbers = PIECES.numbers(f"{'z' * 4088} outside")

    assert LISTED[numbers[-2]] == "outside"
    assert len(numbers) < MOST_PIECES
