"""Where nothing can be reached but Telegram, Waymark works, and tries nothing else."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.command import ROOT, environ
from tests.postgres import Postgres

# Without root, a user namespace gives the rights that the network's own needs.
APART = ("unshare", "--net") if os.geteuid() == 0 else ("unshare", "--net", "-r")


def _can_be_apart() -> bool:
    try:
        tried = subprocess.run(
            [*APART, "test", "-w", "/dev/net/tun"], capture_output=True, check=False
        )
    except OSError:
        return False
    return tried.returncode == 0


pytestmark = pytest.mark.skipif(
    not _can_be_apart() and not os.environ.get("CI"),
    reason="no network namespaces here: this needs Linux, `unshare` and /dev/net/tun",
)


def what_left(mode: str, store: str = "") -> list[str]:
    """Return where packets went while somebody was served in a network of its own."""
    ran = subprocess.run(
        [*APART, sys.executable, "-m", "tests.alone.inside", mode, store],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=environ(),
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.split("\n")[:-1]


@pytest.mark.parametrize(
    ("mode", "kind"), [("polling", "sqlite"), ("webhook", "postgres")]
)
def test_a_whole_conversation_contacts_nobody_but_telegram(
    postgres: Postgres, mode: str, kind: str
) -> None:
    """No name is asked for, and whoever watches the wire sees Telegram alone."""
    store = postgres.new_address() if kind == "postgres" else ""

    assert [line for line in what_left(mode, store) if line] == []


@pytest.mark.slow
def test_whatever_reaches_out_is_seen() -> None:
    """A test that could see nothing would prove nothing: name, Python, and C."""
    left = what_left("stray")

    assert any(line.endswith(" port 53") for line in left)
    assert "198.51.100.7 port 443" in left
    assert "198.51.100.7 port 444" in left
