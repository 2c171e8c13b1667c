"""Every word and number that the stalking flow can show to a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

import pytest

from bot.core.engine.directory import words
from bot.core.engine.machine import FlowMachine
from bot.core.engine.screen import Moment, Screen, show
from bot.core.flow import Part, Reference
from tests.person import NUMBER
from tests.walk import shipped, visits

MOMENTS = (
    Moment(datetime(2026, 12, 25, 3, 0, tzinfo=UTC)),  # Christmas Day, at night
    Moment(datetime(2026, 6, 8, 11, 0, tzinfo=UTC)),  # a Monday, by day
)
PROMISED_NOT_TO_USE = {  # each with what people could take it for
    r"\blow risk\b": "a verdict on their danger",
    r"\bscor(e|es|ed|ing)\b|\bassess": "a test that they can fail",
    r"\bnot stalking\b|\bovereact|\bparanoid\b": "a verdict on what they live through",
    r"\bvictims?\b(?! support\b)": "a label",
    r"\bstalkers?\b|\bperpetrators?\b": "a verdict on somebody",
    r"\bsecret|\bconfidential|\bencrypted\b|\buntraceable\b": "privacy we cannot keep",
    r"\banonymous(ly)?\b": "privacy we cannot keep",
    r"(?<!reach )\byou are safe\b": "safety",
    r"\b(chat|bot|guide|page) is (safe|private)\b": "safety",
    r"\bsafe here\b|\bsafely\b.*\bhere\b": "safety",
    r"\bwill (be )?arrest|\bwill protect\b|\bguarantee": "what nobody can promise",
    r"\bmust report\b|\byou should have\b|\bwhy did ?n.t you\b": "blame",
}
NOT_A_CONTACT = re.compile(  # how long answers are kept, and when a line opens
    r"\b60 minutes\b|Closed now\. Opens \w+ at \d\d:\d\d\."
)
OPEN_ALWAYS = re.compile(r"day and night|24 hours|24/7", re.IGNORECASE)
CLOCK_TIME = re.compile(r"\b\d{1,2}[:.]\d{2}\b|\b\d{1,2} ?[ap]m\b", re.IGNORECASE)


@cache
def screens() -> tuple[Screen, ...]:
    """Return every screen of the walk that differs, by night and by day."""
    flow = shipped().flow
    shown = {
        (show(flow, visit.place, moment, back=True)): None
        for visit in visits()
        for moment in MOMENTS
    }
    return tuple(shown)


def standing_words() -> Iterator[str]:
    """Give the words that stand above screens: not understood, cannot read."""
    flow = shipped().flow
    place = visits()[0].place
    for note in ("unclear", "people", "cannot_read"):
        yield show(flow, place, MOMENTS[0], back=True, note=note).text


def parts(machine: FlowMachine) -> Iterator[Part]:
    """Give every text of the flow, on whatever condition it is shown."""
    yield from machine.flow.words.values()
    for step in machine.flow.steps.values():
        yield from step.says


def uses(pattern: str) -> set[str]:
    """Return the steps whose words or buttons hold a pattern."""
    return {
        screen.step
        for screen in screens()
        for said in (screen.text, *(button.label for button in screen.options))
        if re.search(pattern, said, re.IGNORECASE)
    }


@pytest.mark.parametrize("pattern", PROMISED_NOT_TO_USE)
def test_no_screen_uses_a_word_that_we_promised_not_to(pattern: str) -> None:
    """No verdict, no label, no promise that Telegram cannot keep, anywhere."""
    assert not uses(pattern)


def test_no_screen_tells_people_that_they_are_at_high_risk() -> None:
    """Whoever is shown such a line reads it as a verdict on themselves."""
    assert not uses(r"\bhigh risk\b")


def test_every_number_is_one_of_the_directory(machine: FlowMachine) -> None:
    """Rule 7: no digit on any screen comes from anywhere but services.yaml."""
    for screen in screens():
        services = [machine.flow.services[name] for name in screen.services]
        known = {contact for s in services for contact in s.contacts.values()}
        explained = {line for s in services for line in (s.name, s.whom, s.how)}
        for line in screen.text.splitlines():
            if line in explained or line in known:
                continue  # a line of the directory itself, with its ages and minutes
            said = NOT_A_CONTACT.sub("", line)
            unknown = set(NUMBER.findall(said)) - known
            assert not {n for n in unknown if not _in_address(n, known)}, screen.step


def test_every_number_in_standing_words_is_one_of_the_directory(
    machine: FlowMachine,
) -> None:
    """What is said to someone who was not understood is just as exact."""
    known = {c for s in machine.flow.services.values() for c in s.contacts.values()}

    for text in standing_words():
        assert set(NUMBER.findall(text)) - known <= {"60"}


def test_every_screen_that_names_999_lists_it(machine: FlowMachine) -> None:
    """What the directory counts as shown is what a person sees."""
    for screen in screens():
        for name in screen.services:
            assert machine.flow.services[name].main in screen.text


def test_services_stand_below_the_words_one_contact_a_line(
    machine: FlowMachine,
) -> None:
    """On a phone a number is found, and tapped, on a line of its own."""
    for screen in screens():
        named = {
            piece.name
            for part in machine.flow.steps[screen.step].says
            for piece in part.pieces
            if isinstance(piece, Reference)
        }
        lines = screen.text.splitlines()
        for name in set(screen.services) - named:
            for kind, contact in machine.flow.services[name].contacts.items():
                assert (f"Text {contact}" if kind == "text" else contact) in lines


def test_no_line_holds_two_numbers() -> None:
    """Two numbers in one line are easily taken for one another by somebody afraid."""
    for screen in screens():
        for line in screen.text.splitlines():
            said = NOT_A_CONTACT.sub("", line)
            assert len(NUMBER.findall(said)) <= 1, (screen.step, line)


def test_hours_are_shown_only_where_they_are_proved(machine: FlowMachine) -> None:
    """Rule 8: a line with unproved hours says to check them, and no more."""
    flow = machine.flow
    unproved = [
        s for s in flow.services.values() if not (s.hours.always or s.hours.spans)
    ]
    for screen in screens():
        for block in screen.text.split("\n\n"):
            for service in unproved:
                if service.name not in block.splitlines():
                    continue
                is_a_line = bool(service.contacts.keys() & {"call", "text"})
                assert block.endswith(words(flow, "check_hours")) == is_a_line
                assert not OPEN_ALWAYS.search(block)
                assert not CLOCK_TIME.search(block)


def test_no_text_states_hours_by_itself(machine: FlowMachine) -> None:
    """Where an author writes "day and night", it is so for every number beside it."""
    for part in parts(machine):
        line: list[str | Reference] = []
        for piece in (*_by_line(part), "\n"):
            if piece != "\n":
                line.append(piece)
                continue
            said = "".join(p for p in line if isinstance(p, str))
            assert not CLOCK_TIME.search(said)
            if OPEN_ALWAYS.search(said):
                named = [p.name for p in line if isinstance(p, Reference)]
                always = [n for n in named if machine.flow.services[n].hours.always]
                assert named == always or part is machine.flow.words["always_open"]
            line = []


def test_the_directory_states_no_hours_in_words(machine: FlowMachine) -> None:
    """Opening times stand in `open`, where they can be proved and kept current."""
    for service in machine.flow.services.values():
        said = f"{service.how} {service.whom}"

        assert not CLOCK_TIME.search(said), service.id
        assert not OPEN_ALWAYS.search(said) or service.hours.always, service.id


@pytest.mark.parametrize(
    ("service", "number"),
    [
        ("police_999", "999"),
        ("silent_solution", "55"),
        ("relay_uk", "18000"),
        ("btp", "61016"),
        ("police_101", "101"),
        ("relay_101", "18001 101"),
        ("crimestoppers", "0800 555 111"),
        ("stalking_helpline", "0808 802 0300"),
        ("samaritans", "116 123"),
        ("shout", "85258"),
        ("nhs_111", "111"),
        ("childline", "0800 1111"),
    ],
)
def test_the_numbers_that_matter_most_are_exact(
    machine: FlowMachine, service: str, number: str
) -> None:
    """A wrong digit here costs a life; the helpline begins with 0808, not 0800."""
    assert machine.flow.services[service].main == number


def _in_address(number: str, known: set[str]) -> bool:
    return any(number in contact and "." in contact for contact in known)


def _by_line(part: Part) -> Iterator[str | Reference]:
    for piece in part.pieces:
        if isinstance(piece, Reference):
            yield piece
        else:
            yield from re.split(r"(\n)", piece)
