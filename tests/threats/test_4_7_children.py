"""Good practice, children: a test for each row (4.7 of the domain)."""

from __future__ import annotations

import pytest

from tests.command import ROOT
from tests.person import Person
from tests.threats.flow_texts import said_at
from tests.walk import shipped

DISCLOSED = (
    "im 13",
    "i am 12 years old",
    "im in year 8 and a man follows me from school",
)


def test_4_7_no_date_of_birth_and_childline_at_any_sign(person: Person) -> None:
    """Age is never asked for; whoever says it finds Childline, 999, a trusted adult."""
    assert not {"age", "born", "birthday"} & shipped().flow.facts.keys()
    person.starts(at="which_of_four")
    person.types("im 13")
    for words in ("0800 1111", "999", "an adult you trust"):
        assert person.sees(words)


def test_4_7_lines_with_a_lowest_age_say_so() -> None:
    """A child who calls one must not be turned away without having been told."""
    services = shipped().flow.services
    for name, age in (
        *(("rape_crisis_ew", "16 or over"), ("revenge_porn_helpline", "18 or over")),
        *(("stopncii", "18 or over"), ("cyber_helpline", "13")),
    ):
        assert age in services[name].whom, name


@pytest.mark.parametrize("typed", DISCLOSED)
def test_4_7_what_a_child_discloses_is_heard(person: Person, typed: str) -> None:
    """Some bots told a child nothing; here help comes with the first reply."""
    person.starts()
    person.types(typed)
    assert person.sees("0800 1111") or person.sees("999")


def test_4_7_no_referral_is_promised() -> None:
    """Nobody is told that somebody was told."""
    assert "I cannot tell anyone for you" in said_at("under_19")


def test_4_7_the_childrens_code_is_in_the_assessment() -> None:
    """Whoever answers for the data is asked whether it applies."""
    assessment = (ROOT / "docs" / "privacy" / "assessment.md").read_text("utf-8")
    assert "Children's Code" in assessment


def test_4_7_adults_at_risk_are_sent_to_adult_social_care() -> None:
    """Where help for older people, and for whoever needs care, is listed."""
    assert "adult social care" in said_at("help_older")
