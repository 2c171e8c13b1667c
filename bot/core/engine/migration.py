"""A conversation begun in an earlier version of a flow, carried over to the new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.core.engine.conversation import Conversation, Place
from bot.core.flow import Facts, Flow, Question
from bot.core.migration import Migration


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """Where someone stands now; `stranded`: their place is gone, they begin again."""

    conversation: Conversation
    stranded: bool = False


def carry_over(flow: Flow, conversation: Conversation) -> CarriedOver:
    """Return the conversation in this version of the flow.

    Names are changed as `migrate:` says; answers that no longer exist are left out.
    Whoever's step is gone begins again at the step named there, with no answers.
    """
    migration = flow.migrations.get(conversation.version)
    returns = conversation.here.returns
    here = _place(flow, migration, conversation.here)
    home = None
    if returns is not None:
        home = _place(flow, migration, conversation.trail[returns])
    lost = here is None or (returns is not None and home is None)
    if conversation.flow != flow.id or here is None or lost:
        start = (migration.stranded if migration else None) or flow.start
        begun = Conversation(
            flow.id, flow.version, Place(start), language=conversation.language
        )
        return CarriedOver(begun, stranded=True)
    return CarriedOver(
        replace(
            conversation,
            flow=flow.id,
            version=flow.version,
            here=replace(here, returns=None if home is None else 0),
            trail=() if home is None else (home,),
        )
    )


def _place(flow: Flow, migration: Migration | None, place: Place) -> Place | None:
    name = migration.steps.get(place.step, place.step) if migration else place.step
    step = flow.steps.get(name)
    if step is None:
        return None
    values = migration.values if migration else {}
    facts = _facts(flow, values, place.facts)
    ticked: tuple[str, ...] = ()
    if isinstance(step, Question) and step.fact.any_of:
        renamed = values.get(step.fact.name, {})
        kept = {renamed.get(value, value) for value in place.ticked}
        ticked = tuple(value for value in step.fact.values if value in kept)
    return Place(name, facts, ticked)


def _facts(
    flow: Flow, values: Mapping[str, Mapping[str, str]], facts: Facts
) -> dict[str, tuple[str, ...]]:
    carried = {}
    for name, answer in facts.items():
        fact = flow.facts.get(name)
        if fact is None:
            continue
        renamed = values.get(name, {})
        kept = {renamed.get(value, value) for value in answer}
        left = tuple(value for value in fact.values if value in kept)
        if left or (fact.any_of and not answer):
            carried[name] = left if fact.any_of else left[:1]
    return carried
