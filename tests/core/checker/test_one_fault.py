"""One fault is one finding: what only follows from it is left out."""

from bot.core.checker.intent import check_intent
from bot.core.finding import Findings
from bot.core.language.promises_file import read_journeys
from tests.core.seeding import found_in, planted, read


def test_steps_behind_a_rule_that_is_missing_are_not_called_out_of_reach() -> None:
    """One slip is one finding, not one for each step that came after it."""
    rules = "- {when: {who: friend}, goes_to: how_to_listen}\n      - {otherwise: which"

    found = found_in(
        planted({f"{rules}_of_four}}": "- {when: {who: me}, goes_to: call_999}"})
    )

    assert [each.rule for each in found] == ["no-otherwise"]


def test_an_option_of_a_step_that_is_broken_is_not_called_unknown() -> None:
    """The step is found already; a journey through it is not wrong."""
    flow = read(planted({"says: Believe them.": "sais: Believe them."}), Findings())
    assert flow is not None
    findings = Findings()
    journey = "- who: Someone\n  then: [go_on]\n  arrives: talk_to_someone\n"

    people = read_journeys(journey, "journeys.yaml", findings)
    check_intent(flow, (), people, findings)

    assert list(findings) == []
