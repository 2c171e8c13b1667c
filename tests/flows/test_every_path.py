"""Every way through the stalking flow, as far as a bounded walk reaches."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from bot.core.engine.conversation import Conversation, Interrupted, Place, Tapped
from bot.core.engine.lasting import alike
from bot.core.engine.machine import FlowMachine
from bot.core.engine.screen import Moment, show
from bot.core.engine.standing import BACK, DONE
from bot.core.engine.turn import decide
from bot.core.flow import Outcome
from tests.person import Person
from tests.walk import Visit, moves, shipped, visits

MOST_TAPS = 8
UK = ("england", "wales", "scotland", "northern_ireland")
EVERYWHERE = (*UK, "elsewhere")
ROUTES = ("police_today", "stay_unknown", "talk_to_someone")
REACHED_BY = {
    "me": {**dict.fromkeys(ROUTES, UK), "outside_uk": ("elsewhere",)},
    "someone_else": {**dict.fromkeys(ROUTES, UK), "outside_uk": ("elsewhere",)},
    "my_own_behaviour": {"own_behaviour": UK, "outside_uk": ("elsewhere",)},
}
ASIDES = ("call_999", "stay_alive")  # from anywhere, by a button or by typed words
OUTCOMES = [
    (who, outcome, nation)
    for who, outcomes in REACHED_BY.items()
    for outcome, nations in (*outcomes.items(), *((a, EVERYWHERE) for a in ASIDES))
    for nation in nations
]


@pytest.fixture(scope="module")
def arrivals() -> dict[tuple[str, str, str], Visit]:
    """Give the nearest way to each outcome, for each person and nation."""
    found: dict[tuple[str, str, str], Visit] = {}
    for visit in with_asides():
        facts = visit.place.facts
        who, nation = facts.get("who", ("",))[0], facts.get("nation", ("",))[0]
        known = found.get((who, visit.place.step, nation))
        if known is None or len(visit.by) < len(known.by):
            found[who, visit.place.step, nation] = visit
    return found


def with_asides() -> Iterator[Visit]:
    """Give every visit, and what danger and suicide lead to from there."""
    for visit in visits():
        yield visit
        for name in ("danger", "suicide"):
            event = Interrupted(name)
            after = decide(shipped(), visit.conversation, event).conversation
            assert after is not None
            yield Visit(after, (*visit.by, event))


def test_every_outcome_is_expected_somewhere(machine: FlowMachine) -> None:
    """A new outcome must be added to the table above, for those whom it is for."""
    outcomes = {s.id for s in machine.flow.steps.values() if isinstance(s, Outcome)}

    expected = {outcome for _, outcome, _ in OUTCOMES}
    typed = {"call_silently", "keep_alive"}  # nobody is asked for these: they are said
    assert outcomes == expected | {"their_life"} | typed


@pytest.mark.parametrize(("who", "outcome", "nation"), OUTCOMES)
def test_every_outcome_is_near(
    person: Person,
    arrivals: dict[tuple[str, str, str], Visit],
    who: str,
    outcome: str,
    nation: str,
) -> None:
    """Whoever they are and wherever: in eight taps they see the number to call."""
    way = arrivals[who, outcome, nation].by
    assert len(way) <= MOST_TAPS

    person.starts()
    person.does(*way)

    route = person.screen.route
    assert person.stands_at == outcome
    assert route is not None
    assert person.sees(person.machine.flow.services[route].main)


def test_a_friend_comes_near_to_help_for_a_life(person: Person) -> None:
    """Before the nation is asked, so that nothing stands between them and help."""
    way = next(v.by for v in visits() if v.place.step == "their_life")
    assert len(way) <= MOST_TAPS

    person.starts()
    person.does(*way)

    assert person.is_told_to_call == "999"


def test_danger_and_leave_are_on_every_screen(
    machine: FlowMachine, moment: Moment
) -> None:
    """At every place, with every answer given: one tap to 999, one tap away."""
    for visit in visits():
        screen = show(machine.flow, visit.place, moment, back=True)

        assert [button.id for button in screen.interrupts] == ["danger", "leave"]
        assert all(button.label for button in screen.interrupts)


def test_back_gives_the_earlier_place_exactly(machine: FlowMachine) -> None:
    """From wherever a tap leads, back undoes just that tap."""
    for visit in visits(6):
        before = visit.conversation
        for event in moves(machine, before):
            after = decide(machine, before, event).conversation
            assert after is not None
            if len(after.trail) <= len(before.trail):
                continue  # a tick stays where it is, and an aside has led back already
            back = decide(machine, after, Tapped(BACK)).conversation
            assert back is not None
            assert alike(machine.lasting, before, back)
            assert back == before or event == Interrupted("child")


def test_danger_from_every_place_shows_999_and_returns(
    machine: FlowMachine, moment: Moment
) -> None:
    """Danger is answered at once, from anywhere, and no answer or place is lost."""
    for visit in visits():
        there = visit.conversation
        danger = decide(machine, there, Interrupted("danger")).conversation
        assert danger is not None
        assert danger.here.facts["danger"] == ("now",)
        screen = show(machine.flow, danger.here, moment, back=True)
        assert screen.services[0] == screen.route == "police_999"
        if there.here.step in machine.asides:
            continue  # these have a way back of their own
        assert decide(machine, danger, Tapped("safe_now")).conversation == there


def test_nobody_is_stuck(machine: FlowMachine) -> None:
    """At every place there is a button that leads on, or a way back."""
    for visit in visits():
        leads_on = any(
            decide(machine, visit.conversation, event).conversation
            != visit.conversation
            for event in moves(machine, visit.conversation)
        )

        assert leads_on or visit.conversation.trail


def test_nobody_outside_the_uk_is_sent_to_a_line_of_the_uk() -> None:
    """101 and its like reach nobody from abroad."""
    for visit in visits():
        if visit.place.facts.get("nation") == ("elsewhere",):
            assert visit.place.step not in ROUTES


@pytest.mark.parametrize(
    ("who", "choices"),
    [
        ("me", ("report", "stay_anonymous", "talk_first", "not_sure", "skip")),
        ("someone_else", ("not_sure",)),  # the one whose rules read the other answers
    ],
)
def test_nobody_is_screened_out(
    machine: FlowMachine, who: str, choices: tuple[str, ...]
) -> None:
    """Rule 4: all 16 answers to FOUR with all 1,024 of what happened have a route."""
    fours = subsets(machine, "four")
    happened = subsets(machine, "happened")
    assert (len(fours), len(happened)) == (16, 1024)

    for four, more in product(fours, happened):
        facts = {"who": (who,), "danger": ("not_now",), "four": four, "happened": more}
        for wants in choices:
            assert taps(machine, Place("what_next", facts), wants).here.step in ROUTES


@pytest.mark.parametrize(
    "sign",
    ["frightened", "threats", "came_in", "followed", "order_broken", "weapon"],
)
def test_a_sign_of_danger_is_never_answered_without_the_police(
    machine: FlowMachine, moment: Moment, sign: str
) -> None:
    """Whoever wants to talk first is still told that they can report it today."""
    for wants in ("report", "talk_first", "not_sure", "skip"):
        place = Place("what_else", {"who": ("me",)}, (sign,))
        here = taps(machine, place, DONE, "england", wants).here

        shown = show(machine.flow, here, moment, back=True).services
        assert {"police_101", "police_999"} <= set(shown)


def test_crimestoppers_is_never_shown_without_999(
    machine: FlowMachine, moment: Moment
) -> None:
    """Rule 6: it is not for emergencies, and the button that is stands beside it."""
    place = Place("what_else", {"who": ("me",)}, ("threats", "weapon"))
    there = taps(machine, place, DONE, "england", "stay_anonymous")

    screen = show(machine.flow, there.here, moment, back=True)
    assert "not for emergencies" in screen.text
    assert "For danger there is the red button below" in screen.text
    assert screen.interrupts[0].label.startswith("🆘")

    danger = decide(machine, there, Interrupted(screen.interrupts[0].id)).conversation
    assert danger is not None
    assert show(machine.flow, danger.here, moment, back=True).route == "police_999"


def subsets(machine: FlowMachine, fact: str) -> list[tuple[str, ...]]:
    """Return every way to tick a choose-any, in the author's order."""
    values = machine.flow.facts[fact].values
    return [
        tuple(
            value for value, is_ticked in zip(values, ticks, strict=True) if is_ticked
        )
        for ticks in product((False, True), repeat=len(values))
    ]


def taps(machine: FlowMachine, place: Place, *options: str) -> Conversation:
    """Return where options lead, tapped one after another from a place."""
    conversation = Conversation(machine.flow.id, machine.flow.version, place)
    for option in options:
        after = decide(machine, conversation, Tapped(option)).conversation
        assert after is not None
        conversation = after
    return conversation
