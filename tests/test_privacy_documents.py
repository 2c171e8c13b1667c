"""The privacy documents name files and tests: each of them exists."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house import ROOT

FOLDER = ROOT / "docs" / "privacy"
PATH = re.compile(r"`((?:bot|tests)/[\w/]+\.py)(?:::(\w+))?`")
LINK = re.compile(r"\]\(([\w./]+\.md)\)")


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.md")))
def test_what_a_document_names_is_there(name: str) -> None:
    """A promise that names a test which is gone would be kept by nobody."""
    text = (FOLDER / name).read_text(encoding="utf-8")

    for path, test in PATH.findall(text):
        source = (ROOT / path).read_text(encoding="utf-8")
        names = {n.name for n in ast.walk(ast.parse(source)) if hasattr(n, "name")}
        assert not test or test in names, f"{path} has no {test}"
    for link in LINK.findall(text):
        assert (FOLDER / link).is_file(), link


def test_each_threat_has_a_promise_a_file_and_a_test_named_after_it() -> None:
    """No row of the tables is left to good intentions, and no test without its row."""
    text = (FOLDER / "threats.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in text.splitlines() if "::" in line]
    named = {test for row in rows for _, test in PATH.findall(row[3])}
    written = {
        node.name
        for path in (ROOT / "tests" / "threats").glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if hasattr(node, "name") and node.name.startswith("test_")
    }

    assert len(rows) > 80
    assert len(named) == len(rows)
    for row, promise, kept, _ in rows:
        assert promise, row
        assert (ROOT / kept.strip("`")).exists(), row
    assert written <= named


def test_each_promise_has_what_keeps_it_and_what_shows_it() -> None:
    """A promise in the table without both is only words."""
    table = (FOLDER / "README.md").read_text(encoding="utf-8").partition("## Each")[2]
    rows = [line for line in table.splitlines() if line.startswith("| ")][1:]

    assert len(rows) > 15
    for row in rows:
        _, promise, kept, shown, _ = row.split("|")
        assert PATH.search(kept), promise
        assert any(test for _, test in PATH.findall(shown)), promise
