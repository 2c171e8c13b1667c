"""Good practice, data protection: a test for each row (4.8 of the domain)."""

from __future__ import annotations

import pytest

from bot.core.counting.suppression import FEWEST
from bot.core.engine.conversation import to_plain
from tests.command import ROOT
from tests.person import Person
from tests.walk import shipped

PRIVACY = ROOT / "docs" / "privacy"


def document(name: str) -> str:
    """Return a privacy document."""
    return (PRIVACY / name).read_text("utf-8")


@pytest.mark.parametrize(
    ("row", "name", "says"),
    [
        ("criminal offence data", "assessment.md", "criminal offence data"),
        ("special category data", "assessment.md", "special kinds"),
        ("an assessment before launch", "assessment.md", "before anybody uses it"),
        ("a motivated intruder", "assessment.md", "motivated intruder"),
        ("a keyed hash is still personal", "assessment.md", "still personal data"),
        ("Telegram is a third party", "notice.md", "Telegram"),
        ("no time with place", "counting.md", "no two measures are ever crossed"),
    ],
)
def test_4_8_the_documents_speak_of_it(row: str, name: str, says: str) -> None:
    """What an operator must decide or tell is in the documents, ready to complete."""
    assert says in document(name), row


def test_4_8_small_numbers_are_hidden_below_ten() -> None:
    """The stricter of the two figures that are in use."""
    assert FEWEST == 10


def test_4_8_only_what_may_be_kept_is_kept(person: Person) -> None:
    """Answers from closed lists, where someone stands, and message ids to delete."""
    person.starts()
    person.taps("me", "not_now", "fixated", "done")
    person.types("is this real or not")
    kept = person.conversation
    assert kept
    flow = shipped().flow
    for place in (kept.here, *kept.trail):
        assert place.step in flow.steps
        for fact, values in place.facts.items():
            assert set(values) <= set(flow.facts[fact].values)
    assert to_plain(kept).keys() <= {
        *("flow", "version", "here", "trail", "misses", "language", "asked"),
    }
