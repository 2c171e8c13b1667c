"""The example shows everything that the language has, and is fit to be copied from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.core.checker.mutate import try_mutants
from bot.core.finding import Findings, Position
from bot.core.language.lines import read_yaml
from bot.core.language.nodes import Items, Node, Table, Word
from bot.core.language.schema import KINDS
from bot.core.language.services_file import read_services
from bot.core.language.shapes import Either, ListOf, Record, Shape, TableOf, Text
from bot.core.service import NATIONS
from bot.library import Reading, read_folder
from tests.core.language.judges import LOADERS, as_editors_see, validator

FLOWS = Path(__file__).parents[2] / "flows"
EXAMPLE = FLOWS / "example"
TODAY = date(2026, 11, 25)
# Not words in another language: nobody has checked any. flows/README.md shows how they
# are written.
SHOWN = {name: shape for name, shape in KINDS.items() if name != "words"}
Construct = tuple[Shape, str]  # a shape, and one of its keys, ways or words


def everything(shape: Shape | None) -> Iterator[Construct]:
    """Give all that may be written in a shape: keys, ways and words of closed lists."""
    match shape:
        case Record(fields):
            for field in fields:
                yield shape, field.name
                yield from everything(field.shape)
        case Either():
            for way in ("text", "items", "table"):
                if getattr(shape, way) is not None:
                    yield shape, way
                    yield from everything(getattr(shape, way))
        case ListOf(inner) | TableOf(inner):
            yield from everything(inner)
        case Text(one_of):
            # Which nations a guide speaks of is its own affair.
            words = one_of if one_of != NATIONS else ()
            yield from ((shape, word) for word in words)


def written(node: Node, shape: Shape) -> Iterator[Construct]:
    """Give what of its shape is written in a node."""
    match node, shape:
        case _, Either():
            way = {Word: "text", Items: "items", Table: "table"}[type(node)]
            yield shape, way
            yield from written(node, getattr(shape, way))
        case Table(entries), Record(fields):
            known = {field.name: field.shape for field in fields}
            for key, value in entries:
                yield shape, key.value
                yield from written(value, known[key.value])
        case Table(entries), TableOf(inner):
            for _, value in entries:
                yield from written(value, inner)
        case Items(items), ListOf(inner):
            for item in items:
                yield from written(item, inner)
        case Word(value), Text():
            yield shape, value


def text_of(name: str) -> str:
    """Return one file of the example."""
    return (EXAMPLE / f"{name}.yaml").read_text(encoding="utf-8")


@cache
def reading() -> Reading:
    """Read and check the example once."""
    return read_folder(EXAMPLE, TODAY)


def test_the_example_is_fit_to_publish() -> None:
    """Whoever copies from it begins with something that holds."""
    found = reading().findings

    assert not reading().blocked
    assert [each.rule for each in found] == ["due-for-review"], list(map(str, found))
    assert reading().proven is not None


def test_the_example_shows_everything_that_can_be_written() -> None:
    """A volunteer finds every key, and every way to write it, at work."""
    used: set[Construct] = set()
    for name, shape in SHOWN.items():
        root = read_yaml(text_of(name), name, Findings())
        assert root is not None
        used |= set(written(root, shape))
    language = {each for shape in SHOWN.values() for each in everything(shape)}

    missing = {
        word: [field.name for field in shape.fields]
        if isinstance(shape, Record)
        else shape
        for shape, word in language - used
    }

    assert missing == {}


def test_every_service_of_the_example_is_used() -> None:
    """An entry that nothing shows would teach nothing."""
    flow = reading().flow
    assert flow is not None
    told = text_of("flow")

    assert [name for name in flow.services if name not in told] == []


def test_the_numbers_of_the_example_are_those_of_the_directory() -> None:
    """A number that is mended in one place only would live on in the other."""
    nowhere = Position("", 1, 1)
    path = FLOWS / "services.yaml"
    directory = read_services(path.read_text("utf-8"), str(path), Findings())
    flow = reading().flow
    assert flow is not None

    for name, service in flow.services.items():
        assert replace(service, at=nowhere) == replace(directory[name], at=nowhere)


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("name", SHOWN)
def test_an_editor_underlines_nothing_in_the_example(name: str, loader: object) -> None:
    """What is right must look right where it is written."""
    tree = as_editors_see(text_of(name), loader)

    assert [error.message for error in validator(name).iter_errors(tree)] == []


def test_the_example_notices_every_fault_that_is_put_into_it() -> None:
    """It teaches what promises and journeys are for."""
    flow, intent = reading().flow, reading().intent
    assert flow is not None
    assert intent is not None

    unnoticed = [v.mutant for v in try_mutants(flow, intent) if v.fate != "killed"]

    assert unnoticed == []
