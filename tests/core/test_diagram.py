"""A picture of a flow shows all of it: who signs it off has seen every way."""

from __future__ import annotations

import re

from bot.core.diagram import Box, Diagram, diagram, ranges
from bot.core.engine.machine import FlowMachine
from bot.core.finding import Findings
from bot.core.flow import AnyStep, Flow, Outcome
from bot.core.mermaid import mermaid
from tests.core.seeding import planted, read, small

# What may stand in a Mermaid text that this project writes, line by line.
QUOTED = r'"[^"<>&]*(?:<br/>[^"<>&]*)*"'
NODE = rf"\w+(?:\{{\{{{QUOTED}\}}\}}|\({QUOTED}\)|\[\[{QUOTED}\]\]|\[{QUOTED}\]):::\w+"
LINES = (
    r"flowchart TD",
    r"begin\(\(Start\)\)",
    NODE,
    rf"\w+ (?:-->|-\.->)(?:\|{QUOTED}\|)? \w+",
    rf"subgraph \w+\[{QUOTED}\]",
    r"end",
    r"classDef \w+ [\w#:,\- ]+",
)


def flow_of(texts: dict[str, str]) -> Flow:
    """Return the flow that these texts describe."""
    flow = read(texts, Findings())
    assert flow is not None
    return flow


def all_boxes(drawn: Diagram) -> list[Box]:
    """Return every step of a picture, wherever it stands."""
    return [
        *drawn.boxes,
        *(page.box for shelf in drawn.shelves for page in shelf.pages),
        *(each.box for each in drawn.any_time if each.box),
    ]


def targets(step: AnyStep) -> set[str]:
    """Return where a step leads, straight from what the author wrote."""
    return {
        *(option.goes_to for option in step.options if option.goes_to),
        *(rule.goes_to for rule in step.rules),
    }


def test_every_step_is_drawn_once(machine: FlowMachine) -> None:
    """A step that is not in the picture would be signed off unseen."""
    drawn = diagram(machine.flow)

    assert sorted(box.id for box in all_boxes(drawn)) == sorted(machine.flow.steps)


def test_every_way_is_drawn(machine: FlowMachine) -> None:
    """Each way is an arrow, or the number of a page, and there is no other."""
    drawn = diagram(machine.flow)
    names = {page.number: page.box.id for s in drawn.shelves for page in s.pages}

    shown = {
        box.id: {names[number] for number in box.opens} for box in all_boxes(drawn)
    }
    for arrow in drawn.arrows:
        shown[arrow.source].add(arrow.target)

    assert shown == {step.id: targets(step) for step in machine.flow.steps.values()}


def test_what_is_tapped_stands_beside_the_way(machine: FlowMachine) -> None:
    """The words of the button that leads somewhere are in the picture."""
    drawn = diagram(machine.flow)
    arrows = {(arrow.source, arrow.target): arrow.labels for arrow in drawn.arrows}
    pages = {page.box.id: page.labels for s in drawn.shelves for page in s.pages}

    for step in machine.flow.steps.values():
        for option in step.options:
            if option.goes_to:
                words = arrows.get((step.id, option.goes_to)) or pages[option.goes_to]
                assert option.label in words


def test_an_outcome_names_its_route(machine: FlowMachine) -> None:
    """Whoever signs off sees whom each ending sends people to, and on which number."""
    text = mermaid(machine.flow)

    for box in all_boxes(diagram(machine.flow)):
        step = machine.flow.steps[box.id]
        if isinstance(step, Outcome):
            service = machine.flow.services[step.route]
            assert box.route == (service.name, service.main)
            assert f"Route: {service.name}: {service.main}" in text
        else:
            assert not box.route


def test_interrupts_are_drawn_once_and_apart(machine: FlowMachine) -> None:
    """Danger can be tapped at every step; an arrow from each would hide the rest."""
    drawn = diagram(machine.flow)

    assert [each.name for each in drawn.any_time] == [
        interrupt.name for interrupt in machine.flow.interrupts
    ]
    for each in drawn.any_time:
        assert not {arrow.target for arrow in drawn.arrows} & {each.box and each.box.id}


def test_a_step_for_two_interrupts_is_drawn_beside_the_first() -> None:
    """Two commands may lead to one step; two boxes would be two steps."""
    also = (
        "does: quick_exit\n"
        "  help: {command: help, goes_to: told, returns: yes}\n"
        "  about: {command: about, goes_to: told, returns: yes}\n"
    )
    step = "steps:\n\n  told:\n    says: I ask.\n    options:\n      on: Go on\n"
    flow = flow_of(planted({"does: quick_exit\n": also, "steps:\n": step}))

    *_, first, second = diagram(flow).any_time
    assert (first.name, first.box and first.box.id) == ("help", "told")
    assert (second.name, second.box, second.does) == ("about", None, "Leads to told")


def test_conditions_are_said_in_few_words() -> None:
    """An arrow carries the words of the button, not a name from the file."""
    drawn = diagram(flow_of(small()))

    assert {(a.source, a.target): a.labels for a in drawn.arrows} == {
        ("about_whom", "how_to_listen"): ("About a friend",),
        ("about_whom", "which_of_four"): ("About me, or otherwise",),
        ("which_of_four", "call_999"): ("There is danger",),
        ("which_of_four", "talk_to_someone"): ("any other answer",),
        ("how_to_listen", "which_of_four"): ("Go on with the questions",),
        ("call_999", "which_of_four"): ("I am safe now",),
    }


def test_a_condition_about_an_earlier_answer_names_the_fact() -> None:
    """Its words are not on the buttons of this step, so it says whose they are."""
    rules = (
        "next:\n      - {when: {who: [friend, unknown]}, goes_to: call_999}\n"
        "      - {otherwise: talk_to_someone}"
    )
    drawn = diagram(flow_of(planted({"next: talk_to_someone": rules})))

    labels = {arrow.target: arrow.labels for arrow in drawn.arrows}
    assert labels["call_999"] == ("There is danger", "who: friend or not answered")
    assert labels["talk_to_someone"] == ("otherwise",)


def test_a_long_condition_is_counted_not_listed() -> None:
    """Ten values on one arrow would be read by nobody."""
    values = "[fixated, repeated, third, fourth, fifth]"
    rules = (
        f"next:\n      - {{when: {{four: {values}}}, goes_to: talk_to_someone}}\n"
        "      - {otherwise: which_of_four}"
    )
    edits = {
        "[fixated, repeated]": values,
        "I am safe now\n    next: which_of_four": f"I am safe now\n    {rules}",
    }
    drawn = diagram(flow_of(planted(edits)))

    labels = {(a.source, a.target): a.labels for a in drawn.arrows}
    assert labels["call_999", "talk_to_someone"] == (
        "I am safe now; four: fixated, repeated or 3 more",
    )


def test_options_that_lead_to_the_same_step_share_an_arrow() -> None:
    """Two lines side by side to one box say nothing more than one."""
    drawn = diagram(
        flow_of(
            planted(
                {
                    "      go_on: Go on with the questions": (
                        "      one: {label: First, goes_to: call_999}\n"
                        "      two: {label: Second, goes_to: call_999}"
                    )
                }
            )
        )
    )

    labels = [a.labels for a in drawn.arrows if a.target == "call_999"]
    assert ("First", "Second") in labels


def test_every_line_of_mermaid_is_one_that_it_knows(machine: FlowMachine) -> None:
    """A web page shows nothing at all of a text with a single mistake."""
    for flow in (machine.flow, flow_of(small())):
        for line in mermaid(flow).splitlines():
            assert any(re.fullmatch(known, line.strip()) for known in LINES), line


def test_an_authors_marks_cannot_break_mermaid() -> None:
    """Quotes, brackets, pictures and tags are letters of a label, and nothing else."""
    label = 'Say "help" <b>now</b> [x] {y} | `z` #1; & 🆘'
    flow = flow_of(planted({"label: About a friend": f"label: '{label}'"}))
    text = mermaid(flow)

    for line in text.splitlines():
        assert any(re.fullmatch(known, line.strip()) for known in LINES), line
    assert (
        "Say #34;help#34; #60;b#62;now#60;/b#62; [x] {y} | #96;z#96; #35;1; #38; 🆘"
        in text
    )


def test_a_steps_name_may_be_one_of_mermaids_words() -> None:
    """An author may call a step end: Mermaid would end the picture there."""
    text = mermaid(
        flow_of(planted({"how_to_listen}": "end}", "how_to_listen:": "end:"}))
    )

    assert "step_end" in text
    assert not re.search(r"--> end\b", text)


def test_numbers_of_pages_are_said_in_few_characters() -> None:
    """A box has room for ranges, not for each number."""
    assert ranges([5]) == "5"
    assert ranges([3, 1, 2, 7, 9, 10]) == "1–3, 7, 9–10"  # noqa: RUF001
