"""services.yaml becomes services whose numbers, hours and proofs are as written."""

from datetime import date, time

import pytest

from bot.core.finding import Findings
from bot.core.hours import Span
from bot.core.language.services_file import read_services
from bot.core.service import UK
from tests.core.seeding import Fault, flow_of, found_in, planted, small

OPEN = "open: {mon-fri: 09:30-16:00, sun: 18:00-00:00, bank_holidays: closed}"


def hours_fault(hours: str, says: str) -> Fault:
    """Return a mistake in the opening hours; » stands in them."""
    return Fault("not-hours", {OPEN: f"open: {hours}"}, says, "Write them as {mon-fri")


FAULTS = (
    Fault(
        "no-contact",
        {
            '  listeners:\n    name: Listeners\n    text: "0001"': (
                "  »listeners:\n    name: Listeners"
            )
        },
        says="service 'listeners' has no number and no address",
        cure="Add one of: call, text, web, email, app.",
    ),
    Fault(
        "not-a-day",
        {"checked: 2026-11-23": "checked: »23/11/2026"},
        says="'23/11/2026' is not a day",
        cure="Write year, month and day: 2026-11-24.",
    ),
    Fault(
        "not-a-day",
        {"review_by: 2027-05-23": "review_by: »2027-02-30"},
        says="'2027-02-30' is not a day",
        cure="Write year, month and day",
    ),
    hours_fault("{»every day: 09:30-16:00}", "'every day' can't be read"),
    hours_fault("{mon-fri: »9:30-16:00}", "'9:30-16:00' can't be read"),
    hours_fault("{mon-fri: »25:00-26:00}", "'25:00-26:00' can't be read"),
    hours_fault("{mon-fri: »09:60-16:00}", "'09:60-16:00' can't be read"),
    hours_fault("{mon: 09:30-16:00, bank_holidays: »shut}", "'shut' can't be read"),
    Fault(
        "not-hours",
        {OPEN: "open: »{bank_holidays: closed}"},
        says="these opening hours name no day",
        cure="Write `unproved` where nobody knows them.",
    ),
    Fault(
        "no-services",
        {small()["services.yaml"]: "services: »{}"},
        says="this file has no services",
        cure="Write at least police_999.",
    ),
)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_mistake_is_found_where_it_stands(fault: Fault) -> None:
    """An author is led to the very word, and told how to write it."""
    fault.check()


NEVER_OPEN = (
    "{»sat-mon: 09:30-16:00}",  # days that run backwards give no day at all
    "{mon: »16:00-09:30}",
    "{mon: »22:00-02:00}",  # over midnight: two lines say it
    "{mon: »10:00-10:00}",
    "{mon: »09:00-25:00}",
    "{mon: »09:00-24:30}",
)


@pytest.mark.parametrize("hours", NEVER_OPEN)
def test_hours_that_are_never_open_are_found(hours: str) -> None:
    """A helpline must not be called closed at night because of a slip."""
    hours_fault(hours, "can't be read as opening hours").check()


@pytest.mark.parametrize("hours", ["{}", "{bank_holidays: closed}"])
def test_hours_that_say_nothing_are_found(hours: str) -> None:
    """`unproved` is how an author says that nobody knows."""
    (found,) = found_in(planted({OPEN: f"open: {hours}"}))

    assert "name no day" in found.says


def test_a_day_that_does_not_exist_is_found_at_the_day() -> None:
    """The hours beside it are right; it is the day that must be mended."""
    hours_fault("{»mon-fir: 09:30-16:00}", "'mon-fir'").check()


def test_a_night_is_written_as_two_days() -> None:
    """The cure for hours over midnight is one that works."""
    night = planted({OPEN: "open: {mon: 22:00-24:00, tue: 00:00-02:00}"})

    assert flow_of(night).services["helpline"].hours.spans == (
        Span(0, time(22), time(0)),
        Span(1, time(0), time(2)),
    )


def test_a_service_holds_all_that_its_author_wrote() -> None:
    """Numbers stay as typed, and proofs stay proofs."""
    helpline = flow_of(small()).services["helpline"]

    assert dict(helpline.contacts) == {"call": "0000", "web": "helpline.example"}
    assert helpline.main == "0000"
    assert (helpline.name, helpline.whom, helpline.how) == ("A helpline", "Anyone.", "")
    assert helpline.nations == ("england", "wales")
    assert (helpline.anonymous, helpline.on_bill, helpline.free) == ("yes", "no", "yes")
    assert helpline.source == "another made-up page"
    assert helpline.checked == date(2026, 11, 23)
    assert helpline.review_by == date(2027, 5, 23)


def test_what_nobody_proved_stays_unproved() -> None:
    """Leaving a line out never promises anything."""
    listeners = flow_of(small()).services["listeners"]

    assert (listeners.anonymous, listeners.on_bill, listeners.free) == ("unproved",) * 3
    assert not listeners.hours.always
    assert listeners.hours.spans == ()
    assert listeners.review == "Ask for its hours."


def test_uk_stands_for_the_four_nations() -> None:
    """A service of the UK is shown in all of it, and nowhere else."""
    assert flow_of(small()).services["police_999"].nations == UK


def test_hours_become_spans_of_single_days() -> None:
    """Ranges of days, single days, `daily` and the end of a day are all understood."""
    hours = flow_of(small()).services["helpline"].hours

    assert hours.spans == (
        *(Span(day, time(9, 30), time(16)) for day in range(5)),
        Span(6, time(18), time(0)),
    )
    assert hours.bank_holidays == "closed"
    assert hours.nations == ("england", "wales")
    daily = planted({OPEN: "open: {daily: 08:00-24:00}"})
    assert flow_of(daily).services["helpline"].hours.spans == tuple(
        Span(day, time(8), time(0)) for day in range(7)
    )


def test_a_file_that_can_not_be_read_gives_no_services() -> None:
    """Half a file of numbers is worse than none."""
    findings = Findings()

    assert not read_services("services: [", "services.yaml", findings)
    assert len(findings) == 1
