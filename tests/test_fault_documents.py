"""The table of faults: no id is missing, and each leads to a test that is there."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from tests.house import ROOT

KNOWN = """
B01 B02 B04 B05 B08 B09 B11 B12 B13 B14 B15 B16 B17 B18 B20 B21 B23 B25 B26 B27 B28 B29
B31 B32 B34 B35 B37 B38 B40 B41 B42 B43 B44 B45 B46 B48 B49 M01 M02
R01 R02 R03 R04 R05 R06 R07 R08 R09
"""
IDS = tuple(KNOWN.split())
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
TEXT = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
ROWS = {
    row.split("|")[1].strip(): row
    for row in TEXT.splitlines()
    if re.match(r"\| [A-Z]\d\d ", row)
}


@cache
def names_in(path: str) -> frozenset[str]:
    """Return the names of all tests of a file; none where there is no such file."""
    file = ROOT / path
    tree = ast.parse(file.read_text(encoding="utf-8")) if file.is_file() else None
    nodes = ast.walk(tree) if tree else ()
    return frozenset(
        node.name
        for node in nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def test_every_fault_is_in_the_table() -> None:
    """A fault that is not listed is one that nobody looks after."""
    assert tuple(ROWS) == IDS


@pytest.mark.parametrize("fault", IDS)
def test_each_fault_leads_to_a_test_that_carries_its_id(fault: str) -> None:
    """Whoever wonders whether it can happen here finds what shows that it cannot."""
    named = TEST.findall(ROWS[fault])
    assert any(f"_{fault.lower()}_" in test for _, test in named)
    for path, test in named:
        assert test in names_in(path), f"{path} has no {test}"
