"""Good practice, coerced use: a test for each row (4.4 of the domain)."""

from __future__ import annotations

import json

from bot.core.engine.conversation import to_plain
from tests.command import ROOT
from tests.person import Person
from tests.threats.flow_texts import said_anywhere, said_at
from tests.walk import shipped

FREE_OF_TRACE = {"samaritans", "childline"}  # sourced for these two, and no others


def test_4_4_someone_else_may_hold_the_phone(person: Person) -> None:
    """Nobody is asked who they are, no history is shown, and a summary goes."""
    person.starts()
    person.taps("me", "not_now", "fixated", "done", "done", "england", "report", "say")
    assert person.sees("It is happening to me")
    person.starts()
    assert not person.sees("It is happening to me.")
    assert person.facts == {}


def test_4_4_a_compromise_and_said_to_be_one() -> None:
    """The documents say what Telegram is not, and other ways are one tap away."""
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "Bots cannot use Telegram's secret chats" in readme
    assert "a web chat that keeps nothing when you close it" in said_at("safe_phone")
    assert "Safer ways to get in touch" in said_at("safe_phone")


def test_4_4_little_is_kept_and_the_risks_are_told(person: Person) -> None:
    """Of a whole conversation only closed answers are kept."""
    person.starts()
    person.taps("me", "not_now")
    person.types("my neighbour watches the house every single evening")
    person.taps("go_on") if person.stands_at == "are_you_safe" else None
    assert person.conversation
    assert "neighbour" not in json.dumps(to_plain(person.conversation))
    assert "Whoever can open one of them can read it" in said_at("welcome")


def test_4_4_start_reveals_nothing_of_earlier_use(person: Person) -> None:
    """Newcomer, returning, or somebody else with the phone: the same screen."""
    person.starts()
    first = person.screen
    person.taps("someone_else", "not_now", "anxious", "done")
    person.starts()
    assert person.screen == first


def test_4_4_a_safe_device_and_the_bill() -> None:
    """Another phone, and a list of calls and a bill that nobody else sees."""
    page = said_at("safe_phone")
    assert "a phone that they never had in their hands" in page
    assert "the list of calls and the bill are yours alone" in page


def test_4_4_no_promise_about_bills_without_a_source() -> None:
    """Free lines differ by network; only what is sourced is said."""
    told = {s.id for s in shipped().flow.services.values() if s.on_bill == "no"}
    assert told <= FREE_OF_TRACE
    assert "will not show" not in said_anywhere()
