"""A name in a promise or a journey that nothing bears is found: it proved nothing."""

import pytest

from bot.core.checker.intent import check_intent
from bot.core.finding import Finding, Findings
from bot.core.language.promises_file import read_journeys, read_promises
from tests.core.seeding import flow_of, small

PROMISE = "- promise: Help is near\n"
JOURNEY = "- who: Someone\n"


def found_in(promises: str = "[]", journeys: str = "[]") -> list[Finding]:
    """Return what is found in these promises and journeys over the small flow."""
    findings = Findings()
    told = read_promises(promises, "promises.yaml", findings)
    people = read_journeys(journeys, "journeys.yaml", findings)
    check_intent(flow_of(small()), told, people, findings)
    return list(findings)


SOUND_PROMISES = f"""{PROMISE}
  when: {{four: [none, unknown], who: me}}
  except: {{who: friend}}
  at: [talk_to_someone, call_999]
  shows: [helpline, listeners]
{PROMISE}
  at_every_outcome: {{never_shows: {{anonymous: no}}}}
"""
SOUND_JOURNEYS = f"""{JOURNEY}
  answers: {{who: me, four: none}}
  then: [go_on, back, skip, done, {{says: help}}, {{interrupt: leave}},
    {{stands_at: call_999}}]
  arrives: talk_to_someone
  shows: helpline
  never_shows: [listeners]
"""


def test_names_that_the_flow_has_are_no_mistake() -> None:
    """Nobody is stopped for what is right."""
    assert found_in(SOUND_PROMISES, SOUND_JOURNEYS) == []


@pytest.mark.parametrize(
    ("rest", "rule", "says", "cure"),
    [
        ("when: {whom: me}", "unknown-fact", "no fact 'whom'", "'who'"),
        ("when: {who: friends}", "unknown-value", "no value 'friends'", "'friend'"),
        ("after: {who: none}", "unknown-value", "no value 'none'", "me, friend"),
        ("except: {for: none}", "unknown-fact", "no fact 'for'", "'four'"),
        ("except: {who: []}", "never-holds", "no value of 'who'", "Name one"),
        ("at: call_99", "unknown-step", "speaks of 'call_99'", "'call_999'"),
        ("never_shows: helplin", "unknown-service", "'helplin'", "'helpline'"),
    ],
)
def test_a_name_in_a_promise_that_nothing_bears_is_found(
    rest: str, rule: str, says: str, cure: str
) -> None:
    """A promise about nobody is always kept, and helps nobody."""
    shows = "" if "never_shows" in rest else "  shows: helpline\n"

    (found,) = found_in(promises=f"{PROMISE}{shows}  {rest}\n")

    assert (found.rule, str(found.at)) == (rule, "promises.yaml:1:3")
    assert says in found.says
    assert cure in found.cure
    assert found.blocks


@pytest.mark.parametrize(
    ("rest", "rule", "says", "cure"),
    [
        ("answers: {whom: me}", "unknown-fact", "no fact 'whom'", "'who'"),
        ("answers: {who: mee}", "unknown-value", "no value 'mee'", "'me'"),
        ("answers: {who: none}", "too-many-values", "'who' holds one", "Set one"),
        ("then: [go_onn]", "unknown-option", "taps 'go_onn'", "'go_on'"),
        ("then: [{interrupt: leaf}]", "unknown-interrupt", "'leaf'", "'leave'"),
        ("then: [{stands_at: call}]", "unknown-step", "stands at 'call'", "call_999"),
        ("shows: helplin", "unknown-service", "'helplin'", "'helpline'"),
        ("never_shows: [listener]", "unknown-service", "'listener'", "'listeners'"),
    ],
)
def test_a_name_in_a_journey_that_nothing_bears_is_found(
    rest: str, rule: str, says: str, cure: str
) -> None:
    """A journey with a slip in it would walk another way than was meant."""
    journey = f"{JOURNEY}  arrives: talk_to_someone\n  {rest}\n"

    (found,) = found_in(journeys=journey)

    assert (found.rule, str(found.at)) == (rule, "journeys.yaml:1:3")
    assert says in found.says
    assert cure in found.cure
    assert found.blocks


def test_a_journey_arrives_at_a_step_that_is_there() -> None:
    """The end of a journey is what it is for."""
    (found,) = found_in(journeys=f"{JOURNEY}  arrives: talk_to_someon\n")

    assert found.rule == "unknown-step"
    assert "'talk_to_someone'" in found.cure


def test_a_journey_that_says_no_end_lacks_one_thing() -> None:
    """That there is no step '' tells an author nothing."""
    (found,) = found_in(journeys=JOURNEY)

    assert found.rule == "missing-key"
    assert "'arrives'" in found.says
