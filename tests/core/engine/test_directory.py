"""A service as a person reads it: the number alone on a line, and only proved hours."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.core.engine.directory import service_block, words
from bot.core.engine.machine import FlowMachine

# Open from Monday to Friday, 10:00 to 16:00 UK time; bank holidays are not proved.
BY_DAY = "revenge_porn_helpline"
NIGHT = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)


def hours(machine: FlowMachine, service: str, now: datetime) -> str:
    """Return what is said of a service's opening times."""
    flow = machine.flow
    return service_block(flow, flow.services[service], now).rsplit("\n", 1)[-1]


def test_each_contact_has_a_line_of_its_own_above_the_words(
    machine: FlowMachine,
) -> None:
    """A phone lets people tap a number on its own line; they need not search for it."""
    for service in machine.flow.services.values():
        lines = service_block(machine.flow, service, NIGHT).splitlines()
        contacts = lines[: len(service.contacts)]

        for line, contact in zip(contacts, service.contacts.values(), strict=True):
            assert line in {contact, f"Text {contact}"}
        assert lines[len(service.contacts)] == service.name


def test_a_number_to_text_is_told_from_a_number_to_call(machine: FlowMachine) -> None:
    """Nobody calls a line that only reads texts."""
    block = service_block(machine.flow, machine.flow.services["shout"], NIGHT)

    assert block.startswith("Text 85258\n")


def test_a_block_says_for_whom_it_is(machine: FlowMachine) -> None:
    """People see at a glance whether a line is for them."""
    for service in machine.flow.services.values():
        assert service.whom in service_block(machine.flow, service, NIGHT)


def test_hours_that_are_not_proved_are_never_shown(machine: FlowMachine) -> None:
    """Rule 8: a line with unproved hours says to check them; a page has none."""
    check_them = words(machine.flow, "check_hours")
    for service in machine.flow.services.values():
        if service.hours.always or service.hours.spans:
            continue
        said = hours(machine, service.id, NIGHT)
        if service.contacts.keys() & {"call", "text"}:
            assert said == check_them
        else:  # a form on the web answers whenever it is opened
            assert said in {service.how, service.whom}


def test_a_line_that_never_closes_says_so(machine: FlowMachine) -> None:
    """At night this is the line to call."""
    assert hours(machine, "samaritans", NIGHT) == "Open day and night."


@pytest.mark.parametrize(
    ("now", "says"),
    [
        (datetime(2026, 12, 1, 11, 0, tzinfo=UTC), "Open now."),
        (NIGHT, "Closed now. Opens Tuesday at 10:00."),
        (
            datetime(2026, 12, 1, 16, 0, tzinfo=UTC),
            "Closed now. Opens Wednesday at 10:00.",
        ),
        (
            datetime(2026, 12, 5, 12, 0, tzinfo=UTC),
            "Closed now. Opens Monday at 10:00.",
        ),
    ],
)
def test_proved_hours_are_told_for_now(
    machine: FlowMachine, now: datetime, says: str
) -> None:
    """People learn whether somebody answers now, and if not, when."""
    assert hours(machine, BY_DAY, now) == says


def test_a_bank_holiday_that_is_not_proved_is_no_promise(machine: FlowMachine) -> None:
    """On Christmas Day nobody is told that a line is open because it is a Friday."""
    christmas = datetime(2026, 12, 25, 11, 0, tzinfo=UTC)

    assert hours(machine, BY_DAY, christmas) == "Check its opening times first."


def test_no_opening_is_promised_on_a_bank_holiday(machine: FlowMachine) -> None:
    """On Christmas Eve at night the next sure day is after the holidays."""
    christmas_eve = datetime(2026, 12, 24, 20, 0, tzinfo=UTC)

    says = hours(machine, BY_DAY, christmas_eve)

    assert says == "Closed now. Opens Tuesday at 10:00."


@pytest.mark.parametrize(
    ("now", "says"),
    [
        (
            datetime(2026, 3, 27, 9, 30, tzinfo=UTC),
            "Closed now. Opens Friday at 10:00.",
        ),
        (datetime(2026, 3, 30, 9, 30, tzinfo=UTC), "Open now."),
        (
            datetime(2026, 3, 29, 0, 50, tzinfo=UTC),
            "Closed now. Opens Monday at 10:00.",
        ),
    ],
)
def test_r07_hours_are_uk_time_on_both_sides_of_the_clock_change(
    machine: FlowMachine, now: datetime, says: str
) -> None:
    """R07: half past nine in UTC is before ten in winter and after ten in summer."""
    assert hours(machine, BY_DAY, now) == says
