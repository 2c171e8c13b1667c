"""Facts that last: true of the person, and so of every place they can go back to.

Whoever said that they are a child is one also after "back", and after an interrupt has
led back to where they were.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace

from bot.core.engine.conversation import Conversation, Place
from bot.core.flow import Facts


def with_lasting(names: AbstractSet[str], place: Place, facts: Facts) -> Place:
    """Return a place with the facts that last as they are in `facts`."""
    if all(place.facts.get(name) == facts.get(name) for name in names):
        return place
    kept = {name: answer for name, answer in place.facts.items() if name not in names}
    lasting = {name: facts[name] for name in names if name in facts}
    return replace(place, facts={**kept, **lasting})


def spread(names: AbstractSet[str], conversation: Conversation) -> Conversation:
    """Return a conversation whose places all have the lasting facts of the present."""
    facts, trail = conversation.here.facts, conversation.trail
    if all(p.facts.get(name) == facts.get(name) for p in trail for name in names):
        return conversation
    spread_out = tuple(with_lasting(names, place, facts) for place in trail)
    return replace(conversation, trail=spread_out)


def alike(names: AbstractSet[str], one: Conversation, other: Conversation) -> bool:
    """Tell whether two conversations are the same but for facts that last."""
    return spread_from(names, one, other.here.facts) == other


def spread_from(
    names: AbstractSet[str], conversation: Conversation, facts: Facts
) -> Conversation:
    """Return a conversation with the lasting facts of `facts` in all its places."""
    here = with_lasting(names, conversation.here, facts)
    if here is not conversation.here:
        conversation = replace(conversation, here=here)
    return spread(names, conversation)
