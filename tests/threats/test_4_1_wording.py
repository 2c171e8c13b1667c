"""Good practice, wording and interaction: a test for each row (4.1 of the domain)."""

from __future__ import annotations

from bot.core.checker.reading import reading_age
from bot.core.flow import Question
from tests.person import Person
from tests.threats.flow_texts import offered_at, said_anywhere, said_at, text_of
from tests.walk import shipped

ROUTES = ("police_today", "stay_unknown", "talk_to_someone")


def test_4_1_open_with_safety(person: Person) -> None:
    """The first question but one is about danger, and nobody is asked who they are."""
    person.starts()
    person.taps("me")
    assert person.stands_at == "right_now"
    assert not {"name", "address", "phone", "email"} & shipped().flow.facts.keys()


def test_4_1_device_check_at_the_start(person: Person) -> None:
    """Who may see this is told before the first question; whoever goes on, goes on."""
    person.starts()
    assert person.sees("Whoever can open one of them can read it")
    assert "phone" in person.options
    person.taps("me")
    assert person.stands_at == "right_now"


def test_4_1_believe_and_do_not_direct() -> None:
    """They decide, and nothing they tap is a report."""
    assert "You decide" in said_at("what_next")
    assert {"talk_first", "not_sure"} <= {
        option.id for option in shipped().flow.steps["what_next"].options
    }
    assert "You do not have to report it" in said_at("talk_to_someone")
    assert "you must report" not in said_anywhere().lower()


def test_4_1_not_their_fault_and_not_overreacting() -> None:
    """Worry is enough, and nobody is told that it is less than it is."""
    assert "It is not your fault" in said_anywhere()
    assert "Your worry is enough" in said_at("talk_to_someone")
    assert {"overreacting", "paranoid"} <= set(shipped().flow.never_say)


def test_4_1_trauma_informed() -> None:
    """Safety first, choice always: every question can be skipped."""
    steps = shipped().flow.steps.values()
    questions = [step for step in steps if isinstance(step, Question)]
    assert questions
    assert not any(question.required for question in questions)


def test_4_1_chayn_principles() -> None:
    """Agency, privacy, accountability: other ways, what is kept, sources."""
    for outcome in ROUTES:
        assert "what_next" in offered_at(outcome)
    assert shipped().flow.interrupt("privacy")
    services = shipped().flow.services.values()
    assert all(service.source and service.checked for service in services)


def test_4_1_never_a_human(person: Person) -> None:
    """The first words say that it is automatic."""
    person.starts()
    assert person.screen.text.startswith(
        "This is an automatic guide. It is not a person"
    )


def test_4_1_neutral_practical_questions() -> None:
    """Closed answers only: nobody is asked to tell their story, so nothing is led."""
    for step in shipped().flow.steps.values():
        if isinstance(step, Question):
            assert {option.id for option in step.options} >= set(step.fact.values)
            assert "tell me" not in said_at(step.id).lower()


def test_4_1_someone_and_they_and_no_labels() -> None:
    """Nobody is called a victim or a stalker, but in the name of a service."""
    assert {"victim", "stalker", "perpetrator"} <= set(shipped().flow.never_say)
    assert "the person doing this" in said_anywhere().lower()


def test_4_1_honest_on_the_police() -> None:
    """No outcome is promised, and whoever was not taken seriously finds a way."""
    assert "police will arrest" in shipped().flow.never_say
    assert "You can also ask these people" in said_at("help_not_heard")


def test_4_1_plain_english() -> None:
    """Each screen can be read at the age of nine, or a year more."""
    for step in shipped().flow.steps.values():
        assert reading_age(map(text_of, step.says)) <= 10, step.id


def test_4_1_friend_mode() -> None:
    """Believe, thank, keep, respect, ask before telling; never confront."""
    says = said_at("how_to_listen")
    for words in (
        *("Believe them", "Thank them", "not their fault", "Let them decide"),
        *("Ask before you tell anyone", "write down what happens"),
        *("Do not talk to the person doing this, warn them or follow them",),
        "Do not tell them anything",
    ):
        assert words in says
