"""Flows on disk to a flow that may run, or to findings that say why it must not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.core.checker.check import check_flow
from bot.core.checker.prove import Proven
from bot.core.checker.translations import check_translation
from bot.core.checker.walk import Effort
from bot.core.counting.questions import machine_of
from bot.core.engine.machine import FlowMachine
from bot.core.errors import FlowUnfit
from bot.core.finding import Finding, Findings
from bot.core.flow import Flow
from bot.core.language.promises_file import read_journeys, read_promises
from bot.core.promise import Intent
from bot.core.translation import translated
from bot.folder import read_other_words, read_outline, text_of


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a folder.

    `flow` is None where it has no outline; `proven` where it is not sound enough to be
    walked; `intent` is what it was held against. `languages` is the flow in each other
    language on offer. `runs`: it is fit to run, in its own language at least.
    """

    flow: Flow | None
    findings: tuple[Finding, ...]
    proven: Proven | None = None
    intent: Intent | None = None
    languages: tuple[Flow, ...] = ()
    runs: bool = False

    @property
    def on_offer(self) -> tuple[str, ...]:
        """The languages that people can choose, the flow's own first."""
        flows = (self.flow, *self.languages) if self.flow else ()
        return tuple(flow.language for flow in flows)

    @property
    def blocked(self) -> bool:
        """Whether the flow must not be published as it is."""
        return self.flow is None or any(found.blocks for found in self.findings)


def read_folder(
    folder: Path,
    today: date | None = None,
    effort: Effort | None = None,
    old: Flow | None = None,
) -> Reading:
    """Read the flow in a folder, check it, and prove its promises on every way.

    services.yaml and signs.yaml stand in the folder itself, or else beside it.
    `today` decides what is due for review, and from where opening hours are looked at.
    `old` is the version before, whose people must each find a place in this one.
    """
    findings = Findings()
    promises = read_promises(*text_of(folder, "promises.yaml", findings), findings)
    journeys = read_journeys(*text_of(folder, "journeys.yaml", findings), findings)
    flow = read_outline(folder, findings)
    if flow is None:
        return Reading(None, tuple(findings))
    today = today or date.today()  # noqa: DTZ011 the day where the operator is
    intent = Intent(promises, journeys, today)
    proven = check_flow(flow, intent, findings, effort or Effort(), old)
    runs = not findings.block
    in_other_words = Findings()
    languages = tuple(_languages(folder, flow if runs else None, in_other_words))
    found = (*findings, *in_other_words)
    return Reading(flow, found, proven, intent, languages, runs)


def _languages(folder: Path, flow: Flow | None, findings: Findings) -> Iterator[Flow]:
    """Give the flow in each other language that is fit to be offered.

    A mistake in one of its files takes that language away and nothing else. `flow` is
    None where its own words must be mended first.
    """
    for translation, found in read_other_words(folder):
        if flow and translation and check_translation(flow, translation, found):
            yield translated(flow, translation)
        for finding in found:
            findings.append(finding)


def load_flow(folder: Path, *, counting: bool = False) -> FlowMachine:
    """Return the flow in a folder, ready to run. Raises FlowUnfit where it must not.

    `counting`: with its questions about counting; they change nothing else.
    """
    reading = read_folder(folder, effort=Effort(reading_age=False))
    return _machine(reading, folder, counting=counting)


def load_unproved(folder: Path, *, counting: bool = False) -> FlowMachine:
    """Return the flow in a folder to try out, with its promises perhaps broken.

    Raises FlowUnfit where it cannot be walked at all.
    """
    effort = Effort(reading_age=False, proof=False)
    reading = read_folder(folder, effort=effort)
    return _machine(reading, folder, counting=counting)


def _machine(reading: Reading, folder: Path, *, counting: bool) -> FlowMachine:
    if reading.flow is None or not reading.runs:
        raise FlowUnfit(reading.findings, str(folder))
    return machine_of((reading.flow, *reading.languages), counting=counting)
