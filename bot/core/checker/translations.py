"""A flow in other words: what is missing, what is old, and what must not be shown.

What is missing or old holds nothing up: the language is not offered, or the English
shows. What says something else than the English blocks, as a number that is lost does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.checker.buttons import check_buttons
from bot.core.checker.limits import check_callback, check_limits
from bot.core.checker.profile import check_profile
from bot.core.checker.safety import check_typed
from bot.core.checker.wording import check_wording
from bot.core.engine.languages import LANGUAGE
from bot.core.finding import Findings, did_you_mean
from bot.core.flow import Flow, Outcome, Part, Reference
from bot.core.translation import (
    OWN_NAME,
    Entry,
    Kind,
    Translation,
    entries_of,
    hash_of,
    in_braces,
    translated,
)

_DIGITS = re.compile(r"\d+")
_NAMED = {
    "words": "the words",
    "interrupts": "the button of",
    "steps": "step",
    "services": "service",
}


def check_translation(flow: Flow, translation: Translation, findings: Findings) -> bool:
    """Find all that is to be mended in a translation of a flow that is fit.

    `findings` are those of its file alone. Returns whether the language can be offered:
    nothing blocks, nothing is missing that would leave a screen in two languages, and
    nothing old that someone in danger would read.
    """
    complete = [
        _has_words(flow, own, translation, findings) for own in entries_of(flow)
    ]
    _unknown(flow, translation, findings)
    _choice(flow, translation, findings)
    if not findings.block:
        _as_shown(translated(flow, translation), translation, findings)
    return all(complete) and not findings.block


def _has_words(
    flow: Flow, own: Entry, translation: Translation, findings: Findings
) -> bool:
    """Look for the words of one thing; tell whether a language can do with these."""
    entry = translation.entries.get((own.kind, own.name))
    urgent = (own.kind, own.name) in _urgent(flow)
    if entry is None:
        _missing(own, translation, findings)
        return own.kind == "services" and not urgent
    if entry.of != hash_of(own):
        _stale(own, entry, findings)
        return not urgent
    for differs, cure in _differs(own, entry):
        says = f"the translation of {_name(own)} {differs}"
        findings.add("other-words", entry.at, says, cure)
    return True


def _urgent(flow: Flow) -> frozenset[tuple[Kind, str]]:
    """Return what may never fall back: the first screen, and each that is urgent."""
    goals = (interrupt.goes_to for interrupt in flow.interrupts)
    steps = [flow.steps[name] for name in (flow.start, *goals) if name]
    shown = [each.service for step in steps for each in step.also]
    shown += [step.route for step in steps if isinstance(step, Outcome)]
    urgent: list[tuple[Kind, str]] = [("steps", step.id) for step in steps]
    urgent += [("interrupts", interrupt.name) for interrupt in flow.interrupts]
    return frozenset([*urgent, *(("services", name) for name in shown)])


def _name(own: Entry) -> str:
    return f"{_NAMED[own.kind]} '{own.name}'"


def _missing(own: Entry, translation: Translation, findings: Findings) -> None:
    findings.add(
        "not-translated",
        translation.sections[own.kind],
        f"there are no words here for {_name(own)}. The flow says:"
        f" '{' / '.join(own.texts)}'.",
        f"Write it under `{own.kind}`, with of: {hash_of(own)}.",
        blocks=False,
    )


def _stale(own: Entry, entry: Entry, findings: Findings) -> None:
    findings.add(
        "old-translation",
        entry.at,
        f"the translation of {_name(own)} is old. The flow now says:"
        f" '{' / '.join(own.texts)}'.",
        f"Write of: {hash_of(own)} when the words fit again.",
        blocks=False,
    )


def _unknown(flow: Flow, translation: Translation, findings: Findings) -> None:
    known = {(own.kind, own.name) for own in entries_of(flow)}
    for (kind, name), entry in translation.entries.items():
        if (kind, name) not in known:
            names = [each for of_kind, each in known if of_kind == kind]
            findings.add(
                "nothing-to-translate",
                entry.at,
                f"the flow has no words for {_name(entry)}.",
                f"Take it out. {did_you_mean(name, sorted(names))}",
                blocks=False,
            )


def _choice(flow: Flow, translation: Translation, findings: Findings) -> None:
    """Look at the buttons by which people choose this language, and the flow's own."""
    if translation.language == flow.language:
        findings.add(
            "own-language",
            translation.at,
            f"the flow itself is in '{flow.language}'.",
            "Write its words into flow.yaml, and remove this file.",
        )
    check_callback(
        flow, flow.steps[flow.start], f"{LANGUAGE}{translation.language}", findings
    )
    if OWN_NAME not in flow.words:
        findings.add(
            "no-language-name",
            translation.at,
            f"the button that leads back from here says only '{flow.language}'.",
            f"Write the name of that language into flow.yaml, under words: {OWN_NAME}.",
            blocks=False,
        )


def _differs(own: Entry, entry: Entry) -> Iterator[tuple[str, str]]:
    """Give what an entry says otherwise than the flow, with the cure."""
    if len(entry.parts) != len(own.parts):
        yield (
            f"has {len(entry.parts)} texts where the flow has {len(own.parts)}.",
            "Write one for each, in the same order.",
        )
        return
    for own_part, part in zip(own.parts, entry.parts, strict=True):
        wanted, named = _braces(own_part), _braces(part)
        if wanted != named:
            yield (
                f"names {_listed(named)} where the flow names {_listed(wanted)}.",
                "Write the same names in braces, so that no number is lost.",
            )
    for name in sorted(own.labels.keys() ^ entry.labels.keys()):
        where = "lacks" if name in own.labels else "has, and the flow has not,"
        yield f"{where} '{name}'.", "Write the same names as the flow has."
    for name in sorted(entry.typed.keys() - own.labels.keys()):
        yield f"has words to type for '{name}'.", "The flow has no such button."
    if own.kind == "services" and _digits(own) != _digits(entry):
        yield (
            "has other numbers than the flow.",
            f"Write these, with digits 0 to 9: {', '.join(_digits(own)) or 'none'}.",
        )


def _braces(part: Part) -> list[str]:
    named = {piece for piece in part.pieces if isinstance(piece, Reference)}
    return sorted(map(in_braces, named))


def _listed(names: list[str]) -> str:
    return " and ".join(names) or "nothing"


def _digits(entry: Entry) -> list[str]:
    return sorted(_DIGITS.findall(" ".join(entry.texts)))


def _as_shown(spoken: Flow, translation: Translation, findings: Findings) -> None:
    """Find what a channel or a person could not take, with the flow in these words.

    What is still said in the flow's own words was looked at there.
    """
    found = Findings()
    check_wording(spoken, found)
    check_limits(spoken, found)
    check_profile(spoken, found)
    check_buttons(spoken, found)
    check_typed(spoken, found)
    for finding in found:
        if finding.blocks or finding.at.file == translation.at.file:
            findings.append(finding)
