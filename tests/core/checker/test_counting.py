"""Questions about counting: the checker lets none of them change the help."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.core.checker.configurations import Configurations
from bot.core.checker.moments import moments_that_matter
from bot.core.checker.proof import Proof
from bot.core.checker.scope import read_by
from bot.core.checker.uncounted import first_change
from bot.core.checker.walk import Effort, Walk
from bot.core.counting.questions import counting_questions, without_counting
from bot.core.engine.conversation import Tapped
from bot.core.flow import ALWAYS, Outcome, Rule
from bot.core.hours import LONDON
from tests.counting import counting_flow
from tests.flows.test_seeded_faults import TODAY, blocking, planted

NOON = datetime(2026, 11, 25, 12, tzinfo=LONDON)


def test_the_shipped_questions_are_known() -> None:
    """They are those that the check of the shipped flow proves to change nothing."""
    flow = counting_flow().flow

    assert counting_questions(flow) == {"may_we_count", "was_it_useful"}


def test_a_question_that_leads_astray_is_found() -> None:
    """A proof that finds nothing wrong in what is wrong would prove nothing."""
    flow = counting_flow().flow
    question = flow.steps["was_it_useful"]
    astray = replace(question, rules=(Rule(ALWAYS, "stay_unknown", question.at),))

    way = first_change(replace(flow, steps={**flow.steps, question.id: astray}), NOON)

    assert way is not None
    assert way[-2] == Tapped("useful")


PLANTED = {
    "has answers beside": (
        'may_count: ["yes", "no"] ',
        'may_count: ["yes", "no", later] ',
    ),
    "tells nothing": ("count: [who,", "count: [may_count, who,"),
    "a condition reads 'may_count'": (
        "{when: {wants: not_sure}, say: What",
        '{when: {may_count: "no"}, say: What',
    ),
    "sets what only a question may ask": (
        "in_uk: {label:",
        'in_uk: {set: {may_count: "yes"}, label:',
    ),
    "answers or asks a question": (
        "help: {command: help,",
        'help: {command: help, set: {useful: "yes"},',
    ),
    "leads elsewhere than the other answers": (
        '"yes": {label: "Yes, you may',
        '"yes": {goes_to: what_else, label: "Yes, you may',
    ),
    "and is the first": ("start: welcome", "start: may_we_count"),
    "leads to another one": (
        "      - otherwise: talk_to_someone",
        "      - otherwise: may_we_count",
    ),
    "is shown something else in the end": (
        "      - when: {wants: stay_anonymous}\n        goes_to: stay_unknown",
        "      - when: {wants: stay_anonymous}\n        goes_to: police_today",
    ),
}


@pytest.mark.parametrize("says", PLANTED)
def test_what_could_change_the_help_is_found(says: str, tmp_path: Path) -> None:
    """An author reads what is wrong, where, and how to mend it."""
    old, new = PLANTED[says]

    found = blocking(planted(tmp_path, {old: new}))

    assert any(says in each.says for each in found), [str(each) for each in found]


def test_turning_it_off_strands_nobody() -> None:
    """Whoever stands at the question when it is turned off goes on behind it."""
    off = without_counting(counting_flow().flow)

    assert off.migrations[off.version].steps["may_we_count"] == "which_of_four"


def test_help_is_at_most_eight_taps_away_also_with_the_question() -> None:
    """Being asked costs one tap, and no more."""
    machine = counting_flow()
    flow = machine.flow
    proof = Proof(flow, (), moments_that_matter(flow.services.values(), TODAY))
    walk = Walk(machine, Configurations(flow, read_by(flow, ())))
    walk.run(proof, Effort(exact=False))

    ends = [step.id for step in flow.steps.values() if isinstance(step, Outcome)]
    taps = {end: len(walk.way(proof.used.first[end])) - 1 for end in ends}

    assert max(taps.values()) == 7, taps
