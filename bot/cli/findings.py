"""Findings, figures and verdicts as lines for a person, or as JSON for a script."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from shlex import quote
from typing import Any

from bot.core.checker.mutate import Verdict
from bot.core.finding import Finding
from bot.library import Reading


def report(folder: Path, reading: Reading) -> Iterator[str]:
    """Give the lines that a person reads: findings first, then what was proved."""
    if not folder.is_dir():
        yield (
            f"{folder}: there is no such folder. A flow's folder has a flow.yaml in it,"
            " such as flows/stalking."
        )
        return
    due = [found for found in reading.findings if found.rule == "due-for-review"]
    for found in reading.findings:
        if found not in due:
            yield str(found)
            yield from _to_paste(folder, found)
            if found.touches > 1:
                yield f"    (in {found.touches:,} situations)"
    proven, kept = reading.proven, not reading.blocked
    if proven:
        yield (
            f"walked through {proven.configurations:,} situations; {proven.promises}"
            f" promises {'held' if kept else 'looked at'} in each"
        )
    if reading.languages:
        yield f"languages on offer: {', '.join(reading.on_offer)}"
    yield _verdict(folder, reading, len(due))


def _verdict(folder: Path, reading: Reading, due: int) -> str:
    """Return the last line, which somebody reads who reads no other."""
    blocking = sum(found.blocks for found in reading.findings)
    advice = len(reading.findings) - blocking - due
    fit = "not fit to publish" if reading.blocked else "fit to publish"
    more = f"; {advice} to look at" if advice else ""
    are = "1 service is" if due == 1 else f"{due} services are"
    review = f" {are} due for review: see waymark services." if due else ""
    return f"{folder}: {fit}: {blocking or 'nothing'} to mend{more}.{review}"


def as_json(reading: Reading, verdicts: Iterable[Verdict] = ()) -> str:
    """Return findings, figures and verdicts as one JSON object."""
    proven = reading.proven
    told: dict[str, Any] = {
        "findings": [_plain(found) for found in reading.findings],
        "summary": {
            "fit": not reading.blocked,
            "findings": len(reading.findings),
            "blocking": sum(found.blocks for found in reading.findings),
            "languages": list(reading.on_offer),
        },
    }
    if proven:
        told["proved"] = {
            "configurations": proven.configurations,
            "moves": proven.moves,
            "promises": proven.promises,
            "moments": proven.moments,
        }
    mutants = [
        {"mutant": v.mutant, "fate": v.fate, "why": v.why, "shown_by": list(v.shown_by)}
        for v in verdicts
    ]
    return json.dumps(told | ({"mutants": mutants} if mutants else {}), indent=1)


def report_verdicts(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """Give what became of the mutants: those that were not killed, and the sums."""
    verdicts = list(verdicts)
    for verdict in verdicts:
        if verdict.fate != "killed":
            yield f"{verdict.fate}: {verdict.mutant}: {verdict.why}."
            yield from (f"    {line}" for line in verdict.shown_by)
    fates = [verdict.fate for verdict in verdicts]
    yield (
        f"{len(fates)} mutants: {fates.count('killed')} killed,"
        f" {fates.count('equivalent')} equivalent, {fates.count('survived')} survived."
    )


def _to_paste(folder: Path, found: Finding) -> Iterator[str]:
    """Give the command, with the folder it is for, and the lines to type into it."""
    for number, line in enumerate(found.shown_by):
        yield f"    {line}" if number else f"    {line} --flow {quote(str(folder))}"


def _plain(found: Finding) -> dict[str, object]:
    return {
        "rule": found.rule,
        "file": found.at.file,
        "line": found.at.line,
        "column": found.at.column,
        "says": found.says,
        "cure": found.cure,
        "blocks": found.blocks,
        "shown_by": list(found.shown_by),
        "touches": found.touches,
    }
