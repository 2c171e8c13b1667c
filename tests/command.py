"""The real command in a process of its own, as an operator or a check starts it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SMALL_FLOW = ROOT / "tests" / "cli_flows" / "small"
# Seconds: a busy machine may take long, and only what hangs takes as long as this.
PATIENCE = 300
COMMAND = (sys.executable, "-m", "bot")

Send = Callable[[str], dict[str, Any]]


def environ(**settings: str) -> dict[str, str]:
    """Return this process's environment with no settings of ours but these."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("WAYMARK_")
    }
    return {**kept, "PYTHONPATH": str(ROOT), **settings}


@contextmanager
def interruptible() -> Iterator[None]:
    """Let the processes that start meanwhile be ended by SIGINT, as from a terminal.

    A shell starts what runs in the background with SIGINT ignored, and so would they.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def waymark(
    *arguments: str, typed: str = "", cwd: Path = ROOT, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end, with these lines typed, and return what it said."""
    return subprocess.run(
        [*COMMAND, *arguments],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env=environ(**settings),
        timeout=PATIENCE,
        check=False,
    )


def talk(
    lines: Iterable[object],
    *arguments: str,
    forget_after: str = "",
    zone: str = "Europe/London",
) -> list[dict[str, Any]]:
    """Send `chat --json` each object on a line; return the objects that came back."""
    typed = "".join(f"{json.dumps(line)}\n" for line in lines)
    ran = waymark(
        *("chat", "--json", "--flow", str(SMALL_FLOW), *arguments),
        typed=typed,
        WAYMARK_FORGET_AFTER=forget_after,
        TZ=zone,
    )
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


@contextmanager
def conversation() -> Iterator[Send]:
    """Give a function that sends one line and waits for the object that answers it."""
    with subprocess.Popen(
        [*COMMAND, "chat", "--json", "--flow", str(SMALL_FLOW)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=environ(),
    ) as process:
        pipe, answers = process.stdin, process.stdout
        assert pipe is not None
        assert answers is not None

        def send(line: str) -> dict[str, Any]:
            pipe.write(line.encode() + b"\n")
            pipe.flush()
            answer: dict[str, Any] = json.loads(answers.readline())
            return answer

        yield send
        pipe.close()
        assert process.wait(timeout=PATIENCE) == 0
