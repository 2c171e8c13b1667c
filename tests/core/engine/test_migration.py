"""The flow changes while somebody is in the middle of it: they keep their place."""

from __future__ import annotations

import pytest

from bot.core.engine.conversation import Conversation, Place, to_plain
from bot.core.engine.machine import FlowMachine
from bot.core.engine.migration import carry_over
from bot.core.engine.screen import Moment
from bot.core.flow import Facts
from tests.core.seeding import flow_of, small
from tests.person import Person

TOLD = "This guide has changed. Please begin here."
RENAMED = (
    ("which_of_four", "signs_seen"),
    ("repeated", "again"),
    ("friend: {label", "someone: {label"),
    ("who: friend", "who: someone"),
    ("[me, friend]", "[me, someone]"),
)
NEW_NAMES = """
migrate:
  - since: 1
    steps: {which_of_four: signs_seen}
    values: {who: {friend: someone}, four: {repeated: again}}
"""
STEP_GONE = (
    ("next: talk_to_someone", "next: ask_a_person"),
    ("\n  talk_to_someone:", "\n  ask_a_person:"),
)
BEGIN_AT_THE_SIGNS = "\nmigrate: [{since: 1, stranded: which_of_four}]\n"


def changed(*edits: tuple[str, str], migrate: str = "") -> FlowMachine:
    """Return version 2 of the small flow: its texts edited, `migrate` at its end."""
    texts = small()
    told = ("  left: Closed.\n", f"  left: Closed.\n  changed: {TOLD}\n")
    for old, new in (("version: 1", "version: 2"), told, *edits):
        assert old in texts["flow.yaml"], old
        texts["flow.yaml"] = texts["flow.yaml"].replace(old, new)
    texts["flow.yaml"] += migrate
    return FlowMachine(flow_of(texts))


@pytest.fixture
def sam(moment: Moment) -> Person:
    """Give a friend of somebody, in version 1, at the question about signs."""
    sam = Person(FlowMachine(flow_of(small())), moment)
    sam.starts()
    sam.taps("friend", "go_on")
    assert sam.stands_at == "which_of_four"
    return sam


def test_whose_step_has_another_name_now_stays_where_they_are(sam: Person) -> None:
    """An author who finds a better name puts nobody out of their conversation."""
    sam.machine = changed(*RENAMED, migrate=NEW_NAMES)

    sam.sends_a_picture()

    assert sam.stands_at == "signs_seen"
    assert not sam.sees(TOLD)
    sam.taps("fixated", "done")
    assert sam.stands_at == "talk_to_someone"
    assert sam.facts == {"who": ("someone",), "four": ("fixated",)}


def test_ticks_so_far_keep_their_meaning(sam: Person) -> None:
    """What somebody has chosen is shown as chosen, under its new name."""
    sam.taps("repeated")
    sam.machine = changed(*RENAMED, migrate=NEW_NAMES)

    sam.taps("fixated")

    assert sam.ticked == ("fixated", "again")


def test_answers_given_before_keep_their_meaning(sam: Person) -> None:
    """What was answered steps ago still decides what somebody is shown."""
    sam.taps("repeated", "done")
    sam.machine = changed(*RENAMED, migrate=NEW_NAMES)

    sam.sends_a_picture()

    assert sam.stands_at == "talk_to_someone"
    assert sam.facts == {"who": ("someone",), "four": ("again",)}


@pytest.mark.parametrize(
    ("kept", "carried"),
    [
        ({"four": ("repeated",)}, {}),
        ({"four": ("fixated", "repeated")}, {"four": ("fixated",)}),
        ({"four": ()}, {"four": ()}),  # "none of these" was an answer, and is one
        ({"who": ("friend",)}, {"who": ("friend",)}),
        ({"age": ("old",)}, {}),
    ],
)
def test_an_answer_that_is_gone_counts_as_never_asked(
    kept: Facts, carried: Facts
) -> None:
    """No question is decided by words that nobody can choose any more."""
    gone = "      repeated: It is repeated\n"
    flow = changed(("[fixated, repeated]", "[fixated]"), (gone, "")).flow
    before = Conversation("small", "1", Place("talk_to_someone", kept))

    after = carry_over(flow, before)

    assert not after.stranded
    assert after.conversation.here.facts == carried


def test_a_tick_that_is_gone_is_no_longer_ticked(sam: Person) -> None:
    """What cannot be seen on the screen must not be sent along with "done"."""
    sam.taps("repeated", "fixated")
    gone = "      repeated: It is repeated\n"
    sam.machine = changed(("[fixated, repeated]", "[fixated]"), (gone, ""))

    sam.taps("done")

    assert sam.facts["four"] == ("fixated",)


def test_from_999_somebody_comes_back_to_their_question(sam: Person) -> None:
    """In danger while the flow changes: the card stays, and so does the way back."""
    sam.taps("repeated")
    sam.uses("danger")
    sam.machine = changed(*RENAMED, migrate=NEW_NAMES)

    sam.sends_a_picture()
    assert sam.is_told_to_call == "999"
    sam.taps("safe_now")

    assert sam.stands_at == "signs_seen"
    assert sam.ticked == ("again",)
    assert sam.facts == {"who": ("someone",)}


def test_the_way_back_leads_to_no_step_that_is_gone(sam: Person) -> None:
    """Places of an older version are not offered: nobody taps back into nothing."""
    sam.machine = changed(*RENAMED, migrate=NEW_NAMES)

    sam.sends_a_picture()
    assert sam.screen.back is None
    sam.taps("back")
    assert sam.stands_at == "signs_seen"


@pytest.mark.parametrize(
    ("migrate", "begins"), [(BEGIN_AT_THE_SIGNS, "which_of_four"), ("", "about_whom")]
)
@pytest.mark.parametrize("does", ["taps", "types", "sends_a_picture"])
def test_whose_step_is_gone_begins_again_and_is_told(
    sam: Person, does: str, migrate: str, begins: str
) -> None:
    """Nobody wonders why the question is another one; nothing of before is kept."""
    sam.taps("fixated", "done")
    assert sam.stands_at == "talk_to_someone"
    sam.machine = changed(*STEP_GONE, migrate=migrate)

    getattr(sam, does)(*{"taps": ["back"], "types": ["hello"]}.get(does, []))

    assert sam.stands_at == begins
    assert sam.screen.text.startswith(TOLD)
    assert sam.facts == {}
    assert sam.tap_was_taken
    assert sam.conversation is not None
    assert "fixated" not in str(to_plain(sam.conversation))
    sam.sends_a_picture()
    assert not sam.sees(TOLD)  # once is enough


def test_whose_way_back_from_999_is_gone_begins_again_and_is_told(sam: Person) -> None:
    """Safe again, they are led to the first question, and not to nowhere."""
    sam.taps("fixated", "done")
    sam.uses("danger")
    sam.machine = changed(*STEP_GONE)
    sam.taps("safe_now")

    assert sam.stands_at == "about_whom"
    assert sam.sees(TOLD)


@pytest.mark.parametrize("typed", ["help me", "999", "HELP ME!!", "In danger now"])
def test_danger_comes_before_all_that_has_changed(sam: Person, typed: str) -> None:
    """Whoever is lost and types that they are in danger sees 999, and nothing else."""
    sam.taps("fixated", "done")
    sam.machine = changed(*STEP_GONE)

    sam.types(typed)

    assert sam.is_told_to_call == "999"
    assert not sam.sees(TOLD)
    sam.taps("safe_now")
    assert sam.stands_at == "about_whom"


def test_the_danger_button_and_the_way_out_work_as_ever(sam: Person) -> None:
    """Both stand on every screen of before, and neither asks for a place."""
    sam.taps("fixated", "done")
    sam.machine = changed(*STEP_GONE)
    sam.uses("danger")
    assert sam.is_told_to_call == "999"

    sam.leaves()

    assert sam.has_left


def test_a_conversation_with_another_flow_begins_again(sam: Person) -> None:
    """A step of the same name in another flow is another step."""
    sam.machine = changed(("flow: small", "flow: other"))

    sam.taps("fixated")

    assert sam.stands_at == "about_whom"
    assert sam.sees(TOLD)
    assert sam.facts == {}


def test_a_step_that_went_without_a_new_version_strands_nobody(sam: Person) -> None:
    """An author forgot to raise the version: people are told, and nothing breaks."""
    sam.taps("fixated", "done")
    sam.machine = changed(("version: 2", "version: 1"), *STEP_GONE)

    sam.sends_a_picture()

    assert sam.stands_at == "about_whom"
    assert sam.sees(TOLD)


def test_the_shipped_flow_tells_it_kindly(person: Person) -> None:
    """Its own words say what happened and what to do; danger stays one tap away."""
    lost = Conversation("stalking", "0", Place("a_step_of_before"))
    person.keeps(lost)

    person.taps("yes")

    assert person.stands_at == "welcome"
    assert person.screen.text.startswith("This guide has changed.")
    assert person.screen.interrupts[0].id == "danger"
