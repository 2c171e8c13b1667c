"""What no single step shows is found by walking every way, with a conversation."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.core.checker import walk
from bot.core.checker.check import check_flow
from bot.core.checker.walk import Effort
from bot.core.engine.conversation import (
    Conversation,
    Event,
    Interrupted,
    Said,
    Started,
    Tapped,
)
from bot.core.engine.machine import FlowMachine
from bot.core.engine.screen import Moment
from bot.core.engine.standing import BACK
from bot.core.engine.turn import Decision, begin, decide
from bot.core.finding import Finding, Findings
from bot.core.flow import Flow
from bot.core.hours import LONDON, Opening
from bot.core.language.promises_file import read_journeys, read_promises
from bot.core.promise import Intent
from tests.core.seeding import flow_of, planted
from tests.person import Person

TODAY = date(2026, 11, 25)
COMMAND = "waymark chat --json"
SCOTLAND = {
    "  who: [me, friend]": "  who: [me, friend]\n  nation: [scotland]",
    "typed: [my friend]}": "typed: [my friend], set: {nation: scotland}}",
}


def proved(
    flow: Flow, promises: str = "[]", journeys: str = "[]"
) -> tuple[Finding, ...]:
    """Return what blocks a flow when it is held against these promises."""
    findings = Findings()
    intent = Intent(
        read_promises(promises, "promises.yaml", findings),
        read_journeys(journeys, "journeys.yaml", findings),
        TODAY,
    )
    check_flow(flow, intent, findings, Effort(reading_age=False))
    return tuple(findings)


def only_fault(
    edits: Mapping[str, str], promises: str = "[]", journeys: str = "[]"
) -> tuple[Flow, Finding]:
    """Return the small flow with one fault in it, and the one finding about it."""
    flow = flow_of(planted(edits))
    (found,) = proved(flow, promises, journeys)
    assert found.blocks
    return flow, found


def event(line: str) -> Event:
    """Return what a line of a conversation says that somebody does."""
    match json.loads(line):
        case {"tap": option}:
            return Tapped(option)
        case {"interrupt": name}:
            return Interrupted(name)
        case {"say": text}:
            return Said(text)
    return Started()


def replayed(flow: Flow, found: Finding) -> Person:
    """Return someone who did all that a finding's conversation tells."""
    command, *lines = found.shown_by
    assert command.startswith(COMMAND)
    _, _, at = command.partition("--at ")
    now = datetime.fromisoformat(at or "2026-11-25T12:00").replace(tzinfo=LONDON)
    person = Person(FlowMachine(flow), Moment(now))
    person.does(*map(event, lines))
    return person


def test_the_small_flow_keeps_what_every_flow_must() -> None:
    """Else a planted fault could hide behind it."""
    assert proved(flow_of(planted({}))) == ()


def test_a_broken_promise_is_shown_by_a_conversation() -> None:
    """Whoever arrives there without ticking none is not shown the listeners."""
    promise = "- {promise: Somebody listens, at: talk_to_someone, shows: listeners}"

    flow, found = only_fault({}, promises=promise)

    assert found.rule == "promise"
    assert found.at == flow.steps["talk_to_someone"].at
    assert "“Somebody listens” (promises.yaml:1:3)" in found.says
    assert "'listeners' is not shown" in found.says
    assert found.touches
    screen = replayed(flow, found).screen
    assert screen.step == "talk_to_someone"
    assert "listeners" not in screen.services


def test_a_promise_for_every_hour_is_shown_broken_at_the_hour() -> None:
    """At night nobody answers, and the conversation is held at that time."""
    promise = "- {promise: Somebody answers, at_every_outcome: {shows: {open: now}}}"

    flow, found = only_fault({}, promises=promise)

    assert found.rule == "promise"
    person = replayed(flow, found)
    assert person.stands_at == "talk_to_someone"
    assert f"{person.moment.now:%H:%M}" in found.says
    for name in person.screen.services:
        assert flow.services[name].hours.at(person.moment.now) is not Opening.OPEN


def test_an_end_that_is_too_far_away_is_shown_by_the_way_to_it() -> None:
    """Someone in need of a number is asked too much before."""
    promise = "- {promise: Help is near, at_most: {taps: 1}}"

    flow, found = only_fault({}, promises=promise)

    assert found.rule == "promise"
    assert "'talk_to_someone' is 2 taps away" in found.says
    assert replayed(flow, found).stands_at == "talk_to_someone"


def test_nobody_is_left_with_services_of_another_nation_alone() -> None:
    """Someone in Scotland is shown a line for England and Wales, and nobody else."""
    flow, found = only_fault(SCOTLAND)

    assert found.rule == "nation-unserved"
    assert found.at == flow.steps["talk_to_someone"].at
    person = replayed(flow, found)
    assert person.facts["nation"] == ("scotland",)
    shown = [flow.services[name] for name in person.screen.services]
    assert shown
    assert not any(service.serves("scotland") for service in shown)


@pytest.mark.parametrize(
    ("rest", "wrong"),
    [
        ("arrives: how_to_listen", "arrives at 'which_of_four', not at"),
        ("then: [{stands_at: call_999}], arrives: which_of_four", "stands at"),
        ("then: [{interrupt: danger}, go_on], arrives: call_999", "at 'call_999' the"),
        ("arrives: which_of_four, shows: helpline", "is not shown 'helpline'"),
        (
            "then: [go_on], arrives: which_of_four",
            "'go_on', cannot be done; give `answers` something for 'four', or change",
        ),
    ],
)
def test_a_journey_that_goes_astray_is_shown_as_it_went(rest: str, wrong: str) -> None:
    """The author sees where the person whom they had in mind came to instead."""
    journey = f"- {{who: Someone, answers: {{who: me}}, {rest}}}"

    flow, found = only_fault({}, journeys=journey)

    assert (found.rule, str(found.at)) == ("journey", "journeys.yaml:1:3")
    assert "“Someone”: " in found.says
    assert wrong in found.says
    screen = replayed(flow, found).screen
    assert screen.step == ("call_999" if "danger" in rest else "which_of_four")


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("{who: [friend]}", "this rule of 'about_whom' is never used"),
        ("{four: none}", "'four' is never known at 'about_whom'"),
    ],
)
def test_what_nobody_ever_comes_by_is_found(rule: str, says: str) -> None:
    """A rule that is never used was meant for somebody."""
    last = "- {otherwise: which_of_four}"
    more = f"- {{when: {rule}, goes_to: call_999}}\n      {last}"

    found = proved(flow_of(planted({last: more})))
    assert {each.rule for each in found} == {"in-vain"}
    assert any(says in each.says for each in found)


def test_a_way_back_that_is_not_exact_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Were the engine to lose an answer on the way back, no flow would be published."""

    def loses_answers(
        machine: FlowMachine, conversation: Conversation | None, event: Event
    ) -> Decision:
        if event == Tapped(BACK):
            return Decision(begin(machine))
        return decide(machine, conversation, event)

    monkeypatch.setattr(walk, "decide", loses_answers)
    flow = flow_of(planted({}))
    found = next(iter(proved(flow)))

    assert (found.rule, found.blocks) == ("not-exact", True)
    assert "'back' does not undo this" in found.says
    before = replayed(flow, replace(found, shown_by=found.shown_by[:-1]))
    after = replayed(flow, found)
    back = loses_answers(after.machine, after.conversation, Tapped(BACK))
    assert back.conversation != before.conversation
