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


@pytest.mark.parametrize("at", ["3 am on Christmas Day", "9999-12-31T23:00"])
def test_a_time_that_is_none_is_found(at: str) -> None:
    """A journey at three in the morning must not be walked at noon instead."""
    (found,) = found_by(read_journeys, JOURNEY + f"  at: {at}\n")

    assert (found.rule, str(found.at)) == ("not-a-time", "p.yaml:3:7")
    assert f"'{at}'" in found.says
    assert "2026-12-25T03:00, in a year from 2000 to 2099" in found.cure


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-07-01T12:00", "2026-07-01T12:00:00+01:00"),
        ("2026-07-01T12:00Z", "2026-07-01T12:00:00+00:00"),
        ("2026-07-01T12:00-05:00", "2026-07-01T12:00:00-05:00"),
    ],
)
def test_a_time_is_of_the_zone_that_its_author_wrote(at: str, told: str) -> None:
    """UK time where none is written; else an hour on the clock would be another one."""
    (journey,) = read_journeys(JOURNEY + f"  at: {at}\n", "p.yaml", Findings())

    assert journey.moment
    assert journey.moment.isoformat() == told


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


@pytest.mark.parametrize("taps", ["few", "0", "-1", "1.5", "9" * 5000])
def test_a_promise_of_so_many_taps_needs_a_number(taps: str) -> None:
    """Else it would pass for kept, with nothing looked at."""
    (found,) = found_by(read_promises, PROMISE + f"  at_most: {{taps: {taps}}}\n")

    assert (found.rule, str(found.at)) == ("not-a-number", "p.yaml:2:19")
    assert f"'{taps}'" in found.says
    assert "Write 1, 2, 3" in found.cure


@pytest.mark.parametrize(
    ("rest", "one", "other"),
    [
        ("at_most: {taps: 6}, shows: s", "at_most", "shows"),
        ("at_most: {taps: 6}, when: {a: b}", "at_most", "when"),
        ("after: {a: b}, at: s, shows: s", "after", "at"),
        ("at_every_outcome: {shows: s}, never_shows: t", "at_every_outcome", "never"),
        ("never_shows: {open: now}", "never_shows", "open"),
    ],
)
def test_what_would_not_be_looked_at_is_found(rest: str, one: str, other: str) -> None:
    """Whoever reads the promise believes all of it."""
    (found,) = found_by(read_promises, f"- {{promise: Help is near, {rest}}}\n")

    assert (found.rule, str(found.at)) == ("not-proved", "p.yaml:1:3")
    assert f"'{one}' with '{other}" in found.says
    assert "make two promises of it" in found.cure


@pytest.mark.parametrize("deed", ["{}", "{says: help, interrupt: leave}"])
def test_a_deed_is_one_thing(deed: str) -> None:
    """Of two things done at once, one would be left out."""
    (found,) = found_by(read_journeys, JOURNEY + f"  then: [{deed}]\n")

    assert (found.rule, str(found.at)) == ("not-one-deed", "p.yaml:3:10")
    assert "{interrupt: name}" in found.cure


@pytest.mark.parametrize(
    "rest", ["  show: s\n", "  shows: {open: never}\n", "  at_most: {tap: 6}\n"]
)
def test_a_slip_in_a_promise_is_found_once(rest: str) -> None:
    """What did not fit is not called missing as well."""
    (found,) = found_by(read_promises, PROMISE + rest)

    assert found.rule in {"unknown-key", "unknown-value"}
