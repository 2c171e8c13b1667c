"""Flows made by Hypothesis: small, tangled, legal, as no author would write them."""

from __future__ import annotations

from datetime import date
from typing import cast

from hypothesis import strategies as st

from bot.core.danger.recogniser import Recogniser
from bot.core.finding import Position
from bot.core.flow import (
    ALWAYS,
    NONE,
    UNKNOWN,
    AnyStep,
    Fact,
    Facts,
    Flow,
    Interrupt,
    Notice,
    Option,
    Outcome,
    Part,
    Question,
    Reference,
    Rule,
    Shown,
    Test,
    When,
)
from bot.core.hours import Hours
from bot.core.promise import Promise, Wanted
from bot.core.service import UK, Service, YesNo

AT = Position("made.yaml", 1, 1)
WORDS = ("back", "seen", "skip", "done", "unclear", "people", "cannot_read")
SERVICES = {
    name: Service(
        id=name,
        name=name,
        contacts={"call": name},
        how="",
        whom="anyone",
        nations=nations,
        hours=Hours(always=name != "police_101"),
        anonymous=cast("YesNo", anonymous),
        on_bill="unproved",
        free="yes",
        source="made",
        checked=date(2026, 11, 24),
        review_by=date(2027, 5, 24),
        review="",
        at=AT,
    )
    for name, nations, anonymous in (
        ("police_999", UK, "no"),
        ("police_101", UK, "no"),
        ("helpline", UK, "yes"),
        ("scots_line", ("scotland",), "yes"),
    )
}

LASTING = "lasting"  # set by interrupts that return, and stays true after going back
facts = st.fixed_dictionaries(
    {
        "one": st.just(Fact("one", ("a", "b"), any_of=False, at=AT)),
        "many": st.just(Fact("many", ("p", "q", "r"), any_of=True, at=AT)),
        "nation": st.just(Fact("nation", ("england", "scotland"), any_of=False, at=AT)),
        LASTING: st.just(Fact(LASTING, ("y", "n"), any_of=False, at=AT)),
    }
)
STEPS = ("s0", "s1", "s2", "s3", "s4", "s5")
CARD = "card"  # where the danger interrupt leads
VALUES = {
    "one": ("a", "b", UNKNOWN),
    "many": ("p", "q", "r", NONE, UNKNOWN),
    "nation": ("england", "scotland", UNKNOWN),
    LASTING: ("y", "n", UNKNOWN),
}


@st.composite
def whens(draw: st.DrawFn) -> When:
    """Draw a condition over one or two facts."""
    names = draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=2))
    return When(
        tuple(
            Test(
                name,
                frozenset(
                    draw(
                        st.lists(st.sampled_from(VALUES[name]), min_size=1, max_size=3)
                    )
                ),
            )
            for name in dict.fromkeys(names)
        )
    )


@st.composite
def rules(draw: st.DrawFn) -> tuple[Rule, ...]:
    """Draw rules that end with `otherwise`."""
    targets = st.sampled_from((*STEPS, CARD))
    some = draw(st.lists(st.tuples(whens(), targets), max_size=2))
    last = Rule(ALWAYS, draw(targets), AT)
    return (*(Rule(when, goes_to, AT) for when, goes_to in some), last)


@st.composite
def settings_of(draw: st.DrawFn) -> Facts:
    """Draw what an option or an interrupt sets, mostly nothing."""
    return draw(
        st.sampled_from(
            [{}, {}, {}, {"one": ("a",)}, {"many": ("q",)}, {"nation": ("scotland",)}]
        )
    )


@st.composite
def settings_of_an_interrupt(draw: st.DrawFn, *, returns: bool) -> Facts:
    """Draw what an interrupt sets, now and then what lasts."""
    lasting = draw(st.sampled_from([{}, {LASTING: ("y",)}, {LASTING: ("n",)}]))
    return {**draw(settings_of()), **(lasting if returns else {})}


@st.composite
def shown(draw: st.DrawFn) -> tuple[tuple[Part, ...], tuple[Shown, ...]]:
    """Draw words that name services, and services beside them."""
    names = st.sampled_from(sorted(SERVICES))
    conditions = st.one_of(st.just(ALWAYS), whens())
    parts = tuple(
        Part(("Call ", Reference(draw(names))), draw(conditions), AT)
        for _ in range(draw(st.integers(0, 2)))
    )
    also = tuple(
        Shown(draw(names), draw(conditions), AT) for _ in range(draw(st.integers(0, 2)))
    )
    return (Part(("Words.",), ALWAYS, AT), *parts), also


@st.composite
def steps(draw: st.DrawFn, name: str) -> AnyStep:
    """Draw one step of any kind."""
    says, also = draw(shown())
    kind = draw(st.sampled_from(("question", "question", "notice", "outcome")))
    leads = draw(rules())
    asides = tuple(
        Option(
            f"go{number}",
            f"Go {number}",
            AT,
            goes_to=draw(st.sampled_from((*STEPS, CARD, None))),
            sets=draw(settings_of()),
        )
        for number in range(draw(st.integers(1, 2)))
    )
    if kind == "notice":
        return Notice(name, says, asides, leads, also, AT)
    if kind == "outcome":
        return Outcome(
            name, says, asides, leads, also, AT, draw(st.sampled_from(sorted(SERVICES)))
        )
    fact = draw(facts)[draw(st.sampled_from(("one", "many", "nation")))]
    answers = tuple(
        Option(
            value,
            value,
            AT,
            sets=draw(settings_of()),
            goes_to=draw(st.sampled_from((None, None, None, *STEPS))),
        )
        for value in fact.values
    )
    more = tuple(option for option in asides if option.goes_to)
    required = draw(st.booleans())
    return Question(name, says, (*answers, *more), leads, also, AT, fact, required)


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    """Draw a whole flow whose names all lead somewhere."""
    made: dict[str, AnyStep] = {name: draw(steps(name)) for name in STEPS}
    card_says, card_also = draw(shown())
    safe = Option("safe", "Safe", AT, sets=draw(settings_of()))
    made[CARD] = Outcome(
        CARD, card_says, (safe,), draw(rules()), card_also, AT, "police_999"
    )
    returns = draw(st.sampled_from((True, True, False))), draw(st.booleans())
    danger = Interrupt(
        "danger",
        AT,
        button="Danger",
        sets=draw(settings_of_an_interrupt(returns=returns[0])),
        goes_to=CARD,
        returns=returns[0],
    )
    other = Interrupt(
        "other",
        AT,
        sets=draw(settings_of_an_interrupt(returns=returns[1])),
        goes_to=draw(st.sampled_from(STEPS)),
        returns=returns[1],
    )
    leave = Interrupt("leave", AT, button="Leave", does="quick_exit")
    return Flow(
        id="made",
        version="1",
        language="en",
        start="s0",
        facts=draw(facts),
        count=(),
        lasting=draw(st.sampled_from(((), (LASTING,), (LASTING,)))),
        words={word: Part((word,), ALWAYS, AT) for word in WORDS},
        interrupts=(danger, leave, other),
        steps=made,
        services=SERVICES,
        recogniser=Recogniser(()),
    )


@st.composite
def promises(draw: st.DrawFn) -> Promise:
    """Draw a promise, likely to be broken somewhere."""
    wanted = draw(
        st.sampled_from(
            [
                Wanted(names=("helpline",)),
                Wanted(properties={"anonymous": "no"}),
                Wanted(properties={"open": "now"}),
            ]
        )
    )
    shows = draw(st.booleans())
    return Promise(
        says="something holds",
        at=Position("promises.yaml", draw(st.integers(1, 10_000)), 1),
        when=draw(st.one_of(st.just(ALWAYS), whens())),
        unless=draw(st.one_of(st.none(), whens())),
        after=draw(st.booleans()),
        outcomes=draw(st.booleans()),
        steps=tuple(draw(st.lists(st.sampled_from(STEPS), max_size=1))),
        shows=wanted if shows or "open" in (wanted.properties or {}) else None,
        never_shows=None if shows or "open" in (wanted.properties or {}) else wanted,
    )
