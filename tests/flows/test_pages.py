"""Pages are read on the way: from each of them people come back to where they were."""

from __future__ import annotations

import pytest

from bot.core.engine.conversation import Conversation, Place
from bot.core.flow import Notice
from tests.person import Person
from tests.walk import shipped

FLOW = shipped().flow
PAGES = [s.id for s in FLOW.steps.values() if isinstance(s, Notice) and s.is_page]
OPENED = [
    (step.id, option.id, option.goes_to)
    for step in FLOW.steps.values()
    for option in step.options
    if option.goes_to in PAGES
]
ANSWERS = {"who": ("me",), "happened": ("threats", "images"), "nation": ("wales",)}


def stands(person: Person, step: str) -> Conversation:
    """Have somebody stand at a step, with answers, and a way that led there."""
    trail = (Place(FLOW.start), Place("which_nation", ANSWERS))
    there = Conversation(FLOW.id, FLOW.version, Place(step, ANSWERS), trail)
    person.keeps(there)
    return there


def test_every_page_is_opened_somewhere() -> None:
    """A page that no button opens helps nobody, and the tests below would miss it."""
    assert PAGES
    assert {page for _, _, page in OPENED} == set(PAGES)


@pytest.mark.parametrize(("step", "option", "page"), OPENED)
@pytest.mark.parametrize("way", ["seen", "back"])
def test_from_a_page_the_button_leads_back_to_where_it_was_opened(
    person: Person, way: str, step: str, option: str, page: str
) -> None:
    """Whoever looks something up loses neither their place nor an answer."""
    before = stands(person, step)

    person.taps(option)
    assert person.stands_at == page
    person.taps(way)

    assert person.conversation == before


@pytest.mark.parametrize(("step", "option", "page"), OPENED)
def test_a_page_has_one_button_that_says_where_it_leads(
    person: Person, step: str, option: str, page: str
) -> None:
    """Two buttons for the same way would make people wonder; none would trap them."""
    stands(person, step)

    person.taps(option)

    assert (person.stands_at, person.options) == (page, ("seen",))
    assert person.screen.options[0].label == "⬅ Go back to where I was"
    assert person.screen.back is None
    assert [button.id for button in person.screen.interrupts] == ["danger", "leave"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("typed", ["Go back to where I was", "seen", "back", "Back"])
def test_the_way_back_can_be_typed(person: Person, page: str, typed: str) -> None:
    """It works without its button, too."""
    step, option, _ = next(way for way in OPENED if way[2] == page)
    before = stands(person, step)
    person.taps(option)

    person.types(typed)

    assert person.conversation == before


@pytest.mark.parametrize("page", PAGES)
def test_danger_on_a_page_leads_back_to_the_page(person: Person, page: str) -> None:
    """Safe again, they can go on reading; and then go back, as before."""
    step, option, _ = next(way for way in OPENED if way[2] == page)
    before = stands(person, step)
    person.taps(option)

    person.uses("danger")
    assert person.is_told_to_call == "999"
    person.taps("safe_now")
    assert person.stands_at == page
    person.taps("seen")

    assert person.conversation == before


@pytest.mark.parametrize("step", [s for s in FLOW.steps if s not in PAGES])
def test_elsewhere_it_is_no_button(person: Person, step: str) -> None:
    """A forged tap takes nobody back from a question or an outcome."""
    before = stands(person, step)

    person.taps("seen")

    assert person.conversation == before
    assert not person.tap_was_taken


def test_b12_people_are_told_what_stays_and_how_to_delete_it(person: Person) -> None:
    """Telegram keeps what is two days old: nobody learns it when it is too late."""
    person.uses("privacy")
    assert "Older messages stay until you delete the chat." in person.screen.text

    person.taps("phone")
    for device in ("Android", "iPhone", "Computer"):
        line = next(li for li in person.screen.text.splitlines() if device in li)
        assert "choose Delete" in line
