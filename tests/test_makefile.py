"""`make test` on a fresh machine gets a browser, or says in a line why not."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.command import ROOT

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="there is no make")
WHY = "There is no Chromium, so tests of pages are skipped"


def browser(folder: Path, **programs: str) -> tuple[str, list[str]]:
    """Run `make browser` where there are only these programs, each a line of shell.

    Returns what it said, and how apt-get was called.
    """
    calls = folder / "calls"
    for name, does in programs.items():
        program = folder / name.replace("_", "-")
        program.write_text(f'#!/bin/sh\necho "$@" >> {calls}\n{does}\n')
        program.chmod(0o755)
    ran = subprocess.run(
        [shutil.which("make") or "make", "--no-print-directory", "browser"],
        cwd=ROOT,
        env={"PATH": str(folder)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    called = calls.read_text().splitlines() if calls.exists() else []
    return ran.stdout + ran.stderr, [line for line in called if line != "-u"]


@pytest.mark.parametrize("name", ["chromium", "chromium_browser", "google_chrome"])
def test_a_browser_that_is_there_is_enough(tmp_path: Path, name: str) -> None:
    """Nothing is installed and nothing said, whichever of its names it has."""
    assert browser(tmp_path, id="echo 0", apt_get="", **{name: ""}) == ("", [])


def test_root_on_debian_gets_one(tmp_path: Path) -> None:
    """A fresh container needs nothing prepared."""
    said, called = browser(tmp_path, id="echo 0", apt_get="")

    assert said == ""
    assert called == ["-qq update", "-qq install -y chromium"]


@pytest.mark.parametrize(
    "programs",
    [
        {"id": "echo 1000", "apt_get": ""},
        {"id": "echo 0"},
        {"id": "echo 0", "apt_get": "exit 100"},
    ],
    ids=["not root", "no apt-get", "no network"],
)
def test_where_there_is_none_it_says_why(
    tmp_path: Path, programs: dict[str, str]
) -> None:
    """The other tests run, and whoever reads the line knows what to type."""
    said, _ = browser(tmp_path, **programs)

    assert said.count("\n") == 1
    assert said.startswith(WHY)
    assert "apt-get install chromium" in said
