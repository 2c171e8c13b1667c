"""JSON means the same to us as to Python's own reader, whoever reads it faster."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quick_json import read_json, write_json

# Also half a letter, which Telegram never sends and anybody else may.
TEXTS = st.text(st.characters())
PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(2**65), 2**65)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
)


@given(PLAIN)
def test_what_is_written_is_read_as_it_was(value: object) -> None:
    """Of a record nothing is lost, by either reader."""
    written = write_json(value)

    assert read_json(written) == value
    assert json.loads(written) == value


@given(PLAIN)
def test_what_others_write_is_read_as_python_reads_it(value: object) -> None:
    """Nothing that comes from Telegram means anything else than it did."""
    written = json.dumps(value)

    assert read_json(written) == json.loads(written)
    assert read_json(written.encode()) == value


@pytest.mark.parametrize("text", [b"NaN", b'{"a": Infinity}', b'"\\ud83d"', b" 1 "])
def test_what_only_python_reads_is_read(text: bytes) -> None:
    """One odd value must not make all unreadable that came with it."""
    assert repr(read_json(text)) == repr(json.loads(text))


@pytest.mark.parametrize(
    "number", [2**63, 2**64 - 1, 2**64, 10**20, -(2**63), -(10**19)]
)
@pytest.mark.parametrize(
    "around", ["%d", " %d", "[%d]", "[1,%d]", "[ %d]", '{"a":%d}', "[\t%d]", "[\r\n%d]"]
)
def test_a_long_number_is_read_to_its_last_digit(number: int, around: str) -> None:
    """A number that is rounded is another person's, wherever in the text it stands."""
    text = around % number

    assert repr(read_json(text.encode())) == repr(json.loads(text))


@pytest.mark.parametrize("text", [b"", b"{", b"<html>", b"\xff", b"{1: 2}", b'"\t"'])
def test_what_is_no_json_is_refused(text: bytes) -> None:
    """Whoever reads it has one kind of error to expect."""
    with pytest.raises(ValueError, match=r"."):
        read_json(text)


def test_what_nests_too_deeply_is_refused() -> None:
    """It neither brings the process down nor is taken for anything."""
    with pytest.raises((ValueError, RecursionError)):
        read_json(b"[" * 100_000)


@dataclass(frozen=True)
class _Thing:
    value: int = 1


@pytest.mark.parametrize("value", [object(), {1, 2}, _Thing(), datetime.now(UTC)])
def test_what_is_not_plain_is_not_written(value: object) -> None:
    """A record holds plain values alone, so that any version can read it."""
    with pytest.raises(TypeError):
        write_json({"a": value})
