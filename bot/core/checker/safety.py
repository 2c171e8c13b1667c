"""What every flow owes a person: 999 and leaving, one tap away, from everywhere."""

from __future__ import annotations

from bot.core.danger.signs import EMERGENCIES
from bot.core.engine.standing import DANGER, LEAVE
from bot.core.finding import Findings
from bot.core.flow import AnyStep, Flow, Interrupt, Option, Outcome

EMERGENCY, FIRST_CONTACT = "police_999", ("call", "999")


def check_safety(flow: Flow, findings: Findings) -> None:
    """Find what would keep 999 or the way out from someone."""
    _first_two(flow, findings)
    danger, leave = flow.interrupt(DANGER), flow.interrupt(LEAVE)
    if danger and danger.at not in flow.source.broken:
        _danger(flow, danger, findings)
        _must_return(danger, findings)
    if leave and leave.at not in flow.source.broken:
        _must_leave(leave, findings)
    _number(flow, findings)
    _lines(flow, findings)
    check_typed(flow, findings)


def _first_two(flow: Flow, findings: Findings) -> None:
    names = [interrupt.name for interrupt in flow.interrupts[:2]]
    place = flow.source.places.get("interrupts")
    if names != [DANGER, LEAVE] and place:
        findings.add(
            "danger-first",
            flow.interrupts[0].at if flow.interrupts else place,
            "the first two interrupts are not 'danger' and 'leave'.",
            "Put them first, in this order: nothing may come before them.",
        )
    for interrupt in flow.interrupts[:2]:
        if not interrupt.button and interrupt.at not in flow.source.broken:
            findings.add(
                "no-button",
                interrupt.at,
                f"interrupt '{interrupt.name}' has no button.",
                "Add `button:` with its words: it must be on every screen.",
            )


def _danger(flow: Flow, danger: Interrupt, findings: Findings) -> None:
    if not danger.signs:
        findings.add(
            "danger-unheard",
            danger.at,
            "'danger' has no signs: whoever can only type would not reach 999.",
            "Add `signs:` with names from signs.yaml.",
        )
    step = flow.steps.get(danger.goes_to or "")
    unread = step.at in flow.source.broken if step else danger.goes_to is not None
    if unread:
        return  # found already: it is not there, or not whole
    if not isinstance(step, Outcome) or step.route not in {EMERGENCY, ""}:
        findings.add(
            "danger-without-999",
            danger.at,
            "'danger' does not lead to an outcome whose route is 'police_999'.",
            "Lead it to the screen that says: call 999.",
        )
    elif EMERGENCY not in _named(step):
        findings.add(
            "999-not-in-words",
            step.at,
            f"the words of '{step.id}' do not name {{police_999}}.",
            "Begin them with the number to call.",
        )


def _must_return(danger: Interrupt, findings: Findings) -> None:
    if not danger.returns:
        findings.add(
            "danger-loses-place",
            danger.at,
            "'danger' does not return: whoever is safe again would lose their place.",
            "Add `returns: yes`.",
        )


def _must_leave(leave: Interrupt, findings: Findings) -> None:
    if leave.does != "quick_exit":
        findings.add(
            "leave-stays",
            leave.at,
            "'leave' does not leave.",
            "Write `does: quick_exit`.",
        )


def _number(flow: Flow, findings: Findings) -> None:
    """Find a police_999 that is not 999: its first contact stands in every text."""
    police = flow.services.get(EMERGENCY)
    if police and next(iter(police.contacts.items()), None) != FIRST_CONTACT:
        findings.add(
            "not-999",
            police.at,
            f"the first contact of '{EMERGENCY}' is not the number 999.",
            'Write `call: "999"` before its other contacts.',
        )


def _lines(flow: Flow, findings: Findings) -> None:
    for name in ("unclear", "people", "cannot_read"):
        part = flow.words.get(name)
        if part and EMERGENCY not in part.reaches:
            findings.add(
                "unclear-without-999",
                part.at,
                f"'{name}' does not name {{police_999}}.",
                "Nothing that is not understood may end without it.",
            )


def check_typed(flow: Flow, findings: Findings) -> None:
    """Find words for an option that tell of an emergency, for those come first."""
    for step in flow.steps.values():
        for option in step.options:
            for words in option.typed:
                _typed_sign(flow, option, words, findings)


def _typed_sign(flow: Flow, option: Option, words: str, findings: Findings) -> None:
    signs = set(EMERGENCIES).intersection(flow.recogniser.said(words))
    for interrupt in flow.interrupts:
        if not signs.isdisjoint(interrupt.signs):
            findings.add(
                "typed-is-a-sign",
                option.at,
                f"whoever types '{words}' is understood as '{interrupt.name}', because"
                f" signs.yaml has '{_heard(flow, interrupt, words)}' for it.",
                "Take it out of `typed`, or change the sign.",
                blocks=False,
            )


def _heard(flow: Flow, interrupt: Interrupt, text: str) -> str:
    """Return the fewest words of a text that are heard as a sign of the interrupt."""
    words = text.split()
    for size in range(1, len(words)):
        for start in range(len(words) - size + 1):
            some = " ".join(words[start : start + size])
            if not set(flow.recogniser.said(some)).isdisjoint(interrupt.signs):
                return some
    return text


def _named(step: AnyStep) -> frozenset[str]:
    always = (part for part in step.says if not part.when.tests)
    return frozenset(name for part in always for name in part.reaches)
