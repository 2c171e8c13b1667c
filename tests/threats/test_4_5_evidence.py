"""Good practice, evidence: a test for each row (4.5 of the domain)."""

from __future__ import annotations

import pytest

from tests.channels.running import Desk
from tests.telegram.stand_in import Telegram
from tests.threats.flow_texts import said_at

KEEP = "what_to_keep"


def test_4_5_no_evidence_is_needed_and_no_delay() -> None:
    """Said first on the page, and where the police are named."""
    assert said_at(KEEP).startswith(
        "You do not need proof to ask for help. Do not wait"
    )
    for step in ("police_today", "tell_police"):
        assert "You do not need proof" in said_at(step)


def test_4_5_a_diary_on_paper_or_a_safe_device() -> None:
    """Day, time, place, what happened, who saw it, and how it felt."""
    says = said_at(KEEP)
    for words in (
        *("on paper or on a safe device", "the day, the time and the place"),
        *("what happened, and who saw it", "how it made you feel"),
    ):
        assert words in says


def test_4_5_screenshots_and_originals() -> None:
    """With address, date and sender; what came stays as it is."""
    says = said_at(KEEP)
    assert "screenshots that show the name, the date and the address" in says
    assert "Keep messages, voicemails, letters and gifts as they are" in says
    assert "Touch gifts and letters as little as you can" in says


def test_4_5_each_contact_with_the_police_is_noted() -> None:
    """Names and reference numbers."""
    assert "write down the name and the reference number" in said_at(KEEP)


def test_4_5_tools_that_others_use() -> None:
    """The helpline has a diary to fill in; nobody has to invent one."""
    assert "National Stalking Helpline has a diary" in said_at(KEEP)


@pytest.mark.usefixtures("channel")
async def test_4_5_no_evidence_is_sent_here(telegram: Telegram, desk: Desk) -> None:
    """It is said, and a picture that comes all the same is neither opened nor kept."""
    assert "Do not send any of it here" in said_at(KEEP)
    sam = telegram.person()
    await sam.starts()
    await sam.sends_photo()
    assert telegram.ledger.calls_of("getFile") == []
    assert "AgADstandin" not in str(await desk.kept(sam.id))
