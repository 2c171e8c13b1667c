"""A step is a question, a notice or an outcome, and its parts mean one thing only."""

import pytest

from bot.core.flow import Notice, Outcome, Question
from tests.core.seeding import Fault, flow_of, planted, small

FAULTS = (
    Fault(
        "no-kind",
        {"  how_to_listen:\n    says: Believe them.": "  »how_to_listen:"},
        says="step 'how_to_listen' has no words",
        cure="Give it one of: asks (a question), says (a notice), ends (an outcome)",
    ),
    Fault(
        "two-kinds",
        {
            "  how_to_listen:\n    says: Believe them.": (
                "  »how_to_listen:\n    says: Believe them.\n    ends: The end."
            )
        },
        says="step 'how_to_listen' has says and ends",
        cure="Give it one of",
    ),
    Fault(
        "wrong-kind",
        {"says: Believe them.": "says: Believe them.\n    »required: yes"},
        says="'required' does not belong in a step with 'says'",
        cure="It may have: says, options, also, next.",
    ),
    Fault(
        "no-route",
        {
            "  talk_to_someone:\n    ends:": "  »talk_to_someone:\n    ends:",
            "    route: helpline\n": "",
        },
        says="outcome 'talk_to_someone' has no route",
        cure="Add `route:`",
    ),
    Fault(
        "no-fact",
        {
            "  about_whom:\n": "  »about_whom:\n",
            "    fact: who\n": "",
        },
        says="question 'about_whom' has no fact",
        cure="Add `fact:`",
    ),
    Fault(
        "unknown-fact",
        {"fact: four": "fact: »fours"},
        says="question 'which_of_four' asks for an unknown fact 'fours'",
        cure="Did you mean 'four'?",
    ),
    Fault(
        "half-a-rule",
        {"{otherwise: which_of_four}": "»{goes_to: which_of_four}"},
        says="neither `when` with `goes_to` nor `otherwise` alone",
        cure="Write {when: {fact: value}, goes_to: step} or {otherwise: step}",
    ),
    Fault(
        "half-a-rule",
        {"{otherwise: which_of_four}": "»{when: {who: me}, otherwise: which_of_four}"},
        says="neither `when` with `goes_to`",
        cure="{otherwise: step}",
    ),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault} {fault.cure}")
def test_a_mistake_is_found_where_it_stands(fault: Fault) -> None:
    """An author is led to the step, and told what it lacks."""
    fault.check()


def test_a_question_holds_all_that_its_author_wrote() -> None:
    """Words, fact, options, other words for them and rules arrive whole."""
    step = flow_of(small()).steps["about_whom"]

    assert isinstance(step, Question)
    assert step.fact.name == "who"
    assert not step.required
    assert [(each.id, each.label, each.typed) for each in step.options] == [
        ("me", "About me", ()),
        ("friend", "About a friend", ("my friend",)),
    ]
    assert [rule.goes_to for rule in step.rules] == ["how_to_listen", "which_of_four"]
    assert step.rules[0].when.holds({"who": ("friend",)})
    assert not step.rules[0].when.holds({"who": ("me",)})
    assert step.rules[1].when.holds({})
    strict = flow_of(small()).steps["which_of_four"]
    assert isinstance(strict, Question)
    assert strict.required


def test_a_part_of_a_text_is_shown_only_when_its_condition_holds() -> None:
    """Nobody reads a sentence that is meant for someone else."""
    first, second = flow_of(small()).steps["which_of_four"].says

    assert first.when.holds({})
    assert second.when.holds({"who": ("friend",)})
    assert not second.when.holds({})


def test_none_and_unknown_are_told_apart() -> None:
    """Ticking none is an answer; leaving the question out is not."""
    flow = flow_of(
        planted({"{when: {four: none}": "{when: {four: [none, unknown]}"}),
    )
    (old,) = flow_of(small()).steps["talk_to_someone"].also
    (new,) = flow.steps["talk_to_someone"].also

    answers: tuple[dict[str, tuple[str, ...]], ...]
    answers = ({}, {"four": ()}, {"four": ("fixated",)})
    assert [old.when.holds(facts) for facts in answers] == [False, True, False]
    assert [new.when.holds(facts) for facts in answers] == [True, True, False]


def test_all_tests_of_a_condition_must_hold_and_any_of_its_values() -> None:
    """Lines are joined by "and", the values on one line by "or"."""
    both = "{when: {who: [me, friend], four: fixated}"
    flow = flow_of(planted({"{when: {four: none}": both}))

    (shown,) = flow.steps["talk_to_someone"].also
    assert shown.when.holds({"who": ("me",), "four": ("repeated", "fixated")})
    assert not shown.when.holds({"who": ("me",), "four": ("repeated",)})
    assert not shown.when.holds({"four": ("fixated",)})


def test_notices_and_outcomes_are_told_by_their_words() -> None:
    """`says` leads on, `ends` names a route."""
    steps = flow_of(small()).steps

    assert isinstance(steps["how_to_listen"], Notice)
    assert isinstance(steps["talk_to_someone"], Outcome)
    assert steps["talk_to_someone"].route == "helpline"
    names = ("about_whom", "how_to_listen", "call_999")
    assert [steps[name].kind for name in names] == ["question", "notice", "outcome"]
    assert steps["call_999"].options[0].goes_to is None


def test_an_option_may_set_facts_and_go_its_own_way() -> None:
    """The button of being safe may take back what the danger button said."""
    longer = (
        "safe_now: {label: I am safe now, set: {who: friend, four: [repeated]},"
        " goes_to: talk_to_someone}"
    )
    flow = flow_of(
        planted(
            {
                "safe_now: I am safe now": f"{longer}\n      on: Go on",
            }
        )
    )

    option = flow.steps["call_999"].option("safe_now")
    assert option is not None
    assert option.goes_to == "talk_to_someone"
    assert option.sets == {"who": ("friend",), "four": ("repeated",)}


def test_a_route_that_is_misspelt_is_not_called_missing() -> None:
    """An author who reads "has no route" beside a route loses trust."""
    Fault(
        "not-a-name",
        {"route: helpline": "route: »The Helpline"},
        says="'route' 'The Helpline' is not a name",
        cure="Did you mean 'the_helpline'? A name has small letters",
    ).check()


def test_a_signpost_without_its_service_is_one_mistake() -> None:
    """Nobody can mend a service that has no name."""
    Fault(
        "missing-key",
        {"{when: {four: none}, show: listeners}": "»{when: {four: none}}"},
        says="lacks 'show'",
        cure="Add it: the service",
    ).check()
