"""A configuration: a place, with all that can no longer matter left out.

It is (step, answers to every live test, ticks, inside an interrupt or not) packed in
one whole number, so that a million of them fit in memory. Where an interrupt returns to
is not part of it: the walk proves at every place that the return is exact, so an
interrupt's step behaves the same wherever it was entered from.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

from bot.core.checker.liveness import Spot, all_tests, live_tests
from bot.core.checker.scope import Reads
from bot.core.engine.conversation import Place
from bot.core.flow import Answer, AnyStep, Facts, Flow, Question, Test


class Configurations:
    """Turns places into whole numbers: the same number, the same future."""

    def __init__(self, flow: Flow, reads: Reads) -> None:
        """Prepare one key for each step, inside an interrupt and outside.

        `reads` are the tests that promises read at each step.
        """
        live = live_tests(flow, reads)
        read = all_tests(flow, reads)
        self._keys: dict[Spot, _SpotKey] = {
            spot: _SpotKey(flow, flow.steps[spot[0]], tests, read)
            for spot, tests in live.items()
        }
        self._numbers = {spot: number for number, spot in enumerate(live)}

    def number(self, place: Place) -> int:
        """Return the number of the configuration that a place belongs to."""
        spot = (place.step, place.returns is not None)
        here = self._keys[spot].number(place)
        return here * len(self._numbers) + self._numbers[spot]

    def largest_fact(self, spot: Spot) -> str:
        """Return the fact that can make the most configurations at a spot."""
        return self._keys[spot].largest_fact()


class _SpotKey:
    """What counts at one spot: the live tests by fact, and kinds of ticks."""

    def __init__(
        self,
        flow: Flow,
        step: AnyStep,
        tests: Iterable[Test],
        read: Iterable[Test],
    ) -> None:
        self._known = flow.facts
        by_fact: dict[str, list[Test]] = {}
        for test in sorted(tests, key=_order):
            by_fact.setdefault(test.fact, []).append(test)
        self._facts = tuple((fact, tuple(own)) for fact, own in by_fact.items())
        # Of a fact's few answers a proof asks hundreds of thousands of times.
        self._bits: dict[tuple[str, Answer | None], int] = {}
        self._own = step.fact.name if isinstance(step, Question) else ""
        self._kinds: tuple[Answer, ...] = ()
        if isinstance(step, Question) and step.fact.any_of:
            self._kinds = _alike(step, read)
        self._ticks = prod(len(kind) + 1 for kind in self._kinds)

    def number(self, place: Place) -> int:
        return self._answers(place.facts) * self._ticks + self._ticked(place.ticked)

    def largest_fact(self) -> str:
        sizes = {fact: self._pictures(fact, tests) for fact, tests in self._facts}
        if self._kinds:
            sizes[self._own] = max(self._ticks, sizes.get(self._own, 1))
        return max(sizes, key=lambda fact: sizes[fact], default="")

    def _pictures(self, name: str, tests: tuple[Test, ...]) -> int:
        """Return in how many ways a fact can answer the tests."""
        fact = self._known[name]
        if fact.any_of:
            return 1 << min(len(tests), len(fact.values) + 1)
        answers: list[Answer | None] = [None, *((value,) for value in fact.values)]
        return len({tuple(t.accepts(answer) for t in tests) for answer in answers})

    def _answers(self, facts: Facts) -> int:
        """Return the answers to all live tests, one bit each."""
        number = 0
        for fact, tests in self._facts:
            answer = facts.get(fact)
            bits = self._bits.get((fact, answer))
            if bits is None:
                bits = sum(test.accepts(answer) << at for at, test in enumerate(tests))
                self._bits[fact, answer] = bits
            number = number << len(tests) | bits
        return number

    def _ticked(self, ticked: Answer) -> int:
        """Return how many of each kind of value are ticked, as one number.

        Values that every test treats alike can be exchanged for one another, so only
        how many of them are ticked can matter.
        """
        number = 0
        for kind in self._kinds:
            number = number * (len(kind) + 1) + sum(value in ticked for value in kind)
        return number


def _order(test: Test) -> tuple[str, list[str]]:
    return test.fact, sorted(test.values)


def _alike(step: Question, read: Iterable[Test]) -> tuple[Answer, ...]:
    """Group the values of a question's fact by the tests that accept them."""
    tests = sorted((test for test in read if test.fact == step.fact.name), key=_order)
    kinds: dict[tuple[object, ...], list[str]] = {}
    for value in step.fact.values:
        option = step.option(value)
        own_way = value if option and (option.sets or option.goes_to) else None
        accepted = tuple(value in test.values for test in tests)
        kinds.setdefault((*accepted, own_way), []).append(value)
    return tuple(tuple(kind) for kind in kinds.values())
