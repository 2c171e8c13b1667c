"""The soak: a simulated day of many people, and what it took. `make soak` runs it."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.beforehand import read_now
from bot.in_time import PATIENCE_SECONDS
from bot.library import load_unproved
from tests.soak.day import Clock, Day, State, state
from tests.soak.stores import KINDS, opened
from tests.walk import SHIPPED

WARM_UP, SEED = 500, 4
# By the end of the day, and days later, times as many as at its beginning.
MOST_LONGER, MOST_OBJECTS = 2.0, 1.05
# A disk in memory where there is one: how long a real one takes to write is not asked.
IN_MEMORY = Path("/dev/shm")  # noqa: S108 a folder of its own is made in it


async def soak(kind: str, people: int, folder: Path) -> tuple[str, list[str]]:
    """Let a day pass; return what to tell, and what is not as it must be."""
    clock, machine = Clock(), load_unproved(SHIPPED)
    async with opened(kind, folder, clock) as store:
        warm = Day(machine, store, clock)
        await warm.passes(WARM_UP, SEED)
        await warm.ends()
        read_now(machine.flow, clock)  # else a part of the day's would be this
        seen, began = {"before": state()}, time.monotonic()
        day = Day(machine, store, clock)
        await day.passes(people, SEED)
        seen["midnight"] = state()
        await day.ends()
        await asyncio.sleep(2 * PATIENCE_SECONDS)  # the timers of the last turns go
        seen["days later"] = state()
    took = time.monotonic() - began
    came = f"{people} people, {day.updates} updates, {took:.0f} s"
    told = "\n".join(
        (
            f"{kind}: {came}; {day.left} left, {day.cleared} were forgotten",
            *(f"  {name}: {each}" for name, each in seen.items()),
            "  microseconds of the processor for an update, hour by hour:",
            "  " + " ".join(f"{hour.each:.0f}" for hour in day.hours[:24]),
        )
    )
    return told, _wrong(seen["before"], seen["days later"], day)


def _wrong(before: State, after: State, day: Day) -> list[str]:
    """Return what a day must not leave, or take."""
    hours = day.hours[:24]
    found = {
        "more files are open": after.files > before.files,
        "objects are left": after.objects > MOST_OBJECTS * before.objects,
        "an update takes longer": hours[-1].each > MOST_LONGER * hours[0].each,
    }
    return [wrong for wrong, is_so in found.items() if is_so]


def main() -> None:
    """Run it: `python -m tests.soak [PEOPLE] [STORE…]`."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    place = IN_MEMORY if IN_MEMORY.is_dir() else None
    for kind in sys.argv[2:] or KINDS:
        with TemporaryDirectory(prefix="waymark-soak-", dir=place) as folder:
            told, wrong = asyncio.run(soak(kind, people, Path(folder)))
        sys.stdout.write(f"{told}\n")
        if wrong:
            sys.exit(f"{kind}: {', '.join(wrong)}")


if __name__ == "__main__":
    main()
