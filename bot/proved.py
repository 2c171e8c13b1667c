"""What was proved of a flow is remembered, so that a start is quick: people may wait.

It holds for the same files, code and year, and for nothing else. It is remembered where
a bot keeps its data, and in the flow's own folder by `waymark check`, so that what was
checked before it was installed need not be proved by whoever starts it first.
"""

from __future__ import annotations

import gc
from contextlib import suppress
from datetime import date
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from bot.core.counting.questions import machine_of
from bot.core.engine.machine import FlowMachine
from bot.core.finding import Findings
from bot.core.translation import translated
from bot.folder import SHARED, read_other_words, read_outline
from bot.learnt import WEIGHTS, beside

PROVED = "flow.proved"  # the name of the file; it says a digest, then languages


def load_flow(
    folder: Path, place: Path | None = None, *, counting: bool = False
) -> FlowMachine:
    """Return the flow in a folder, proved now or before.

    `place` is the file in which to remember it. `counting`: with its questions about
    counting; they change nothing else. Raises FlowUnfit where it must not run.
    """
    digest = fingerprint(folder)
    for known in (place, folder / PROVED):
        machine = _as_proved(folder, _said_in(known), digest, counting=counting)
        if machine is not None:
            return machine
    # The checker takes long to import, and is not needed where nothing has changed.
    from bot.library import load_flow as prove  # noqa: PLC0415

    machine = prove(folder, counting=counting)
    gc.collect()  # of a proof much is left over, and a process may never look so far
    if place:
        remember(folder, digest, machine.languages[1:], place)
    return machine


def remember(
    folder: Path, digest: str, languages: tuple[str, ...], place: Path | None = None
) -> None:
    """Write down that a flow is proved, and the other languages that it may offer.

    `digest` is the `fingerprint` from before the proof; `place` is a file, None for
    the one in the flow's own folder.
    """
    if fingerprint(folder) != digest:
        return  # it was edited meanwhile
    with suppress(OSError):  # then it is proved again
        (place or folder / PROVED).write_text(" ".join((digest, *languages)), "ascii")


def fingerprint(folder: Path) -> str:
    """Return a digest of all that a proof depends on: files, code, holidays, year."""
    year = date.today().year  # noqa: DTZ011 the year where the operator is
    digest = sha256(str(year).encode())
    code = Path(__file__).parent
    days = find_spec("holidays")  # to import it takes as long as all of this
    library = Path(days.origin).parent if days and days.origin else code
    for path in (
        *sorted(folder.glob("*.yaml")),
        *(folder.parent / name for name in sorted(SHARED)),
        beside(folder, "signs") / WEIGHTS,
        *sorted(code.glob("*.py")),
        *sorted((code / "core").rglob("*.py")),  # of what is below, all that reads one
        library / "version.py",
    ):
        with suppress(OSError):  # what is missing is found when it is read
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _as_proved(
    folder: Path, said: list[str], digest: str, *, counting: bool
) -> FlowMachine | None:
    """Return the flow as it was proved; None where it was not."""
    if not said or said[0] != digest:
        return None
    flow = read_outline(folder, Findings(), proved=True)
    if flow is None:
        return None
    words = (translation for translation, _ in read_other_words(folder))
    offered = (each for each in words if each and each.language in said[1:])
    others = (translated(flow, each) for each in offered)
    return machine_of((flow, *others), counting=counting)


def _said_in(place: Path | None) -> list[str]:
    try:
        return place.read_text(encoding="ascii").split() if place else []
    except (OSError, UnicodeDecodeError):
        return []
