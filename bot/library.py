"""Flows on disk to a flow that may run, or to findings that say why it must not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from bot.core.checker.check import check_flow
from bot.core.checker.prove import Proven
from bot.core.checker.translations import check_translation
from bot.core.checker.walk import Effort
from bot.core.counting.questions import without_counting
from bot.core.danger.model import Model, from_bytes
from bot.core.danger.recogniser import Recogniser
from bot.core.engine.machine import FlowMachine
from bot.core.errors import FlowUnfit, Unreadable
from bot.core.finding import Finding, Findings, Position
from bot.core.flow import Flow
from bot.core.language.flow_file import read_flow
from bot.core.language.promises_file import read_journeys, read_promises
from bot.core.language.services_file import read_services
from bot.core.language.signs_file import read_signs
from bot.core.language.words_file import read_words
from bot.core.promise import Intent
from bot.core.translation import translated

SIGNS, WEIGHTS = "signs.yaml", "weights.bin"  # the weights stand in the folder `signs`
SHARED = frozenset({"services.yaml", SIGNS})  # may stand beside several flows
OPTIONAL = {
    "promises.yaml": "Write one: without it only the standing rules are proved.",
    "journeys.yaml": "Write one, with the people you have in mind.",
}

Stamp = tuple[tuple[str, int, int], ...]  # of each file: its path, time and size

_LANGUAGE = re.compile(r"[a-z]{2}(?:_[a-z]{2})?")  # the name of a file of words


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
    services = read_services(*_file(folder, "services.yaml", findings), findings)
    signs = read_signs(*_file(folder, SIGNS, findings), findings)
    promises = read_promises(*_file(folder, "promises.yaml", findings), findings)
    journeys = read_journeys(*_file(folder, "journeys.yaml", findings), findings)
    text, name = _file(folder, "flow.yaml", findings)
    recogniser = Recogniser(signs, _model(folder, findings))
    flow = read_flow(text, name, services, recogniser, findings)
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
    for path in sorted(folder.glob("*.yaml")):
        if not _LANGUAGE.fullmatch(path.stem):
            continue
        found = Findings()
        text, name = _file(folder, path.name, found)
        translation = read_words(text, name, path.stem, found)
        if flow and translation and check_translation(flow, translation, found):
            yield translated(flow, translation)
        for finding in found:
            findings.append(finding)


def load_flow(
    folder: Path, proved: Path | None = None, *, counting: bool = False
) -> FlowMachine:
    """Return the flow in a folder, ready to run. Raises FlowUnfit where it must not.

    `counting`: with its questions about counting; they change nothing else.

    `proved` is a file that remembers what was proved last, so that a restart with the
    same files, code and year is quick: people may be waiting.
    """
    digest = _fingerprint(folder)
    known = proved is not None and _said_in(proved) == digest
    effort = Effort(reading_age=False, proof=not known)
    machine = _machine(read_folder(folder, effort=effort), counting=counting)
    if proved is not None and not known and _fingerprint(folder) == digest:
        with suppress(OSError):  # then the next start proves it again
            proved.write_text(digest, encoding="ascii")
    return machine


def load_unproved(folder: Path, *, counting: bool = False) -> FlowMachine:
    """Return the flow in a folder to try out, with its promises perhaps broken.

    Raises FlowUnfit where it cannot be walked at all.
    """
    effort = Effort(reading_age=False, proof=False)
    return _machine(read_folder(folder, effort=effort), counting=counting)


def _machine(reading: Reading, *, counting: bool) -> FlowMachine:
    if reading.flow is None or not reading.runs:
        raise FlowUnfit(reading.findings)
    flows = (reading.flow, *reading.languages)
    own, *others = flows if counting else map(without_counting, flows)
    return FlowMachine(own, others)


def _fingerprint(folder: Path) -> str:
    """Return a digest of all that a proof depends on: files, code, holidays, year."""
    year = date.today().year  # noqa: DTZ011 as read_folder
    digest = sha256(f"{year} {version('holidays')}".encode())
    code = Path(__file__).parent
    for path in (
        *sorted(folder.glob("*.yaml")),
        *(folder.parent / name for name in sorted(SHARED)),
        beside(folder, "signs") / WEIGHTS,
        *sorted(code.rglob("*.py")),
    ):
        with suppress(OSError):  # what is missing is found when it is read
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _said_in(proved: Path) -> str | None:
    try:
        return proved.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return None


def stamp(folder: Path) -> Stamp:
    """Return what differs as soon as a file of a flow has changed, by size and time."""
    found = []
    weights = beside(folder, "signs") / WEIGHTS
    files = sorted(path for f in (folder, folder.parent) for path in f.glob("*.yaml"))
    for path in (*files, weights):
        try:
            status = path.stat()
        except OSError:  # it went while we were looking: that is a change, too
            continue
        found.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(found)


def beside(folder: Path, name: str) -> Path:
    """Return where a shared file or folder stands: in a flow's folder, or beside it."""
    own = folder / name
    return own if own.exists() else folder.parent / name


def _model(folder: Path, findings: Findings) -> Model | None:
    """Return what recognition has learnt; else all but phrases is asked about."""
    path = beside(folder, "signs") / WEIGHTS
    try:
        return from_bytes(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, Unreadable) as error:
        findings.add(
            "weights-unreadable",
            Position(str(path), 1, 1),
            f"what recognition has learnt cannot be read ({type(error).__name__})."
            " Until then, whatever is typed and is no phrase is asked about.",
            "Restore the file, or remove it and run waymark check, which learns anew.",
            blocks=False,
        )
        return None


def _file(folder: Path, name: str, findings: Findings) -> tuple[str | None, str]:
    path = folder / name
    if name in SHARED and not path.is_file():
        path = folder.parent / name
    if name in OPTIONAL and not path.exists():
        findings.add(
            "no-file",
            Position(str(path), 1, 1),
            "there is no such file.",
            OPTIONAL[name],
            blocks=False,
        )
        return "[]", str(path)
    try:
        return path.read_text(encoding="utf-8"), str(path)
    except (OSError, UnicodeDecodeError) as error:
        findings.add(
            "cannot-read",
            Position(str(path), 1, 1),
            f"this file cannot be read ({type(error).__name__}).",
            "Restore it, and save it as plain UTF-8 text.",
        )
        return None, str(path)
