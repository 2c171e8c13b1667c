"""Good practice, what is never advised: a test for each row (4.6 of the domain)."""

from __future__ import annotations

import re

import pytest

from tests.threats.flow_texts import said_anywhere, said_at
from tests.walk import shipped

WARNED = r"(do not|not have to|never|before you|or) "


def only_warned_of(pattern: str) -> bool:
    """Tell whether words stand in the flow only after a warning not to do so."""
    text = said_anywhere().lower()
    found = [match.start() for match in re.finditer(pattern, text)]
    return all(re.search(WARNED, text[max(0, at - 60) : at]) for at in found)


def test_4_6_never_confront_meet_or_reply() -> None:
    """Nor a friend for them: whoever asks is told not to."""
    assert only_warned_of(r"\b(confront|reason with|meet them|warn them|reply to)\b")
    assert "Do not talk to the person doing this" in said_at("how_to_listen")
    assert {"reason with them", "one last time"} <= set(shipped().flow.never_say)


def test_4_6_never_tell_them_once_to_stop() -> None:
    """Sources conflict: it is left to the helpline and the police."""
    assert "tell them to stop" in shipped().flow.never_say
    assert "tell them to stop" not in said_anywhere().lower()


def test_4_6_never_block_or_change_the_number_first() -> None:
    """Save first, then ask; both are named on one page, in that order."""
    assert only_warned_of(r"\bblock (anyone|them|him|her)\b|\bchange your number\b")
    keep = said_at("what_to_keep")
    assert "save what you have and ask the police or a helpline" in keep


def test_4_6_never_remove_a_tracker_first() -> None:
    """It would be noticed, and lose what shows what was done."""
    assert "ask the police or a helpline before you remove it" in said_at("safe_phone")
    assert "before you touch it" in said_at("police_today")
    assert "factory reset" in shipped().flow.never_say


@pytest.mark.parametrize(
    ("row", "pattern"),
    [
        ("carry a weapon", r"\bcarry (something|a)\b|\bdefend yourself\b"),
        ("film, bait or investigate", r"\b(film|bait|investigate|post about)\b"),
        ("a legal conclusion", r"\b(this|it) is (a crime|illegal|an offence)\b"),
        ("a timescale of the police", r"\bwithin \d+ (hours|days)\b"),
        ("ignore it", r"\bignore (it|them)\b|\bgo away by itself\b|\bflatter"),
        ("why not before", r"\bwhy did(n't| you)\b|\bwhy now\b|\byou should have\b"),
    ],
)
def test_4_6_never_said_at_all(row: str, pattern: str) -> None:
    """Each row of which nothing at all may be said."""
    assert not re.search(pattern, said_anywhere(), re.IGNORECASE), row


def test_4_6_never_pay_bargain_or_send_more() -> None:
    """Said where private images are spoken of."""
    assert "Do not pay, and do not send more" in said_at("help_images")


def test_4_6_never_a_verdict() -> None:
    """No score, no prediction, and never that it is less than it is."""
    never = set(shipped().flow.never_say)
    assert {"not stalking", "low risk", "high risk", "score", "diagnosis"} <= never


def test_4_6_never_called_confidential_or_safe_here() -> None:
    """Telegram, the phone and a second session can see it."""
    never = set(shipped().flow.never_say)
    assert {"confidential", "completely safe", "nobody will know"} <= never


def test_4_6_never_promised_that_the_police_protect() -> None:
    """Nor that they arrest anyone."""
    assert {"police will arrest", "police will protect"} <= set(
        shipped().flow.never_say
    )


def test_4_6_never_meet_because_of_a_threat_of_suicide() -> None:
    """999 for that person; it is nobody's duty to meet or to calm them."""
    for step in ("police_today", "stay_unknown", "talk_to_someone", "keep_alive"):
        assert "You do not have to meet them or calm them" in said_at(step), step
