"""Reads the source as a tree: which file imports which, and what it holds."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class File:
    """One file of Python, named as it is imported, with slashes: bot/core/flow."""

    path: Path
    name: str

    @cached_property
    def text(self) -> str:
        """Return what stands in it."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """Return it as Python reads it."""
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Return every part of it."""
        return tuple(ast.walk(self.tree))

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Give every function and method in it."""
        for node in self.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def imported(self) -> Iterator[str]:
        """Give the dotted name of everything that it imports, wherever it does so."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert not node.level, f"{self.name} imports by dots; write it out"
                for alias in node.names:
                    yield f"{node.module}.{alias.name}"


def files(root: Path, *folders: str) -> list[File]:
    """Return the files under folders of a project, in the order of their names."""
    return [
        File(path, name_of(root, path))
        for folder in folders
        for path in sorted((root / folder).rglob("*.py"))
    ]


def name_of(root: Path, path: Path) -> str:
    """Return the name of a file; a package is its folder."""
    name = path.relative_to(root).with_suffix("").as_posix()
    return name.removesuffix("/__init__")


def inside(house: list[File]) -> dict[str, list[str]]:
    """Return what each file imports from the house, type hints included."""
    known = {file.name for file in house}
    ways: dict[str, list[str]] = {}
    for file in house:
        names = {
            _nearest(dotted.replace(".", "/"), known) for dotted in file.imported()
        }
        ways[file.name] = sorted(name for name in names if name and name != file.name)
    return ways


def _nearest(name: str, known: set[str]) -> str | None:
    while name not in known and "/" in name:
        name = name.rpartition("/")[0]
    return name if name in known else None


def outside(house: list[File], *, standard: bool) -> Iterator[tuple[str, str]]:
    """Give each file with each library that it imports: Python's own, or others."""
    for file in house:
        for dotted in file.imported():
            library = dotted.partition(".")[0]
            if library not in {"bot", "tests", "__future__"} and standard is (
                library in sys.stdlib_module_names
            ):
                yield file.name, library


def row_of(name: str, table: dict[str, tuple[str, ...]]) -> str | None:
    """Return the row of a table that speaks of a file: the most exact one."""
    rows = [row for row in table if under(name, row)]
    return max(rows, key=len, default=None)


def under(name: str, place: str) -> bool:
    """Tell whether a file is a place, stands in it, or begins with it as in `sql*`."""
    if place.endswith("*"):
        return name.startswith(place[:-1])
    return name == place or name.startswith(f"{place}/")
