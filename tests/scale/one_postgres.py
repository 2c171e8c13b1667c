"""What one PostgreSQL carries: several front desks and their stores, no Telegram."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from bot.bench.contestants import processor_time
from bot.settings import DATA, STORE
from tests.command import ROOT, environ
from tests.postgres import Postgres, rows

_SETTLES = 0.7  # seconds before what is counted begins
_MOST_SAID = 2**24  # bytes of one line of a process: the seconds of every turn
_COMMITS = "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"

Worker = asyncio.subprocess.Process


@dataclass(frozen=True, slots=True)
class Carried:
    """What one server carried for so many processes.

    `rate`: turns a second of all together. `p50`, `p99`: milliseconds of a turn. `cpu`,
    `server_cpu`: milliseconds of processor time a turn, of the processes and of
    PostgreSQL. `commits`: a second. `asked`, `kept`: turns from the first to the last,
    as the processes and as the server's table of claims have it.
    """

    processes: int
    rate: float
    p50: float
    p99: float
    cpu: float
    server_cpu: float
    commits: float
    asked: int
    kept: int

    @property
    def case(self) -> str:
        """What was varied."""
        return f"processes: {self.processes}"


async def carried(
    processes: int, seconds: float, postgres: Postgres, data: Path
) -> Carried:
    """Measure for so many seconds, in a new database.

    `data` is the folder that the processes share; it holds their key.
    """
    address = postgres.new_address()
    async with AsyncExitStack() as stack:
        workers = [
            await stack.enter_async_context(_worker(address, data))
            for _ in range(processes)
        ]
        for worker in workers:
            assert await _said(worker) == b"ready\n"
        await asyncio.sleep(_SETTLES)
        before = _used(workers, postgres, address)
        _tell(workers)
        await asyncio.sleep(seconds)
        _tell(workers)
        after = _used(workers, postgres, address)
        saw = [json.loads(await _said(worker)) for worker in workers]
    ((kept,),) = rows(address, "SELECT count(*)::int FROM claim")
    assert isinstance(kept, int)
    took = [second for each in saw for second in each["took"]]
    parts = quantiles(took, n=100)
    spent = sum(each["spent"] for each in saw) / processes
    cpu, server_cpu, commits = (b - a for a, b in zip(before, after, strict=True))
    return Carried(
        processes,
        rate=len(took) / spent,
        p50=1000 * parts[49],
        p99=1000 * parts[98],
        cpu=1000 * cpu / len(took),
        server_cpu=1000 * server_cpu / len(took),
        commits=commits / spent,
        asked=sum(each["asked"] for each in saw),
        kept=kept,
    )


@asynccontextmanager
async def _worker(address: str, data: Path) -> AsyncIterator[Worker]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.scale.desk"),
        cwd=ROOT,
        env=environ(**{DATA: str(data), STORE: address}),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=_MOST_SAID,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def _said(worker: Worker) -> bytes:
    assert worker.stdout
    return await worker.stdout.readline()


def _tell(workers: list[Worker]) -> None:
    for worker in workers:
        assert worker.stdin
        worker.stdin.write(b"\n")


def _used(
    workers: list[Worker], postgres: Postgres, address: str
) -> tuple[float, float, float]:
    """Return processor time of the processes and of the server, and its commits."""
    ((commits,),) = rows(address, _COMMITS)
    assert isinstance(commits, int)
    ours = sum(processor_time(worker.pid) for worker in workers)
    return ours, sum(map(processor_time, postgres.processes())), float(commits)
