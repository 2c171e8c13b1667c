"""The directory: the operator sees at once what must be checked, and why."""

from datetime import date, time

import pytest

from bot.core.hours import Hours, Span
from bot.core.service import Service
from bot.library import read_folder
from bot.operations.directory import CHECK_FIRST, entries, opening
from tests.command import SMALL_FLOW

TODAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def services() -> list[Service]:
    """Read the services of the small flow: one is due, one is not."""
    flow = read_folder(SMALL_FLOW).flow
    assert flow is not None
    return list(flow.services.values())


def test_what_is_due_says_what_to_look_at(services: list[Service]) -> None:
    """A number nobody has checked lately is never taken for a proved one."""
    police, helpline = entries(services, TODAY)

    assert helpline.due
    assert helpline.standing.startswith(CHECK_FIRST)
    assert "whether it opens on Wednesday evenings" in helpline.standing
    assert not police.due
    assert CHECK_FIRST not in police.standing


def test_a_service_is_due_from_its_day_of_review_on(services: list[Service]) -> None:
    """The day that was set for looking again is the day it shows."""
    day = date(2026, 1, 1)

    assert entries(services, day)[1].due
    assert not entries(services, date(2025, 12, 31))[1].due


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (Hours(always=True), "always"),
        (Hours(), "unproved"),
        (
            Hours(
                spans=(
                    *(Span(day, time(9), time(17)) for day in range(2)),
                    Span(0, time(18), time(20)),
                ),
                bank_holidays="closed",
            ),
            "mon 09:00-17:00 and 18:00-20:00, tue 09:00-17:00; bank holidays: closed",
        ),
        (
            Hours(spans=(Span(3, time(9), time(12)), Span(6, time(9), time(12)))),
            "thu 09:00-12:00, sun 09:00-12:00; bank holidays: unproved",
        ),
        (
            Hours(spans=tuple(Span(day, time(20), time(0)) for day in range(7))),
            "mon-sun 20:00-00:00; bank holidays: unproved",
        ),
    ],
)
def test_opening_hours_in_words(hours: Hours, told: str) -> None:
    """Hours read as on a service's own page, and a gap is never closed up."""
    assert opening(hours) == told
