"""Prints what docs/scale.md says of machine and database: `-m tests.scale.carried`.

`postgres`: several processes on one PostgreSQL. `bots`: several bots on this machine.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import uvloop

from bot.bench.table import ends
from bot.bootstrap import PROVED, build_sealer
from bot.proved import load_flow
from bot.settings import DATA, read_settings
from tests.postgres import Postgres
from tests.scale import many_bots, one_postgres

Column = tuple[str, Callable[[Any], float], int]  # its head, its figure, its places
Rounds = Sequence[Sequence[Any]]  # in each the same cases
Measure = Callable[[Sequence[int], int, float, Path], Coroutine[Any, Any, Rounds]]

TURNS: Sequence[Column] = (
    ("turns/s", lambda each: each.rate, 0),
    ("p50 ms", lambda each: each.p50, 0),
    ("p99 ms", lambda each: each.p99, 0),
    ("CPU ms", lambda each: each.cpu, 2),
)
POSTGRES: Sequence[Column] = (
    *TURNS,
    ("server CPU ms", lambda each: each.server_cpu, 2),
    ("commits/s", lambda each: each.commits, 0),
    ("lost", lambda each: each.asked - each.kept, 0),
)
BOTS: Sequence[Column] = (
    *TURNS,
    ("of a core each %", lambda each: each.busy, 1),
    ("people %", lambda each: each.people, 0),
    ("MB each", lambda each: each.memory, 0),
    ("MB of its own", lambda each: each.own, 0),
    ("lost", lambda each: each.lost, 0),
)


def table(columns: Sequence[Column], rounds: Rounds) -> Iterator[str]:
    """Give the lines of a table: of each case its median, the least and the most."""
    yield "| | " + " | ".join(head for head, _, _ in columns) + " |"
    yield "|---|" + "--:|" * len(columns)
    for case in zip(*rounds, strict=True):
        cells = (ends([of(one) for one in case], places) for _, of, places in columns)
        yield f"| {case[0].case} | " + " | ".join(cells) + " |"


async def postgres_rounds(
    counts: Sequence[int], rounds: int, seconds: float, data: Path
) -> list[list[one_postgres.Carried]]:
    """Measure one server, that waits for the disk at every commit, round by round."""
    # Not in the data folder: that is closed to the user that PostgreSQL becomes.
    with TemporaryDirectory(prefix="waymark-postgres-") as folder:
        server = Postgres(Path(folder) / "server")
        try:
            return [
                [await one_postgres.carried(n, seconds, server, data) for n in counts]
                for _ in range(rounds)
            ]
        finally:
            server.stop()


async def bots_rounds(
    counts: Sequence[int], rounds: int, seconds: float, data: Path
) -> list[list[many_bots.Carried]]:
    """Measure bots of their own, round by round; each count under both loads."""
    loads = (many_bots.STEADY, many_bots.SATURATED)
    return [
        [
            each
            for bots in counts
            for each in await many_bots.carried(bots, loads, seconds, data)
        ]
        for _ in range(rounds)
    ]


def synced(folder: Path) -> float:
    """Return how many milliseconds the disk takes for a page, the median of 50."""
    took = []
    with (folder / "synced").open("wb", buffering=0) as file:
        for _ in range(50):
            began = time.perf_counter()
            file.write(bytes(8192))
            os.fdatasync(file.fileno())
            took.append(time.perf_counter() - began)
    return 1000 * median(took)


WHAT: Mapping[str, tuple[Measure, Sequence[Column]]] = {
    "postgres": (postgres_rounds, POSTGRES),
    "bots": (bots_rounds, BOTS),
}


def main() -> None:
    """Measure what is asked for, and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=tuple(WHAT))
    parser.add_argument("--counts", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0)
    asked = parser.parse_args()
    measure, columns = WHAT[asked.what]
    with (
        TemporaryDirectory() as folder,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        data = Path(folder)
        prepare(data)
        told = [f"A page is on the disk after {synced(data):.1f} ms.", ""]
        rounds = (asked.counts, asked.rounds, asked.seconds, data)
        told += table(columns, runner.run(measure(*rounds)))
    print("\n".join(told))  # noqa: T201 a table to read


def prepare(data: Path) -> None:
    """Put a key and the proof of the flow there, as a first start does."""
    chosen = read_settings({DATA: str(data)})
    build_sealer(chosen)
    load_flow(chosen.flow, data / PROVED)


if __name__ == "__main__":
    main()
