"""The files of a flow to the flow itself: read, and not yet checked.

services.yaml, signs.yaml and what recognition has learnt stand in the flow's folder
itself, or else beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bot.core.danger.recogniser import Recogniser
from bot.core.finding import Findings, Position
from bot.core.flow import Flow
from bot.core.language.flow_file import read_flow
from bot.core.language.services_file import read_services
from bot.core.language.signs_file import read_signs
from bot.core.language.words_file import read_words
from bot.core.translation import Translation
from bot.learnt import ENCODER, WEIGHTS, Learnt, beside

SIGNS = "signs.yaml"
SHARED = frozenset({"services.yaml", SIGNS})  # may stand beside several flows
OPTIONAL = {
    "promises.yaml": "Write one: without it only the standing rules are proved.",
    "journeys.yaml": "Write one, with the people you have in mind.",
}

Stamp = tuple[tuple[str, int, int], ...]  # of each file: its path, time and size

_LANGUAGE = re.compile(r"[a-z]{2}(?:_[a-z]{2})?")  # the name of a file of words


def read_outline(
    folder: Path, findings: Findings, *, proved: bool = False
) -> Flow | None:
    """Return the flow in its own language; None where no flow can be made of it.

    `proved`: it was looked at before, and nothing has changed.
    """
    services = read_services(*text_of(folder, "services.yaml", findings), findings)
    signs = read_signs(*text_of(folder, SIGNS, findings), findings)
    learnt = Learnt(folder)
    if not proved:
        learnt.look(findings)
    recogniser = Recogniser(signs, read=learnt)
    text, name = text_of(folder, "flow.yaml", findings)
    return read_flow(text, name, services, recogniser, findings)


def read_other_words(folder: Path) -> Iterator[tuple[Translation | None, Findings]]:
    """Give what is read from each file of words in another language, by its name."""
    for path in sorted(folder.glob("*.yaml")):
        if _LANGUAGE.fullmatch(path.stem):
            findings = Findings()
            text, name = text_of(folder, path.name, findings)
            yield read_words(text, name, path.stem, findings), findings


def stamp(folder: Path) -> Stamp:
    """Return what differs as soon as a file of a flow has changed, by size and time."""
    found = []
    learnt = beside(folder, "signs")
    files = sorted(path for f in (folder, folder.parent) for path in f.glob("*.yaml"))
    for path in (*files, learnt / WEIGHTS, learnt / ENCODER):
        try:
            status = path.stat()
        except OSError:  # it went while we were looking: that is a change, too
            continue
        found.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(found)


def text_of(folder: Path, name: str, findings: Findings) -> tuple[str | None, str]:
    """Return the text of a file, None where there is none to read, and its path."""
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
