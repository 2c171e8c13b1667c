"""The house stays as it is drawn: imports run one way, each library has one owner."""

import ast
import re
from collections.abc import Callable
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.house import ROOT, File, files, inside, outside, row_of, under
from tests.rooms import CORE_LIBRARIES, CORE_NEVER, MAY_IMPORT, OWNERS

MOST_LINES_OF_A_FILE = 250
MOST_LINES_OF_A_FUNCTION = 40


def wrong_ways(house: list[File]) -> list[str]:
    """Return the imports that the table does not allow, with both files' names."""
    wrong = []
    for name, imported in inside(house).items():
        row = row_of(name, MAY_IMPORT)
        allowed = MAY_IMPORT[row] if row else ()
        wrong += [
            f"{name}.py imports {other}.py, and may import only: {', '.join(allowed)}"
            for other in imported
            if not any(under(other, place) for place in allowed)
        ]
    return wrong


def circles(house: list[File]) -> list[str]:
    """Return the files of a circle of imports, if there is one."""
    try:
        TopologicalSorter(inside(house)).prepare()
    except CycleError as error:
        return [" → ".join(f"{name}.py" for name in error.args[1])]
    return []


def strangers(house: list[File]) -> list[str]:
    """Return each file that imports an outside library which is not its own."""
    return [
        f"{name}.py imports {library}, which belongs to"
        f" {' and '.join(OWNERS.get(library, ('nobody yet',)))}"
        for name, library in outside(house, standard=False)
        if not any(under(name, owner) for owner in OWNERS.get(library, ()))
    ]


def impure(house: list[File]) -> list[str]:
    """Return what the core may not do: files, clocks, chance, logs, waiting."""
    core = [file for file in house if under(file.name, "bot/core")]
    wrong = [
        f"{name}.py imports {library}"
        for name, library in outside(core, standard=True)
        if library not in CORE_LIBRARIES
    ]
    for file in core:
        for node in file.nodes:
            if isinstance(node, ast.AsyncFunctionDef | ast.Await | ast.AsyncFor):
                wrong.append(f"{file.name}.py:{node.lineno} waits")
            elif isinstance(node, ast.Call):
                called = ast.unparse(node.func).rpartition(".")[2]
                if called in CORE_NEVER and ast.unparse(node.func) != "re.compile":
                    wrong.append(f"{file.name}.py:{node.lineno} calls {called}")
    return wrong


def environment(house: list[File]) -> list[str]:
    """Return each place outside of the settings that reads the environment."""
    return [
        f"{file.name}.py:{node.lineno}"
        for file in house
        for node in file.nodes
        if isinstance(node, ast.Attribute)
        and ast.unparse(node) in {"os.environ", "os.getenv", "os.environb"}
        and file.name != "bot/settings"
    ]


Rule = Callable[[list[File]], list[str]]
RULES: tuple[Rule, ...] = (wrong_ways, circles, strangers, impure, environment)
HOUSE = files(ROOT, "bot")
EVERYTHING = files(ROOT, "bot", "tests")


@pytest.mark.parametrize("rule", RULES)
def test_the_house_is_as_it_is_drawn(rule: Rule) -> None:
    """Whoever reads one floor never has to know those above it."""
    assert not rule(HOUSE)


PLANTED = (
    ("bot/core/flow.py", "from bot.core.language.lines import read_yaml", wrong_ways),
    ("bot/core/engine/turn.py", "import bot.frontdesk", wrong_ways),
    ("bot/stores/base.py", "from bot.channels import terminal", wrong_ways),
    ("bot/channels/terminal.py", "from bot.channels import json_lines", wrong_ways),
    ("bot/core/finding.py", "def f():\n    import bot.core.errors", circles),
    ("bot/frontdesk.py", "import telegram", strangers),
    ("bot/settings.py", "import requests", strangers),
    ("bot/core/hours.py", "import random", impure),
    ("bot/core/hours.py", "datetime.now()", impure),
    ("bot/core/person.py", "async def f(): ...", impure),
    ("bot/library.py", "import os\nos.environ['A']", environment),
)


@pytest.mark.parametrize(("path", "line", "rule"), PLANTED)
def test_a_wall_that_is_broken_through_is_seen(
    tmp_path: Path, path: str, line: str, rule: Rule
) -> None:
    """A rule that can't fail holds nothing; the message names the file."""
    broken = File(tmp_path / "broken.py", path.removesuffix(".py"))
    house = [broken if file.name == broken.name else file for file in HOUSE]
    whole = (ROOT / path).read_text(encoding="utf-8")
    broken.path.write_text(f"{whole}\n{line}\n", encoding="utf-8")

    seen = set(rule(house)) - set(rule(HOUSE))
    assert any(path in each for each in seen), seen


@pytest.mark.parametrize("file", EVERYTHING, ids=lambda file: file.name)
def test_a_file_is_a_small_room_that_says_what_it_is_for(file: File) -> None:
    """A newcomer reads one sentence, and knows whether to read on."""
    lines = len(file.text.splitlines())
    assert lines <= MOST_LINES_OF_A_FILE, f"{file.path} has {lines} lines"
    for function in file.functions():
        long = (function.end_lineno or function.lineno) - function.lineno + 1
        assert long <= MOST_LINES_OF_A_FUNCTION, f"{file.path}: {function.name}: {long}"
    if file.tree.body:
        opening = (ast.get_docstring(file.tree) or "").partition("\n\n")[0]
        assert opening.endswith((".", "?", "!", ":")), f"{file.path} opens with nothing"


@pytest.mark.parametrize("file", files(ROOT, "tests"), ids=lambda file: file.name)
def test_a_test_says_in_a_sentence_why_it_matters(file: File) -> None:
    """Whoever sees it fail reads what a person would have met."""
    for function in file.functions():
        if function.name.startswith("test_"):
            sentence = (ast.get_docstring(function) or "").partition("\n\n")[0]
            assert sentence.endswith((".", "?", "!")), f"{file.path}: {function.name}"


SWITCHED_OFF = re.compile(r"# (noqa: [A-Z0-9, ]+|type: ignore\[[a-z, -]+\])$")


@pytest.mark.parametrize("file", files(ROOT, "bot"), ids=lambda file: file.name)
def test_a_rule_is_switched_off_with_its_reason(file: File) -> None:
    """Whoever meets one is told why: beside it, or in a comment just above."""
    lines = ["", *file.text.splitlines()]
    without = [
        f"{file.path}:{number}: {line.strip()}"
        for number, line in enumerate(lines)
        if SWITCHED_OFF.search(line)
        and not re.search(r"^\s*#|# noqa: .* - ", lines[number - 1])
    ]
    assert without == []


def test_b26_nothing_is_kept_in_a_form_that_can_run() -> None:
    """B26: a damaged or changed file is data that cannot be read, never a command."""
    forms = {"pickle", "marshal", "shelve", "dill", "jsonpickle", "joblib"}
    libraries = [*outside(HOUSE, standard=True), *outside(HOUSE, standard=False)]
    assert not [each for each in libraries if each[1] in forms]
