"""A flow as a few boxes and arrows: what every picture of it shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count

from bot.core.captions import plain, route_names, saying, set_off_by, ways
from bot.core.flow import AnyStep, Flow, Interrupt, Kind, Notice, Outcome

_Ways = Mapping[str, Mapping[str, tuple[str, ...]]]  # from, to, in which words


@dataclass(frozen=True, slots=True)
class Box:
    """A step. `opens` are the numbers of the pages that one can look at from it.

    `route` is the name of the service that an outcome routes to, with its main contact.
    """

    id: str
    kind: Kind
    says: str
    route: tuple[str, ...] = ()
    opens: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrow:
    """All ways from one step to another. `labels` say what is tapped, or is true."""

    source: str
    target: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A notice that leads only back, or to more such pages. It goes by its number."""

    number: int
    box: Box
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Pages that are listed together: those of one page, or of the steps in general."""

    opened_by: Page | None
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class AnyTime:
    """An interrupt. `box` is set where the step it leads to is drawn beside it only."""

    name: str
    set_off_by: str
    does: str
    returns: bool
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Diagram:
    """All that a picture shows. Every step stands in it exactly once."""

    title: str
    start: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    shelves: tuple[Shelf, ...]
    any_time: tuple[AnyTime, ...]


def diagram(flow: Flow) -> Diagram:
    """Return what a picture of the flow shows, all in the author's order."""
    on = {step.id: _ways_on(flow, step) for step in flow.steps.values()}
    shelved = _shelved(flow, on)
    numbers = dict(
        zip((name for names in shelved.values() for name in names), count(1))
    )
    boxes = {name: _box(flow, step, on, numbers) for name, step in flow.steps.items()}
    apart = _apart(flow, on)
    drawn = [box for name, box in boxes.items() if name not in {*numbers, *apart}]
    pages = {
        name: Page(number, boxes[name], _words_for(on, name))
        for name, number in numbers.items()
    }
    return Diagram(
        title=f"Flow: {plain(flow.id)}, version {flow.version}",
        start=flow.start,
        boxes=tuple(drawn),
        arrows=tuple(_arrows(drawn, on, numbers)),
        shelves=tuple(
            Shelf(pages.get(opener), tuple(pages[name] for name in names))
            for opener, names in shelved.items()
        ),
        any_time=tuple(_any_time(flow, boxes, apart)),
    )


def ranges(numbers: Iterable[int]) -> str:
    """Return numbers in few characters, such as 1 to 3 and 7."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0])  # noqa: RUF001 - a range
        for run in runs
    )


def opening(numbers: Iterable[int]) -> str:
    """Return how a box names the pages it opens."""
    named = ranges(numbers)
    return f"Opens page {named}" if named.isdigit() else f"Opens pages {named}"


def _ways_on(flow: Flow, step: AnyStep) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for target, words in ways(flow, step):
        found[target] = (*found.get(target, ()), words)
    return found


def _shelved(flow: Flow, on: _Ways) -> dict[str, list[str]]:
    """Return the pages by the page that opens them; by "" where steps do."""
    entered = {target for targets in on.values() for target in targets}
    pages: set[str] = set()
    while more := {
        name
        for name, step in flow.steps.items()
        if isinstance(step, Notice)
        and name in entered
        and name not in {flow.start, *pages}
        and pages.issuperset(on[name])
    }:
        pages |= more
    shelved: dict[str, list[str]] = {}
    for name in flow.steps:
        if name in pages:
            openers = [
                page for page in flow.steps if page in pages and name in on[page]
            ]
            shelved.setdefault(next(iter(openers), ""), []).append(name)
    return dict(sorted(shelved.items(), key=lambda shelf: bool(shelf[0])))


def _box(flow: Flow, step: AnyStep, on: _Ways, numbers: Mapping[str, int]) -> Box:
    return Box(
        step.id,
        step.kind,
        saying(flow, step),
        route_names(flow, step) if isinstance(step, Outcome) else (),
        tuple(sorted(numbers[name] for name in on[step.id] if name in numbers)),
    )


def _apart(flow: Flow, on: _Ways) -> frozenset[str]:
    """Return the steps that only an interrupt leads to, and that lead only back."""
    entered = {flow.start, *(target for targets in on.values() for target in targets)}
    return frozenset(
        name for name in flow.asides() if name not in entered and not on[name]
    )


def _words_for(on: _Ways, page: str) -> tuple[str, ...]:
    found = (targets[page] for targets in on.values() if page in targets)
    return tuple(dict.fromkeys(words for each in found for words in each))


def _arrows(
    boxes: Iterable[Box], on: _Ways, numbers: Mapping[str, int]
) -> Iterable[Arrow]:
    for box in boxes:
        for target, words in on[box.id].items():
            if target not in numbers:
                yield Arrow(box.id, target, tuple(filter(None, words)))


def _any_time(
    flow: Flow, boxes: Mapping[str, Box], apart: frozenset[str]
) -> Iterable[AnyTime]:
    drawn: set[str] = set()
    for interrupt in flow.interrupts:
        target = interrupt.goes_to
        beside = boxes[target] if target in apart - drawn else None
        drawn |= {target} if target else set()
        yield AnyTime(
            interrupt.name,
            set_off_by(interrupt),
            _deed(interrupt),
            interrupt.returns,
            beside,
        )


def _deed(interrupt: Interrupt) -> str:
    if interrupt.goes_to:
        return f"Leads to {interrupt.goes_to}"
    return "Leaves at once" if interrupt.does == "quick_exit" else "Begins again"
