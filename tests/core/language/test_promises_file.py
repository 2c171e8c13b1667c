"""promises.yaml and journeys.yaml are read, or each mistake in them is found."""

from collections.abc import Callable
from datetime import datetime

import pytest

from bot.core.finding import Finding, Findings
from bot.core.hours import LONDON
from bot.core.language.promises_file import read_journeys, read_promises

PROMISE = "- promise: Danger is answered with 999\n"
JOURNEY = "- who: Someone\n  arrives: talk\n"


def found_by(reads: Callable[..., object], text: str) -> list[Finding]:
    """Return what is found in a file of promises or of journeys."""
    findings = Findings()
    reads(text, "p.yaml", findings)
    return list(findings)


@pytest.mark.parametrize(
    "rest",
    ["", "  when: {danger: now}\n", "  when: {a: b}\n  after: {a: b}\n  shows: s\n"],
)
def test_a_promise_of_nothing_is_found(rest: str) -> None:
    """What can't be proved must not look as if it were."""
    (found,) = found_by(read_promises, PROMISE + rest)

    assert (found.rule, str(found.at)) == ("empty-promise", "p.yaml:1:3")
    assert "'Danger is answered with 999'" in found.says
    assert "Give it shows, never_shows" in found.cure


def test_a_promise_holds_all_that_its_author_wrote() -> None:
    """Where it holds, where not, and what is then shown."""
    rest = (
        "  after: {danger: now}\n  except: {nation: elsewhere}\n  shows: police_999\n"
    )
    findings = Findings()

    (promise,) = read_promises(PROMISE + rest, "p.yaml", findings)

    assert not len(findings)
    assert promise.after
    assert promise.when.holds({"danger": ("now",)})
    assert promise.unless is not None
    assert promise.unless.holds({"nation": ("elsewhere",)})
    assert promise.shows is not None
    assert promise.shows.names == ("police_999",)


def test_a_promise_of_so_many_taps_needs_a_number() -> None:
    """Else it would pass for kept, with nothing looked at."""
    assert found_by(read_promises, PROMISE + "  at_most: {taps: few}\n")


def test_a_time_that_is_none_is_found() -> None:
    """A journey at three in the morning must not be walked at noon instead."""
    (found,) = found_by(read_journeys, JOURNEY + "  at: 3 am on Christmas Day\n")

    assert (found.rule, str(found.at)) == ("not-a-time", "p.yaml:3:7")
    assert "'3 am on Christmas Day'" in found.says
    assert "2026-12-25T03:00" in found.cure


def test_a_journey_holds_all_that_its_author_wrote() -> None:
    """Who, when, what they answer and where they must arrive."""
    rest = (
        "  at: 2026-12-25T03:00\n  answers: {who: me, four: none}\n"
        "  then: [go_on, {says: help}, {interrupt: leave}]\n  shows: [a, b]\n"
    )
    findings = Findings()

    (journey,) = read_journeys(JOURNEY + rest, "p.yaml", findings)

    assert not len(findings)
    assert (journey.who, journey.arrives, journey.shows) == (
        "Someone",
        "talk",
        ("a", "b"),
    )
    assert journey.moment == datetime(2026, 12, 25, 3, tzinfo=LONDON)
    assert journey.answers == {"who": ("me",), "four": ()}
    assert [(deed.tap, deed.says, deed.interrupt) for deed in journey.then] == [
        ("go_on", None, None),
        (None, "help", None),
        (None, None, "leave"),
    ]
