"""Whatever stands in a file, reading it ends soon, in a flow or in findings."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.finding import Findings
from bot.core.language import grammar, shapes
from tests.core.seeding import Texts, read, small
from tests.house import ROOT

SHIPPED = ROOT / "flows"
FILES = {
    "services.yaml": (SHIPPED / "services.yaml").read_text(encoding="utf-8"),
    "signs.yaml": (SHIPPED / "signs.yaml").read_text(encoding="utf-8"),
    "flow.yaml": (SHIPPED / "stalking" / "flow.yaml").read_text(encoding="utf-8"),
}
LINES = FILES["flow.yaml"].splitlines(keepends=True)

# The same examples each time: what fails today fails for everybody.
steady = settings(deadline=None, derandomize=True, database=None)


def is_read(texts: Texts) -> None:
    """Read a flow, and fail unless it ends as it must."""
    findings = Findings()
    flow = read(texts, findings)
    found = list(findings)
    assert flow is not None or found
    for each in found:
        lines = len(texts[each.at.file].splitlines()) + 1
        assert 1 <= each.at.line <= max(lines, 1), each
        assert each.at.column >= 1, each
        assert each.says, each
        assert each.cure, each


@given(st.text(), st.sampled_from(sorted(FILES)))
@steady
def test_any_text_is_read(text: str, name: str) -> None:
    """A file that was damaged, or is no flow at all, stops nothing else."""
    is_read({**small(), name: text})


YAML = st.text(alphabet="ab:-[]{},'\"|>#&*!%@`? \n\t~")


@given(YAML, st.sampled_from(sorted(FILES)))
@steady
def test_any_signs_of_yaml_are_read(text: str, name: str) -> None:
    """The signs that mean something to YAML are the likeliest slips."""
    is_read({**small(), name: text})


Change = Callable[[list[str]], list[str]]
PLACES = st.integers(0, len(LINES) - 1)
SIGNS = ("", ":", "- ", "  ", "\t", "#", "'", '"', "{", "}", "[", "]", ",", "|", ">")
WORDS = ("&a ", "*a", "!!x ", "---\n", "yes", "none", "unknown", "{police_999}", "999")
PIECES = st.sampled_from((*SIGNS, *WORDS, "é", "🆘"))


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Return one slip: a line lost, doubled, moved, pushed in, cut off or typed at."""
    kind = draw(st.sampled_from(["lose", "double", "move", "push", "type", "cut"]))
    here, there = draw(PLACES), draw(PLACES)
    piece, at = draw(PIECES), draw(st.integers(0, 60))

    def change(lines: list[str]) -> list[str]:
        one = here % len(lines)
        line = lines[one]
        new = {
            "lose": [],
            "double": [line, line],
            "move": [lines[there % len(lines)]],
            "push": [f"  {line}"],
            "type": [line[:at] + piece + line[at:]],
            "cut": [line[:at]],
        }[kind]
        return [*lines[:one], *new, *lines[one + 1 :]] or [""]

    return change


@given(st.lists(changes(), min_size=1, max_size=4))
@settings(steady, max_examples=80)
def test_any_slip_in_the_shipped_flow_is_read(slips: list[Change]) -> None:
    """A volunteer's worst evening ends in findings, never in a crash."""
    lines = LINES
    for slip in slips:
        lines = slip(lines)

    is_read({**FILES, "flow.yaml": "".join(lines)})


def words_of(shape: shapes.Shape) -> set[str]:
    """Return all keys that a shape knows."""
    match shape:
        case shapes.Record(fields):
            inner = [words_of(field.shape) for field in fields]
            return {field.name for field in fields}.union(*inner)
        case shapes.ListOf(item):
            return words_of(item)
        case shapes.TableOf(value):
            return words_of(value)
        case shapes.Either(items=items, table=table):
            return set().union(*(words_of(way) for way in (items, table) if way))
        case _:
            return set()


KEYS = st.sampled_from(
    sorted(words_of(grammar.FLOW_FILE) | {"danger", "leave", "first", "call_999"})
)
VALUES = st.recursive(
    KEYS | st.sampled_from(["", "yes", "no", "1", "me", "police_999", "{police_999}"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4)
    ),
    max_leaves=12,
)
OUTLINE = ("flow", "version", "language", "start", "facts", "count", "words")
FLOWS = st.fixed_dictionaries(
    {
        **dict.fromkeys(OUTLINE, VALUES),
        "interrupts": VALUES | st.dictionaries(KEYS, VALUES, max_size=3),
        "steps": st.dictionaries(
            KEYS, st.dictionaries(KEYS, VALUES, max_size=5), min_size=1, max_size=4
        ),
    }
)


@given(FLOWS)
@settings(steady, max_examples=80)
def test_any_shape_of_the_right_words_is_read(flow: object) -> None:
    """The right words in the wrong places are the mistakes of someone learning."""
    is_read({**small(), "flow.yaml": json.dumps(flow, indent=1)})


HEAD = "flow: a\nversion: 1\nlanguage: en\nstart: s\n"
HEAD += "facts: {}\nwords: {}\ninterrupts: {}\n"
ONE_STEP = HEAD + "steps: {s: {ends: '%s', route: police_999}}\n"
HOSTILE = {
    "r03 alias bomb": "\n".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}' if n else 'x'] * 9)}]" for n in range(9)
    ),
    "r03 tag that calls": "a: !!python/object/apply:os.system [exit 1]",
    "r03 fifty megabytes": "a: b\n" * 10_000_000,
    "deep lists": "[" * 900_000,
    "deep tables": "a: {" * 200_000,
    "deep lines": "- " * 400_000,
    "many keys": "".join(f"key{n}: a\n" for n in range(20_000)),
    "one key again and again": "a: a\n" * 50_000,
    "binary": bytes(range(256)).decode("latin-1") * 100,
}
SLOW = {
    "many steps that lead nowhere": HEAD
    + "steps:\n"
    + "".join(f" step{n}: {{ends: x, route: y, next: stap{n}}}\n" for n in range(4000)),
    "one long word": ONE_STEP % ("a-" * 60_000),
    "many numbers": ONE_STEP % ("12 a " * 100_000),
}
# For all of Python, the file and what is found in it: far above what it takes, and far
# below what it took when something grew with the square of the file.
CPU_SECONDS, MEGABYTES = 20, 600

READS_IT = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({CPU_SECONDS}, {CPU_SECONDS}))
resource.setrlimit(resource.RLIMIT_AS, ({MEGABYTES} << 20, {MEGABYTES} << 20))
from pathlib import Path
from bot.core.finding import Findings
from tests.core.seeding import read, small
findings = Findings()
read({{**small(), "flow.yaml": Path(sys.argv[1]).read_text("utf-8")}}, findings)
print(next(iter(findings)))
"""


def reading(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Read a file in a process that may use so much time and memory, and no more."""
    path = folder / "flow.yaml"
    path.write_text(text, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-c", READS_IT, path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_r03_a_hostile_file_is_refused_in_little_time_and_memory(
    name: str, tmp_path: Path
) -> None:
    """Nobody stops the bot for everyone by handing in one file."""
    done = reading(HOSTILE[name], tmp_path)

    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.startswith("flow.yaml:")


@pytest.mark.parametrize("name", SLOW)
def test_a_large_file_is_read_in_little_time(name: str, tmp_path: Path) -> None:
    """A file below the limit of size is no longer than a cup of tea, either."""
    done = reading(SLOW[name], tmp_path)

    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.startswith("flow.yaml:")
