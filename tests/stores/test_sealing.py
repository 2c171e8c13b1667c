"""A stolen database tells nothing: neither names, nor answers, nor how many."""

from __future__ import annotations

import pytest

from bot.core.errors import Unreadable
from bot.stores.sealing import Sealer

KEY = b"a key made up for these tests only"
NAME = b"n" * 32
RECORD = {"facts": {"nation": "wales", "words": "dŵr"}, "trail": [1, 2.5, None]}


def test_what_is_sealed_opens_again() -> None:
    """A person's place comes back as it was, after a restart too."""
    sealed = Sealer(KEY).seal(NAME, RECORD)

    assert Sealer(KEY).open(NAME, sealed) == RECORD


def test_nothing_can_be_read_in_a_seal() -> None:
    """Nor is the same record sealed the same twice: no change can be told from none."""
    sealer = Sealer(KEY)
    first, second = sealer.seal(NAME, RECORD), sealer.seal(NAME, RECORD)

    assert b"wales" not in first
    assert b"facts" not in first
    assert first[1:] != second[1:]
    assert first[:1] == b"\x01"


def test_another_key_opens_nothing() -> None:
    """Whoever has the database alone has nothing."""
    sealed = Sealer(KEY).seal(NAME, RECORD)

    with pytest.raises(Unreadable):
        Sealer(KEY + b"!").open(NAME, sealed)


def test_a_record_belongs_to_one_name() -> None:
    """Nobody can be shown another's place by swapping rows in the file."""
    sealer = Sealer(KEY)

    with pytest.raises(Unreadable):
        sealer.open(b"m" * 32, sealer.seal(NAME, RECORD))


def test_a_changed_or_cut_seal_does_not_open() -> None:
    """Damage is noticed at every byte, and never half believed."""
    sealer = Sealer(KEY)
    sealed = sealer.seal(NAME, {"a": 1})

    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(Unreadable):
            sealer.open(NAME, bytes(changed))
        with pytest.raises(Unreadable):
            sealer.open(NAME, sealed[:place])


def test_the_length_says_little() -> None:
    """One answer and ten answers look alike from outside."""
    sealer = Sealer(KEY)

    lengths = [len(sealer.seal(NAME, {"a": "x" * size})) for size in (0, 1, 200, 300)]

    assert lengths[0] == lengths[1] == lengths[2] == 1 + 12 + 256 + 16
    assert lengths[3] == lengths[0] + 256


def test_a_receipt_is_hidden_and_keyed() -> None:
    """Nobody can try all update numbers against a stolen database."""
    (receipt,) = Sealer(KEY).receipts("123456789")

    assert (receipt,) == Sealer(KEY).receipts("123456789")
    assert (receipt,) != Sealer(KEY + b"!").receipts("123456789")
    assert b"123456789" not in receipt


def test_names_and_seals_have_keys_of_their_own() -> None:
    """To know one key is not to know the other, nor the operator's."""
    sealer = Sealer(KEY)

    assert len(sealer.names_key) == 32
    assert sealer.names_key not in KEY
    assert sealer.names_key != Sealer(KEY + b"!").names_key


def test_no_key_is_ever_shown() -> None:
    """Neither a log nor an error may hold what would open everything."""
    sealer = Sealer(KEY)

    assert repr(sealer) == "Sealer(…)"
    with pytest.raises(Unreadable) as told:
        sealer.open(NAME, b"")
    assert "made up" not in str(told.value)
