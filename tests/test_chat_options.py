"""What `waymark chat` may be told beside the flow: a language, and a time."""

import pytest

from tests.command import SMALL_FLOW, waymark


def test_another_language_says_what_is_offered() -> None:
    """Asked for a language that is not there, it names the one that is."""
    ran = waymark("chat", "--flow", str(SMALL_FLOW), "--language", "cy")
    same = waymark("chat", "--flow", str(SMALL_FLOW), "--language", "en")

    assert ran.returncode == 2
    assert "en" in ran.stderr
    assert same.returncode == 0


@pytest.mark.parametrize("at", ["Christmas", "9999-12-31T23:00", "0001-01-01T00:00"])
def test_a_moment_that_is_none_says_how_to_write_one(at: str) -> None:
    """The cure is an example that can be copied; no year is too far to be told so."""
    ran = waymark("chat", "--at", at)

    assert ran.returncode == 2
    assert f"'{at}'" in ran.stderr
    assert "2026-12-25T03:00, in a year from 2000 to 2099" in ran.stderr
