"""promises.yaml and journeys.yaml to promises and journeys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.core.finding import Findings
from bot.core.flow import NONE
from bot.core.hours import LONDON
from bot.core.language.fitting import fit
from bot.core.language.grammar import JOURNEYS_FILE, PROMISES_FILE
from bot.core.language.lines import read_yaml
from bot.core.language.nodes import Node, Table, Word, each, texts
from bot.core.language.steps import read_set, read_when
from bot.core.promise import Deed, Journey, Promise, Wanted


def read_promises(text: str, file: str, findings: Findings) -> tuple[Promise, ...]:
    """Return the promises of a file; what is wrong becomes findings."""
    root = read_yaml(text, file, findings)
    fitted = fit(root, PROMISES_FILE, "this file", findings) if root else None
    return tuple(_promises(fitted, findings))


def read_journeys(text: str, file: str, findings: Findings) -> tuple[Journey, ...]:
    """Return the journeys of a file; what is wrong becomes findings."""
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
    taps = node.table("at_most").text("taps")
    shows, never = _wanted(claims.get("shows")), _wanted(claims.get("never_shows"))
    whens = [key for key in ("when", "after") if node.get(key)]
    if (not shows and not never and not taps) or len(whens) > 1:
        findings.add(
            "empty-promise",
            node.at,
            f"'{node.text('promise')}' does not say one thing that can be proved.",
            "Give it shows, never_shows, at_every_outcome or at_most; and at most one"
            " of when and after.",
        )
        return None
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
        taps=int(taps) if taps.isdecimal() else None,
    )


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
        then=tuple(_deeds(node.get("then"))),
        arrives=node.text("arrives"),
        shows=texts(node.get("shows")),
        never_shows=texts(node.get("never_shows")),
        moment=_moment(node.get("at"), findings),
    )


def _deeds(node: Node | None) -> Iterator[Deed]:
    for item in each(node):
        if isinstance(item, Word):
            yield Deed(tap=item.value)
        elif isinstance(item, Table):
            yield Deed(
                says=item.text("says") or None,
                interrupt=item.text("interrupt") or None,
                stands_at=item.text("stands_at") or None,
            )


def _moment(node: Node | None, findings: Findings) -> datetime | None:
    if not isinstance(node, Word):
        return None
    try:
        return datetime.fromisoformat(node.value).replace(tzinfo=LONDON)
    except ValueError:
        findings.add(
            "not-a-time",
            node.at,
            f"'{node.value}' is not a day and time.",
            "Write UK time as 2026-12-25T03:00.",
        )
        return None
