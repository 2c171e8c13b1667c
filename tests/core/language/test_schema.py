"""An editor underlines just what the loader refuses: judged by an outside validator."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from bot.core.language.schema import KINDS, json_schema, schema_files
from tests.core.language.judges import (
    GOOD,
    LOADERS,
    as_editors_see,
    loader_refuses,
    validator,
)
from tests.core.seeding import planted

FLOWS = Path(__file__).parents[3] / "flows"
SHIPPED = {
    "flow": FLOWS / "stalking" / "flow.yaml",
    "services": FLOWS / "services.yaml",
    "signs": FLOWS / "signs.yaml",
    "promises": FLOWS / "stalking" / "promises.yaml",
    "journeys": FLOWS / "stalking" / "journeys.yaml",
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_schema_is_a_schema(kind: str) -> None:
    """An editor that is given nonsense shows nothing, without a word."""
    Draft202012Validator.check_schema(json_schema(kind))


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("kind", SHIPPED)
def test_what_is_shipped_is_not_underlined(kind: str, loader: object) -> None:
    """A volunteer who opens a correct file must not see it as wrong."""
    tree = as_editors_see(SHIPPED[kind].read_text(encoding="utf-8"), loader)

    assert [error.message for error in validator(kind).iter_errors(tree)] == []


@pytest.mark.parametrize("name", schema_files())
def test_the_schemas_beside_the_flows_are_up_to_date(name: str) -> None:
    """An editor must not speak of an older language; `waymark schema` mends it."""
    committed = (FLOWS / "schemas" / name).read_text(encoding="utf-8")

    assert committed == schema_files()[name]


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_a_file_is_explained(kind: str) -> None:
    """Whoever hovers over a key reads what it is for, in the words of the findings."""

    def unexplained(schema: Any) -> list[str]:  # noqa: ANN401 any JSON
        if isinstance(schema, list):
            return [name for part in schema for name in unexplained(part)]
        if not isinstance(schema, dict):
            return []
        bare = [
            name
            for name, key in schema.get("properties", {}).items()
            if key.get("title") != name or not key.get("description")
        ]
        return bare + [name for part in schema.values() for name in unexplained(part)]

    assert unexplained(json_schema(kind)) == []


def flow_with(old: str, new: str) -> str:
    """Return the small flow with a mistake."""
    return planted({old: new})["flow.yaml"]


def services_with(old: str, new: str) -> str:
    """Return the services of the small flow with a mistake."""
    return planted({old: new})["services.yaml"]


BAD = {
    "an unknown key": ("flow", flow_with("count: [who]", "counts: [who]")),
    "an unknown key of a step": ("flow", flow_with("fact: who", "facts: who")),
    "a missing key": ("flow", flow_with("language: en\n", "")),
    "missing words": ("flow", flow_with("  back: Back\n", "")),
    "a label missing": ("flow", flow_with("label: About a friend, ", "")),
    "a table where a list is due": ("flow", flow_with("[who]", "{who: me}")),
    "a text where a list is due": ("flow", flow_with("[who]", "who")),
    "a list where a text is due": ("flow", flow_with("start: about", "start: [a]\n#")),
    "a list where a table is due": (
        "flow",
        flow_with("four: {any_of: [fixated, repeated]}", "four: {any_of: fixated}"),
    ),
    "a step's name with a capital": ("flow", flow_with("  about_whom:", "  About:")),
    "a step's name with a space": ("flow", flow_with("  about_whom:", "  about me:")),
    "a fact's value with a digit first": ("flow", flow_with("[me,", "[2me,")),
    "a value that is none of the list": (
        "flow",
        flow_with("does: quick_exit", "does: quickly"),
    ),
    "neither yes nor no": ("flow", flow_with("returns: yes", "returns: maybe")),
    "nothing where words are due": (
        "flow",
        flow_with("says: Believe them.", 'says: ""'),
    ),
    "only spaces": ("flow", flow_with("says: Believe them.", 'says: "  "')),
    "a when without say": (
        "flow",
        flow_with(", say: Think of what they told you.", ""),
    ),
    "promised words as one text": (
        "flow",
        flow_with("count: [who]", "never_say: low risk"),
    ),
    "an unknown nation": (
        "services",
        services_with("nations: [england, wales]", "nations: [england, cymru]"),
    ),
    "proved or not, in another word": (
        "services",
        services_with("on_bill: no", "on_bill: never"),
    ),
    "hours in another word": (
        "services",
        services_with("open: unproved", "open: mostly"),
    ),
    "a service without a name": ("services", services_with("    name: Police\n", "")),
    "a sign without phrases": ("signs", "signs: {danger_now: {}}"),
    "a sign that is a list": ("signs", "signs: {danger_now: [help]}"),
    "promises that are a table": ("promises", "promise: Danger first"),
    "a promise without its words": ("promises", "- {at: welcome, shows: police_999}"),
    "a promise about an unknown property": (
        "promises",
        "- {promise: Free, shows: {costs: no}}",
    ),
    "a journey to nowhere": ("journeys", "- {who: Someone}"),
    "a journey with an unknown deed": (
        "journeys",
        "- {who: Someone, then: [{taps: now}], arrives: call_999}",
    ),
}


@pytest.mark.parametrize("mistake", BAD)
def test_an_editor_underlines_what_the_loader_refuses(mistake: str) -> None:
    """A mistake is seen while it is typed, not only when the flow is checked."""
    kind, text = BAD[mistake]

    assert loader_refuses(kind, text)
    for loader in LOADERS:
        assert not validator(kind).is_valid(as_editors_see(text, loader))


@pytest.mark.parametrize("kind", GOOD)
def test_what_the_mistakes_are_planted_in_is_good(kind: str) -> None:
    """Else a mistake would prove nothing."""
    assert not loader_refuses(kind, GOOD[kind])
    assert validator(kind).is_valid(as_editors_see(GOOD[kind], yaml.CBaseLoader))


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("flow", "version: 1", "version: 1.5"),
        ("flow", "required: yes", "required: true"),
        ("flow", "  back: Back", "  back: 999"),
        ("flow", "fact: who", "fact: no"),
        ("services", 'call: "999"', "call: 999"),
        ("services", "anonymous: yes", "anonymous: true"),
        ("services", "mon-fri: 09:30-16:00", "mon-fri: 22:00"),
    ],
)
def test_yaml_own_types_are_not_underlined(kind: str, old: str, new: str) -> None:
    """An editor sees 999 as a number and yes as true; both are plain words to us."""
    text = planted({old: new})[f"{kind}.yaml"]

    assert validator(kind).is_valid(as_editors_see(text, yaml.CSafeLoader))
