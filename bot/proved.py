"""What was proved of a flow is remembered, so that a start is quick: people may wait.

It holds for the same files, code and year, and for nothing else. It is remembered where
a bot keeps its data, and in the flow's own folder by `waymark check`, so that what was
checked before it was installed need not be proved by whoever starts it first.

With it are the bank holidays of that year and the next, for which the proof was made:
to ask for them anew would hold up everybody, once.
"""

from __future__ import annotations

import gc
from contextlib import suppress
from datetime import date
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bot.core.bank_holidays import NATIONS, bank_holidays, know_bank_holidays
from bot.core.counting.questions import machine_of
from bot.core.engine.machine import FlowMachine
from bot.core.finding import Findings
from bot.core.translation import translated
from bot.folder import SHARED, read_other_words, read_outline
from bot.learnt import WEIGHTS, beside
from bot.quick_json import read_json, write_json

PROVED = "flow.proved"  # the name of the file


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
    from bot.library import load_flow as prove

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
    says = {"proof": digest, "languages": languages, "bank_holidays": _bank_holidays()}
    with suppress(OSError):  # then it is proved again
        (place or folder / PROVED).write_bytes(write_json(says))


def fingerprint(folder: Path) -> str:
    """Return a digest of all that a proof depends on: files, code, holidays, year."""
    digest = sha256(str(_this_year()).encode())
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
    folder: Path, said: dict[str, Any], digest: str, *, counting: bool
) -> FlowMachine | None:
    """Return the flow as it was proved; None where it was not."""
    if said.get("proof") != digest:
        return None
    flow = read_outline(folder, Findings(), proved=True)
    if flow is None:
        return None
    _know(said["bank_holidays"])
    words = (translation for translation, _ in read_other_words(folder))
    offered = (each for each in words if each and each.language in said["languages"])
    others = (translated(flow, each) for each in offered)
    return machine_of((flow, *others), counting=counting)


def _said_in(place: Path | None) -> dict[str, Any]:
    try:
        said = read_json(place.read_bytes()) if place else {}
    except (OSError, ValueError):  # there is none, or it was not written to its end
        return {}
    return said if isinstance(said, dict) else {}


def _bank_holidays() -> dict[str, dict[str, list[str]]]:
    """Return the days by code of a nation and year."""
    years = (_this_year(), _this_year() + 1)
    return {
        code: {
            str(year): sorted(day.isoformat() for day in bank_holidays(nation, year))
            for year in years
        }
        for nation, code in NATIONS.items()
    }


def _know(days: dict[str, dict[str, list[str]]]) -> None:
    for nation, code in NATIONS.items():
        for year, written in days[code].items():
            know_bank_holidays(nation, int(year), map(date.fromisoformat, written))


def _this_year() -> int:
    return date.today().year  # noqa: DTZ011 the year where the operator is
