"""The nouns of a flow: what an author writes, once it has been read. All frozen.

Facts are all that can be remembered of a person: answers from closed lists, each a
tuple of values in the author's order, any number of them (or none) for choose-any.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Literal

from bot.core.finding import Source

if TYPE_CHECKING:
    from bot.core.danger.recogniser import Recogniser
    from bot.core.finding import Position
    from bot.core.migration import Migration
    from bot.core.service import Service

Answer = tuple[str, ...]
Facts = Mapping[str, Answer]

NONE = "none"  # in a condition: choose-any was answered, and nothing was ticked
UNKNOWN = "unknown"  # in a condition: not asked yet, or skipped
NATION = "nation"  # the fact by which services are filtered

Kind = Literal["question", "notice", "outcome"]
Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A question's closed list of values. `any_of`: tick as many as fit."""

    name: str
    values: tuple[str, ...]
    any_of: bool
    at: Position


@dataclass(frozen=True, slots=True)
class Test:
    """One line of a condition: the fact holds one of the values.

    `none` stands for "asked, nothing ticked", `unknown` for "not asked, or skipped".
    """

    fact: str
    values: frozenset[str]

    def holds(self, facts: Facts) -> bool:
        """Tell whether these facts fulfil it."""
        return self.accepts(facts.get(self.fact))

    def accepts(self, answer: Answer | None) -> bool:
        """Tell whether an answer fulfils it; None: there is none."""
        if answer is None:
            return UNKNOWN in self.values
        if not answer:
            return NONE in self.values
        return not self.values.isdisjoint(answer)


@dataclass(frozen=True, slots=True)
class When:
    """A condition over facts: every test holds. Without tests it always holds."""

    tests: tuple[Test, ...] = ()

    def holds(self, facts: Facts) -> bool:
        """Tell whether these facts fulfil every test."""
        return not self.tests or all(test.holds(facts) for test in self.tests)


ALWAYS = When()


@dataclass(frozen=True, slots=True)
class Reference:
    """A name in braces: a service's main contact, one of its fields, or a setting."""

    name: str
    field: str | None = None

    @property
    def tells_how(self) -> bool:
        """Whether it says how to reach the service, and not its name alone."""
        return self.field != "name"


@dataclass(frozen=True)  # no slots: cached properties need a place to keep theirs
class Part:
    """A piece of a text, shown when its condition holds."""

    pieces: tuple[str | Reference, ...]
    when: When
    at: Position

    @cached_property
    def plain(self) -> str:
        """The words as they are, without what names in braces stand for."""
        return "".join(piece for piece in self.pieces if isinstance(piece, str))

    @cached_property
    def reaches(self) -> tuple[str, ...]:
        """The names of what it says how to reach, in order; of settings, too."""
        return tuple(
            piece.name
            for piece in self.pieces
            if isinstance(piece, Reference) and piece.tells_how
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """Where to go when the condition holds. The first rule that holds wins."""

    when: When
    goes_to: str
    at: Position


@dataclass(frozen=True, slots=True)
class Option:
    """What may be tapped. `typed` are other words that people type for it."""

    id: str
    label: str
    at: Position
    goes_to: str | None = None  # None: where the step's own rules lead
    sets: Facts = field(default_factory=dict)
    typed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A service that a step shows, when its condition holds."""

    service: str
    when: When
    at: Position


@dataclass(frozen=True, slots=True)
class Step:
    """What all steps have: words, options, services beside them, and where to go."""

    id: str
    says: tuple[Part, ...]
    options: tuple[Option, ...]
    rules: tuple[Rule, ...]
    also: tuple[Shown, ...]
    at: Position

    def option(self, option_id: str) -> Option | None:
        """Return the option of this id, or None where it is not offered."""
        for option in self.options:
            if option.id == option_id:
                return option
        return None


@dataclass(frozen=True, slots=True)
class Question(Step):
    """Waits for the answer that becomes a fact."""

    fact: Fact
    required: bool = False

    kind: ClassVar[Kind] = "question"


@dataclass(frozen=True, slots=True)
class Notice(Step):
    """Says something and leads on. Without options it is a page: it leads back."""

    kind: ClassVar[Kind] = "notice"

    @property
    def is_page(self) -> bool:
        """Whether the only way on is back to where it was opened."""
        return not self.options


@dataclass(frozen=True, slots=True)
class Outcome(Step):
    """Ends with exactly one route; it may still lead back into the flow."""

    route: str

    kind: ClassVar[Kind] = "outcome"


AnyStep = Question | Notice | Outcome


@dataclass(frozen=True, slots=True)
class Interrupt:
    """What is tried before every step: danger, leave, and what the author adds."""

    name: str
    at: Position
    button: str | None = None
    command: str | None = None
    menu: str | None = None
    signs: tuple[str, ...] = ()
    sets: Facts = field(default_factory=dict)
    goes_to: str | None = None
    does: Literal["quick_exit", "restart"] | None = None
    returns: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """A whole conversation as data, with all that a turn needs to be decided."""

    id: str
    version: str
    language: str
    start: str
    facts: Mapping[str, Fact]
    count: tuple[str, ...]
    words: Mapping[str, Part]
    interrupts: tuple[Interrupt, ...]
    steps: Mapping[str, AnyStep]
    services: Mapping[str, Service]
    recogniser: Recogniser
    migrations: Mapping[str, Migration] = field(default_factory=dict)
    lasting: tuple[str, ...] = ()  # facts that stay true wherever someone goes back to
    never_say: tuple[str, ...] = ()
    first_words_never: tuple[str, ...] = ()
    source: Source = field(default_factory=Source)
    direction: Direction = "ltr"

    def interrupt(self, name: str) -> Interrupt | None:
        """Return the interrupt of this name, or None."""
        for interrupt in self.interrupts:
            if interrupt.name == name:
                return interrupt
        return None

    def asides(self) -> frozenset[str]:
        """Return the steps that an interrupt enters and from which it returns."""
        return frozenset(
            interrupt.goes_to
            for interrupt in self.interrupts
            if interrupt.returns and interrupt.goes_to
        )
