"""Two judges of a flow's files: our loader, and an outside one with our schema."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from bot.core.finding import Findings
from bot.core.language.fitting import fit
from bot.core.language.lines import read_yaml
from bot.core.language.schema import KINDS, json_schema
from tests.core.seeding import small
from tests.languages import IN_LANGUAGES

PROMISE = """
- promise: Danger is answered with 999
  after: {danger: now}
  at: [welcome, call_999]
  shows: police_999
  never_shows: {anonymous: no, open: now}
"""
JOURNEY = """
- who: Someone at the door
  answers: {who: me}
  then: [safe_now, {says: he is back}, {interrupt: danger}]
  arrives: call_999
  shows: [police_999]
"""
GOOD = {
    **{Path(name).stem: text for name, text in small().items()},
    "promises": PROMISE,
    "journeys": JOURNEY,
    "words": (IN_LANGUAGES / "cy.yaml").read_text(encoding="utf-8"),
}

# As editors read: with YAML's own types, or with every scalar as text. In C, as our
# loader is: PyYAML's own reader stumbles over a question mark before a comma.
LOADERS = (yaml.CSafeLoader, yaml.CBaseLoader)


@cache
def validator(kind: str) -> Draft202012Validator:
    """Return the independent judge for one kind of file."""
    return Draft202012Validator(json_schema(kind))


def as_editors_see(text: str, loader: Any) -> Any:  # noqa: ANN401 any tree
    """Return YAML as JSON has it: keys are text, and a day is text."""
    tree = yaml.load(text, Loader=loader)  # noqa: S506 both are safe
    return json.loads(json.dumps(tree, default=str))


def loader_refuses(kind: str, text: str) -> bool:
    """Tell whether our own loader finds a mistake of shape."""
    findings = Findings()
    root = read_yaml(text, f"{kind}.yaml", findings)
    assert root is not None, text
    assert not len(findings), list(map(str, findings))
    fit(root, KINDS[kind], "this file", findings)
    return bool(len(findings))
