"""Walks two flows side by side, to find where anyone meets something else."""

from __future__ import annotations

from collections import deque
from datetime import datetime

from bot.core.checker.configurations import Configurations
from bot.core.checker.moves import Way, done, events_of, moves
from bot.core.checker.walk import trimmed
from bot.core.engine.conversation import Conversation, Started
from bot.core.engine.machine import FlowMachine
from bot.core.engine.screen import Moment, services_at, words_at
from bot.core.engine.turn import begin
from bot.core.flow import Answer, Flow, Reference

Services = tuple[tuple[str, ...], tuple[str, ...]]  # named in the words, and below
Seen = tuple[str, Services, str, tuple[tuple[str, str], ...], Answer]


def first_difference(
    one: FlowMachine, other: FlowMachine, moment: datetime
) -> Way | None:
    """Return a way after which the two show different things at `moment`, or None.

    None is a proof that on every way every step, service and option is the same, and
    every text that holds a number. Other words are compared where the walk meets them.
    """
    kept = configurations_of(one.flow), configurations_of(other.flow)
    start = begin(one), begin(other)
    waiting: deque[tuple[Conversation, Conversation, Way]] = deque()
    waiting.append((*start, (Started(),)))
    seen = {(kept[0].number(start[0].here), kept[1].number(start[1].here))}
    while waiting:
        left, right, way = waiting.popleft()
        if seen_at(one, left, moment) != seen_at(other, right, moment):
            return way
        for event in moves(one, one.flow.steps[left.here.step]):
            now = done(one, left, event), done(other, right, event)
            after = now[0].conversation, now[1].conversation
            if (now[0].offered, after[0] is None) != (now[1].offered, after[1] is None):
                return (*way, *events_of(event))
            if after[0] is None or after[1] is None:
                continue
            pair = (kept[0].number(after[0].here), kept[1].number(after[1].here))
            if pair not in seen:
                seen.add(pair)
                waiting.append(
                    (trimmed(after[0]), trimmed(after[1]), (*way, *events_of(event)))
                )
    return None


def configurations_of(flow: Flow) -> Configurations:
    """Keep apart what may be read: which words that name a service are shown."""
    reads = {
        step.id: frozenset(
            test
            for part in step.says
            if any(isinstance(piece, Reference) for piece in part.pieces)
            for test in part.when.tests
        )
        for step in flow.steps.values()
    }
    return Configurations(flow, reads)


def seen_at(machine: FlowMachine, conversation: Conversation, moment: datetime) -> Seen:
    """Return what someone sees: step, services, words, options and ticks."""
    here = conversation.here
    step = machine.flow.steps[here.step]
    options = tuple((option.id, option.label) for option in step.options)
    shown = services_at(machine.flow, here, Moment(moment))
    words = words_at(machine.flow, here, Moment(moment))
    return here.step, shown, words, options, here.ticked
