"""A flow as a state machine: the one file that knows `transitions`.

One machine serves everybody. It holds no person: a place is lent to it for one move, so
nothing grows with the people served (fault B29), and no text of the flow is ever looked
up as code: it is given step names and our own conditions, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from transitions import Machine, MachineError

from bot.core.engine.typed import TypedTaps, typed_taps
from bot.core.errors import NotOffered
from bot.core.flow import AnyStep, Facts, Flow, When

NEXT = "next"  # the trigger of a step's own rules; options with a `goes_to` have theirs


@dataclass(slots=True)
class _Traveller:
    step: str  # where one conversation stands, lent to the machine for a single move


@dataclass(frozen=True, slots=True)
class _Guard:
    """A rule's condition, as `transitions` calls it: with the facts of this move."""

    when: When

    def __call__(self, facts: Facts) -> bool:
        return self.when.holds(facts)


class FlowMachine:
    """The map of a flow: (step, option, facts) to step."""

    def __init__(self, flow: Flow, others: Iterable[Flow] = ()) -> None:
        """Build the map once; the flow must have passed the checker.

        `others` are the same flow in other words, one for each language on offer: the
        map is the same for all of them.
        """
        self.flow = flow
        self._flows = {each.language: each for each in (flow, *others)}
        self.asides = flow.asides()
        self.lasting = frozenset(flow.lasting)
        self._typed: dict[tuple[str, str], TypedTaps] = {}
        self._machine = Machine(
            model=None,
            states=list(flow.steps),
            initial=flow.start,
            transitions=[move for step in flow.steps.values() for move in _moves(step)],
            model_attribute="step",
            auto_transitions=False,  # else any step could be reached from any other
        )

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages on offer, the flow's own first."""
        return tuple(self._flows)

    def flow_in(self, language: str) -> Flow:
        """Return the flow in a language; in its own where that is not on offer."""
        return self._flows.get(language, self.flow)

    def spoken(self, language: str) -> str:
        """Return the language on offer that a code such as "en-GB" means, or ""."""
        code = language.lower().replace("-", "_")
        offered = (each for each in (code, code[:2]) if each in self._flows)
        return next(offered, "") if code[2:3] in {"", "_"} else ""

    def beside(self, flow: Flow) -> tuple[Flow, ...]:
        """Return the flow in each of the other languages on offer."""
        return tuple(each for each in self._flows.values() if each is not flow)

    def typed(self, step: str, language: str = "") -> TypedTaps:
        """Return what typed words stand for at a step."""
        flow = self.flow_in(language)
        known = self._typed.get((flow.language, step))
        if known is None:  # at a start people wait, and most of them tap
            known = typed_taps(flow, flow.steps[step], self.beside(flow))
            self._typed[flow.language, step] = known
        return known

    def move(self, step: str, option: str, facts: Facts) -> str:
        """Return the step where `option`, taken at `step`, leads with these facts.

        `option` is the id of an option with a way of its own, or NEXT for the step's
        rules. Raises NotOffered where there is no such way.
        """
        traveller = _Traveller(step)
        event = self._machine.events.get(_trigger(step, option))
        try:
            moved = event is not None and event.trigger(traveller, facts)
        except MachineError as error:
            raise NotOffered from error
        if not moved:
            raise NotOffered
        return traveller.step


def _trigger(step: str, option: str) -> str:
    # Named per step: a trigger may not share its name with the model attribute, and a
    # trigger known everywhere would scan every step's transitions when built.
    return f"{step}:{option}"


def _moves(step: AnyStep) -> Iterator[dict[str, Any]]:
    for option in step.options:
        if option.goes_to is not None:
            yield _move(step.id, option.id, option.goes_to, When())
    for rule in step.rules:
        yield _move(step.id, NEXT, rule.goes_to, rule.when)


def _move(step: str, option: str, goes_to: str, when: When) -> dict[str, Any]:
    return {
        "trigger": _trigger(step, option),
        "source": step,
        "dest": goes_to,
        "conditions": _Guard(when) if when.tests else None,
    }
