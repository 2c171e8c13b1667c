"""flow.yaml becomes a Flow, or findings; never nothing at all."""

import pytest

from bot.core.finding import Position
from tests.core.seeding import Fault, flow_of, found_in, planted, small

FLOW = small()["flow.yaml"]


def test_a_flow_holds_all_that_its_author_wrote() -> None:
    """The outline, the facts and the interrupts arrive whole, in their order."""
    flow = flow_of(small())

    assert (flow.id, flow.version, flow.language) == ("small", "1", "en")
    assert flow.start == "about_whom"
    assert flow.count == ("who",)
    assert [(fact.name, fact.values, fact.any_of) for fact in flow.facts.values()] == [
        ("who", ("me", "friend"), False),
        ("four", ("fixated", "repeated"), True),
    ]
    assert list(flow.steps) == [
        "about_whom",
        "which_of_four",
        "how_to_listen",
        "talk_to_someone",
        "call_999",
    ]
    assert set(flow.services) == {"police_999", "helpline", "listeners"}


def test_interrupts_keep_their_order_and_their_words() -> None:
    """Danger is tried first because its author wrote it first."""
    danger, leave = flow_of(small()).interrupts

    assert (danger.name, danger.button, danger.signs) == (
        "danger",
        "In danger now",
        ("danger_now",),
    )
    assert (danger.goes_to, danger.returns, danger.does) == ("call_999", True, None)
    assert danger.sets == {"who": ("me",)}
    assert (leave.name, leave.does, leave.returns) == ("leave", "quick_exit", False)
    assert flow_of(small()).asides() == {"call_999"}


def test_everything_remembers_where_it_stands() -> None:
    """The checker can lead an author to any step, option, rule and interrupt."""
    flow = flow_of(small())
    lines = FLOW.splitlines()

    step = flow.steps["about_whom"]
    places: list[tuple[Position, str]] = [
        (step.at, "about_whom:"),
        (step.options[1].at, "friend: {label"),
        (step.rules[0].at, "{when: {who: friend}, goes_to"),
        (flow.interrupts[1].at, "leave:"),
        (flow.facts["four"].at, "four: {any_of"),
        (flow.words["days"].at, "Monday, Tuesday"),
    ]
    for at, text in places:
        assert at.file == "flow.yaml"
        assert lines[at.line - 1][at.column - 1 :].startswith(text)


@pytest.mark.parametrize("text", ["", "just words", "[a, list]", "a: b"])
def test_what_is_no_flow_is_a_finding(text: str) -> None:
    """Whoever saves the wrong file is told so."""
    found = found_in({**small(), "flow.yaml": text})

    assert any(each.blocks for each in found)
    assert found[0].at.file == "flow.yaml"
    assert found[0].cure


STEPS = FLOW[FLOW.index("\nsteps:\n") :]
FAULTS = (
    Fault(
        "no-steps",
        {STEPS: "\nsteps: »{}\n"},
        says="this flow has no steps",
        cure="Write the first of them.",
    ),
    Fault("not-a-version", {"version: 1": "version: »one"}, "one", "Write 1"),
    Fault(
        "unknown-step",
        {"start: about_whom": "start: »about_who"},
        says="'about_who'",
        cure="Did you mean 'about_whom'?",
    ),
    Fault("unknown-fact", {"count: [who]": "count: [»whom]"}, "whom", "'who'"),
    *(
        Fault(
            "reserved-value",
            {
                "who: [me, friend]": f"who: [me, friend, »{word}]",
                "me: About me": f"me: About me\n      {word}: I do not know",
            },
            says=f"fact 'who' cannot have the value '{word}'",
            cure="Give it another name.",
        )
        for word in ("none", "unknown")  # `when: {who: unknown}` could mean either
    ),
    Fault(
        "twice",
        {"who: [me, friend]": "who: [me, friend, »friend]"},
        says="fact 'who' has the value 'friend' twice",
        cure="Remove one, or name what you meant.",
    ),
    Fault(
        "twice",
        {"count: [who]": "count: [who, »who]"},
        says="'count' has the fact 'who' twice",
        cure="Remove one, or name what you meant.",
    ),
)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_mistake_in_the_outline_is_found_where_it_stands(fault: Fault) -> None:
    """The top of the file is not where the author must look."""
    fault.check()


@pytest.mark.parametrize(
    ("edits", "only"),
    [
        ({"version: 1\n": ""}, "missing-key"),
        ({"start: about_whom\n": ""}, "missing-key"),
    ],
)
def test_what_is_missing_is_found_once(edits: dict[str, str], only: str) -> None:
    """That there is no step '' tells an author nothing."""
    assert [each.rule for each in found_in(planted(edits))] == [only]
