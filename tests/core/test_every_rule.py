"""No rule is without a test: whatever the core can find is found here once."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from bot.core.finding import Cure, Findings, Position
from tests.core.checker import test_limits, test_names, test_safety, test_ways
from tests.core.language import (
    test_contacts,
    test_fitting,
    test_flow_file,
    test_lines,
    test_services_file,
    test_signs_file,
    test_steps,
    test_texts,
)
from tests.core.seeding import Fault, planted, read, small, without_mark

ROOT = Path(__file__).parents[2]
BOT = ROOT / "bot"

TABLES: tuple[ModuleType, ...] = (
    *(test_limits, test_names, test_safety, test_ways),
    *(test_contacts, test_fitting, test_flow_file, test_lines, test_services_file),
    *(test_signs_file, test_steps, test_texts),
)
# What the tables of planted faults must provoke whole, call by call.
CALL_BY_CALL = tuple(
    BOT / "core" / name
    for name in (
        *("language/lines.py", "language/fitting.py", "language/texts.py"),
        *("language/steps.py", "language/services_file.py", "language/flow_file.py"),
        *(
            "language/signs_file.py",
            "language/contacts.py",
            "language/cut_texts.py",
            "checker/names.py",
            "checker/known.py",
        ),
        *("checker/braces.py", "checker/buttons.py", "checker/ways.py"),
        *("checker/safety.py", "checker/limits.py"),
    )
)


class Watched(Findings):
    """Findings that remember which file found them."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self.calls: set[tuple[str, str, int]] = set()

    def add(
        self, rule: str, at: Position, says: str, cure: Cure, *, blocks: bool = True
    ) -> None:
        """Note the finding, and where in the source it was found."""
        frame = inspect.currentframe()
        assert frame is not None
        finder = frame.f_back
        assert finder is not None
        self.calls.add((rule, finder.f_code.co_filename, finder.f_lineno))
        super().add(rule, at, says, cure, blocks=blocks)


def finders(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Give every rule that a file can find, with the call that finds it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = ast.unparse(node.func)
        if name.endswith("findings.add") or name == "Finding":
            for word in ast.walk(node.args[0]):
                if isinstance(word, ast.Constant) and isinstance(word.value, str):
                    yield word.value, node


def faults() -> Iterator[Fault]:
    """Give all planted faults that are shown to be found."""
    for table in TABLES:
        yield from table.FAULTS


def test_every_finding_of_the_loader_and_the_checker_is_provoked() -> None:
    """A rule that nobody has seen fail may not look at anything at all."""
    seen: set[tuple[str, str, int]] = set()
    for fault in faults():
        watched = Watched()
        read(without_mark(planted(fault.edits))[0], watched)
        seen |= watched.calls

    never = [
        f"{path.relative_to(ROOT)}:{call.lineno} {rule}"
        for path in CALL_BY_CALL
        for rule, call in finders(path)
        if not any(
            (rule, str(path)) == (of, file)
            and call.lineno <= line <= (call.end_lineno or line)
            for of, file, line in seen
        )
    ]
    assert not never, "never provoked:\n" + "\n".join(never)


def test_every_rule_is_named_by_a_test() -> None:
    """Whoever adds a rule shows by a test that it finds something."""
    tested = {
        word.value
        for test in (ROOT / "tests").rglob("*.py")
        for word in ast.walk(ast.parse(test.read_text(encoding="utf-8")))
        if isinstance(word, ast.Constant) and isinstance(word.value, str)
    }

    untested = {
        f"{path.relative_to(ROOT)}: {rule}"
        for path in BOT.rglob("*.py")
        for rule, _ in finders(path)
        if rule not in tested
    }
    assert not untested


def test_the_small_flow_itself_holds_no_mistake() -> None:
    """Else a planted one could hide behind it."""
    watched = Watched()

    assert read(small(), watched) is not None
    assert not watched.calls
