"""The abstraction behind the proof, held against walking everything the slow way.

Other flows are made at every run; `make fuzz` makes more of them.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.core.checker.configurations import Configurations
from bot.core.checker.moments import moments_that_matter
from bot.core.checker.moves import Aside, done, moves
from bot.core.checker.proof import Proof
from bot.core.checker.scope import read_by
from bot.core.checker.walk import Effort, Walk, trimmed
from bot.core.engine.conversation import Conversation, Event, Place, Started, Tapped
from bot.core.engine.machine import FlowMachine
from bot.core.engine.turn import begin, decide
from bot.core.flow import Flow
from bot.core.promise import Promise
from tests.effort import THOROUGH, cases
from tests.made_flows import flows, promises

DAY = date(2026, 1, 1)
# Places of one flow: some have a hundred times as many as others, and are as tangled.
MOST = 1_000_000 if THOROUGH else 1_000
SLOW = settings(
    max_examples=cases(20, cost=20),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
Whole = tuple[object, ...]


def whole(place: Place) -> Whole:
    """Return a place with nothing left out, as something that can be compared."""
    return place.step, tuple(sorted(place.facts.items())), place.ticked, place.returns


def walk_everything(machine: FlowMachine, proof: Proof) -> None:
    """Walk with every fact and every place to return to kept apart."""
    start = begin(machine)
    waiting: list[Conversation] = [start]
    seen: set[Whole] = {whole(start.here)}
    proof.arrived(0, start)
    while waiting:
        before = waiting.pop()
        for event in moves(machine, machine.flow.steps[before.here.step]):
            decision = done(machine, before, event)
            if not isinstance(event, Aside):
                proof.moved(0, before, event, decision)
            if decision.conversation is None:
                continue
            after = trimmed(decision.conversation)
            key = (*whole(after.here), *(whole(place) for place in after.trail))
            if key not in seen:
                seen.add(key)
                assume(len(seen) <= MOST)
                proof.arrived(0, after)
                waiting.append(after)


def walk_cleverly(machine: FlowMachine, proof: Proof, told: list[Promise]) -> Walk:
    """Walk as `waymark check` does."""
    reads = read_by(machine.flow, told)
    walk = Walk(machine, Configurations(machine.flow, reads))
    walk.run(proof, Effort())
    return walk


def proof_of(flow: Flow, told: list[Promise]) -> Proof:
    """Return a fresh proof of these promises."""
    return Proof(flow, told, moments_that_matter(flow.services.values(), DAY))


@pytest.mark.slow
@SLOW
@given(flow=flows(), told=st.lists(promises(), max_size=3, unique_by=lambda p: p.at))
def test_the_proof_finds_just_what_brute_force_finds(
    flow: Flow, told: list[Promise]
) -> None:
    """What is left out of a configuration hides no broken promise, and makes none."""
    machine = FlowMachine(flow)
    slow, quick = proof_of(flow, told), proof_of(flow, told)

    walk_everything(machine, slow)
    walk = walk_cleverly(machine, quick, told)

    assert set(quick.breaches) == set(slow.breaches)
    assert quick.used.steps == slow.used.steps
    assert quick.used.options == slow.used.options
    assert quick.used.rules == slow.used.rules
    assert walk.slips == []


@SLOW
@given(flow=flows(), told=st.lists(promises(), max_size=3, unique_by=lambda p: p.at))
def test_what_is_refuted_can_be_replayed(flow: Flow, told: list[Promise]) -> None:
    """The conversation that a finding shows leads to where the promise is broken."""
    machine = FlowMachine(flow)
    proof = proof_of(flow, told)
    walk = walk_cleverly(machine, proof, told)

    for (_, step), breach in proof.breaches.items():
        way = walk.way(breach.index) + ((breach.event,) if breach.event else ())
        conversation: Conversation | None = None
        for event in way:
            conversation = decide(machine, conversation, event).conversation
        assert conversation is not None
        assert conversation.here.step == step


@SLOW
@given(
    flow=flows(),
    told=st.lists(promises(), max_size=2, unique_by=lambda p: p.at),
    choices=st.lists(st.integers(0, 50), max_size=40),
)
def test_what_is_proved_holds_on_random_walks(
    flow: Flow, told: list[Promise], choices: list[int]
) -> None:
    """Whoever wanders about with `back` and everything else breaks nothing proved."""
    machine = FlowMachine(flow)
    proved = proof_of(flow, told)
    walk_cleverly(machine, proved, told)
    met = proof_of(flow, told)
    conversation = begin(machine)
    met.arrived(0, conversation)

    for choice in choices:
        some = moves(machine, flow.steps[conversation.here.step])
        events: list[Event] = [each for each in some if not isinstance(each, Aside)]
        events.append(Tapped("back"))
        event = events[choice % len(events)]
        decision = decide(machine, conversation, event)
        if event != Tapped("back"):
            met.moved(0, conversation, event, decision)
        conversation = (
            decision.conversation
            or decide(machine, None, Started()).conversation
            or conversation
        )
        met.arrived(0, conversation)

    assert set(met.breaches) <= set(proved.breaches)
