"""The map of a flow says what its author wrote: no way more, no way less."""

from __future__ import annotations

import pytest

from bot.core.engine.machine import NEXT, FlowMachine
from bot.core.errors import NotOffered
from tests.person import Person


def test_there_are_as_many_ways_as_the_author_wrote(machine: FlowMachine) -> None:
    """One way a rule and one an option that leads somewhere itself."""
    written = sum(
        len(step.rules) + sum(option.goes_to is not None for option in step.options)
        for step in machine.flow.steps.values()
    )

    assert len(_built(machine)) == written


def test_no_step_can_be_jumped_to(machine: FlowMachine) -> None:
    """B05: `transitions` adds to_<step> to all of them, unless it is told not to."""
    steps = machine.flow.steps

    assert not any(trigger.startswith("to_") for trigger, *_ in _built(machine))
    for step in steps:
        with pytest.raises(NotOffered):
            machine.move("welcome", f"to_{step}", {})


def test_each_option_leads_where_the_author_wrote(machine: FlowMachine) -> None:
    """A tap goes to the step that stands beside it in the file, whatever is known."""
    for step in machine.flow.steps.values():
        for option in step.options:
            if option.goes_to:
                assert machine.move(step.id, option.id, {}) == option.goes_to


def test_the_first_rule_that_holds_wins(machine: FlowMachine) -> None:
    """Danger stands first, so it leads to 999 whoever is asking."""
    for who in machine.flow.facts["who"].values:
        facts = {"danger": ("now",), "who": (who,)}

        assert machine.move("right_now", NEXT, facts) == "call_999"


def test_a_rule_without_condition_takes_everybody_else(machine: FlowMachine) -> None:
    """Somebody who has answered nothing at all is led on too."""
    for step in machine.flow.steps.values():
        if step.rules:
            otherwise = next(rule for rule in step.rules if rule.when.holds({}))
            assert machine.move(step.id, NEXT, {}) == otherwise.goes_to


@pytest.mark.parametrize(
    ("step", "option"),
    [("welcome", "zzz"), ("welcome", "safe_now"), ("nowhere", NEXT), ("more_help", "")],
)
def test_what_is_not_offered_is_refused(
    machine: FlowMachine, step: str, option: str
) -> None:
    """B05: our own error, without the step's name, and never a move."""
    with pytest.raises(NotOffered) as refused:
        machine.move(step, option, {})

    assert str(refused.value) == ""


def test_b29_the_machine_keeps_nobody(machine: FlowMachine, person: Person) -> None:
    """B29: what serves everyone must not grow with everyone it has served."""
    for _ in range(50):
        person.starts()
        person.taps("me", "not_now", "done")

    assert machine._machine.models == []  # noqa: SLF001 what `transitions` holds


def _built(machine: FlowMachine) -> list[tuple[str, str, str]]:
    events = machine._machine.events  # noqa: SLF001 what `transitions` really built
    return [
        (trigger, str(source), str(way.dest))
        for trigger, event in events.items()
        for source, ways in event.transitions.items()
        for way in ways
    ]
