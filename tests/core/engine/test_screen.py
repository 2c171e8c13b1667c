"""What a person sees of a place: words first, then services, then buttons."""

from __future__ import annotations

import pytest

from bot.core.engine.conversation import Place
from bot.core.engine.machine import FlowMachine
from bot.core.engine.screen import Moment, Screen, show
from tests.person import Person


def shown(machine: FlowMachine, moment: Moment, step: str, **facts: str) -> Screen:
    """Show a step to someone who has answered this."""
    answers = {fact: (answer,) for fact, answer in facts.items()}
    return show(machine.flow, Place(step, answers), moment, back=True)


def test_danger_and_leave_are_on_every_screen(person: Person, question: str) -> None:
    """Whatever is asked, 999 and the way out are one tap away, and come first."""
    person.starts(at=question)

    buttons = [button.id for button in person.screen.interrupts]

    assert buttons[:2] == ["danger", "leave"]


def test_back_is_offered_once_there_is_a_way_back(
    person: Person, question: str
) -> None:
    """The first screen has nothing before it; every other has, in one place only."""
    person.starts(at=question)

    ways_back = [bool(person.screen.back), "seen" in person.options]

    assert sum(ways_back) == (question != "welcome")


def test_every_question_can_be_skipped(person: Person, question: str) -> None:
    """Rule 17: nobody has to answer anything to be helped."""
    person.starts(at=question)

    assert ("skip" in person.options) == (person.screen.kind == "question")


def test_choose_any_shows_what_is_ticked(person: Person) -> None:
    """A tick is seen on the button, and the step stays where it is."""
    person.starts(at="which_of_four")
    before = person.ticked

    person.taps("unwanted", "fixated")

    assert (before, person.ticked) == ((), ("fixated", "unwanted"))
    assert person.stands_at == "which_of_four"
    assert "done" in person.options


def test_a_single_choice_has_no_ticks(person: Person) -> None:
    """Buttons that lead on do not look like boxes to fill in."""
    person.starts()

    assert {button.ticked for button in person.screen.options} == {None}


def test_a_note_stands_above_the_question(person: Person) -> None:
    """What went wrong is said first; the question is still there below it."""
    person.starts()
    question = person.screen.text

    person.sends_a_picture()

    assert person.screen.text.endswith(question)
    assert person.screen.text != question


def test_the_points_of_a_list_stay_together(person: Person) -> None:
    """A list reads as a list, without empty lines between its points."""
    person.starts(at="which_of_four")
    person.taps("fixated", "repeated", "done", "done", "england", "report", "say")

    assert "\n• " in person.screen.text
    assert "\n\n• " not in person.screen.text


def test_only_help_of_the_persons_nation_stands_below(
    machine: FlowMachine, moment: Moment
) -> None:
    """Nobody in Wales has to find out which of four lines is theirs."""
    screen = shown(machine, moment, "help_home", nation="wales")

    assert "da_wales" in screen.services
    assert not {"da_england", "da_scotland", "da_ni"} & set(screen.services)


def test_an_unknown_nation_hides_nothing(machine: FlowMachine, moment: Moment) -> None:
    """Whoever skips that question still sees the line that is theirs."""
    screen = shown(machine, moment, "help_home")

    assert {"da_england", "da_wales", "da_scotland", "da_ni"} <= set(screen.services)


def test_the_route_is_named_first(machine: FlowMachine, moment: Moment) -> None:
    """`services` begins with the route, wherever it stands in the words."""
    for step in machine.flow.steps.values():
        screen = show(machine.flow, Place(step.id), moment, back=False)
        if screen.route in {
            piece.name
            for part in step.says
            for piece in part.pieces
            if not isinstance(piece, str)
        }:
            assert screen.services[0] == screen.route


def test_every_outcome_shows_its_route(machine: FlowMachine, moment: Moment) -> None:
    """An outcome without the number it sends people to would be a dead end."""
    for step in machine.flow.steps.values():
        screen = show(machine.flow, Place(step.id), moment, back=False)
        if screen.kind == "outcome":
            assert screen.route is not None
            assert machine.flow.services[screen.route].main in screen.text


def test_what_is_closed_stands_last(machine: FlowMachine, moment: Moment) -> None:
    """At three in the morning nobody has to call past a line that is closed."""
    screen = shown(machine, moment, "police_today", happened="images")

    assert screen.services[-1] == "revenge_porn_helpline"


def test_the_time_to_forget_is_the_one_in_force(
    machine: FlowMachine, moment: Moment
) -> None:
    """What is promised about forgetting is what the operator has set."""
    screen = shown(machine, Moment(moment.now, 15), "what_is_kept")

    assert "15 minutes" in screen.text


@pytest.mark.parametrize("back", [True, False])
def test_a_screen_shows_a_way_back_when_asked_to(
    machine: FlowMachine, moment: Moment, *, back: bool
) -> None:
    """The label of back comes from the flow, like every other word."""
    screen = show(machine.flow, Place("welcome"), moment, back=back)

    assert (screen.back.id if screen.back else None) == ("back" if back else None)
