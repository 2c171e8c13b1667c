"""promises.yaml and journeys.yaml to promises and journeys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from bot.core.finding import Findings
from bot.core.flow import NONE
from bot.core.hours import WRITE_A_MOMENT, read_moment
from bot.core.language.fitting import fit
from bot.core.language.intent_grammar import JOURNEYS_FILE, PROMISES_FILE
from bot.core.language.lines import read_yaml
from bot.core.language.nodes import Node, Table, Word, each, texts, whole
from bot.core.language.steps import read_set, read_when
from bot.core.language.texts import read_part
from bot.core.promise import OPEN_NOW, Deed, Journey, Promise, Wanted

_TAPS = re.compile("[1-9][0-9]?")
# What is not looked at beside the key on the left: it would look proved, and not be.
_NOT_BESIDE = {
    "after": ("at", "at_every_outcome"),
    "at_every_outcome": ("shows", "never_shows"),
    "at_most": (
        *("when", "after", "except", "at"),
        *("shows", "never_shows", "at_every_outcome"),
    ),
}


def read_promises(
    text: str | None, file: str, findings: Findings
) -> tuple[Promise, ...]:
    """Return the promises of a file; what is wrong becomes findings.

    `text` is None where the file could not be opened.
    """
    root = read_yaml(text, file, findings)
    fitted = fit(root, PROMISES_FILE, "this file", findings) if root else None
    return tuple(_promises(fitted, findings))


def read_journeys(
    text: str | None, file: str, findings: Findings
) -> tuple[Journey, ...]:
    """Return the journeys of a file; what is wrong becomes findings.

    `text` is None where the file could not be opened.
    """
    root = read_yaml(text, file, findings)
    fitted = fit(root, JOURNEYS_FILE, "this file", findings) if root else None
    return tuple(
        _journey(node, findings) for node in each(fitted) if isinstance(node, Table)
    )


def _promises(root: Node | None, findings: Findings) -> Iterator[Promise]:
    for node in each(root):
        if isinstance(node, Table):
            promise = _promise(node, findings)
            if promise is not None:
                yield promise


def _promise(node: Table, findings: Findings) -> Promise | None:
    everywhere = node.get("at_every_outcome")
    claims = everywhere if isinstance(everywhere, Table) else node
    taps = node.table("at_most").get("taps")
    shows, never = _wanted(claims.get("shows")), _wanted(claims.get("never_shows"))
    whens = [key for key in ("when", "after") if node.get(key)]
    more = [key for key in ("reads", "route") if node.get(key)]
    says_nothing = not (shows or never or taps or more) and whole(node)
    if says_nothing or len(whens) > 1:
        findings.add(
            "empty-promise",
            node.at,
            f"'{node.text('promise')}' does not say one thing that can be proved.",
            "Give it shows, never_shows, reads, route, at_every_outcome or at_most; and"
            " at most one of when and after.",
        )
        return None
    _not_proved(node, never, findings)
    unless = node.get("except")
    return Promise(
        says=node.text("promise"),
        at=node.at,
        when=read_when(node.get(whens[0]) if whens else None),
        unless=read_when(unless) if unless else None,
        after="after" in whens,
        outcomes=everywhere is not None,
        steps=texts(node.get("at")),
        shows=shows,
        never_shows=never,
        reads=tuple(
            read_part(word, findings)
            for word in each(node.get("reads"))
            if isinstance(word, Word)
        ),
        route=node.text("route") or None,
        taps=_taps(taps, findings),
    )


def _not_proved(node: Table, never: Wanted | None, findings: Findings) -> None:
    together = [
        (key, other)
        for key, others in _NOT_BESIDE.items()
        for other in others
        if node.get(key) and node.get(other)
    ]
    if never and OPEN_NOW in (never.properties or {}):
        together.append(("never_shows", OPEN_NOW))
    for key, other in together[:1]:
        findings.add(
            "not-proved",
            node.at,
            f"'{node.text('promise')}' has '{key}' with '{other}', which would not be"
            " looked at.",
            "Take one out, or make two promises of it.",
        )


def _taps(node: Node | None, findings: Findings) -> int | None:
    if not isinstance(node, Word):
        return None
    if _TAPS.fullmatch(node.value):
        return int(node.value)
    findings.add(
        "not-a-number",
        node.at,
        f"'{node.value}' is not a number of taps.",
        "Write 1, 2, 3 and so on, up to 99.",
    )
    return None


def _wanted(node: Node | None) -> Wanted | None:
    if node is None:
        return None
    if isinstance(node, Table):
        return Wanted(
            properties={
                key.value: value.value
                for key, value in node.entries
                if isinstance(value, Word)
            }
        )
    return Wanted(names=texts(node))


def _journey(node: Table, findings: Findings) -> Journey:
    answers = {
        fact: () if answer == (NONE,) else answer
        for fact, answer in read_set(node.get("answers")).items()
    }
    return Journey(
        who=node.text("who"),
        at=node.at,
        answers=answers,
        then=tuple(_deeds(node.get("then"), findings)),
        arrives=node.text("arrives"),
        shows=texts(node.get("shows")),
        never_shows=texts(node.get("never_shows")),
        moment=_moment(node.get("at"), findings),
    )


def _deeds(node: Node | None, findings: Findings) -> Iterator[Deed]:
    for item in each(node):
        if isinstance(item, Word):
            yield Deed(tap=item.value)
        elif isinstance(item, Table) and len(item.entries) == 1:
            yield Deed(
                says=item.text("says") or None,
                interrupt=item.text("interrupt") or None,
                stands_at=item.text("stands_at") or None,
            )
        elif whole(item):
            findings.add(
                "not-one-deed",
                item.at,
                "here is not one thing that is done.",
                "Write one of {says: words}, {interrupt: name} and {stands_at: step}.",
            )


def _moment(node: Node | None, findings: Findings) -> datetime | None:
    if not isinstance(node, Word):
        return None
    try:
        return read_moment(node.value)
    except ValueError:
        findings.add(
            "not-a-time",
            node.at,
            f"'{node.value}' is not a day and time.",
            WRITE_A_MOMENT,
        )
        return None
