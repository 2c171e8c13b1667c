"""An editor and the loader judge alike whatever an author may change in a good file."""

from copy import deepcopy
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.language.judges import GOOD, as_editors_see, loader_refuses, validator

SOME_WORDS = st.sampled_from(
    (
        *("now", "yes", "no", "unproved", "always", "uk", "england", "quick_exit"),
        *("Not a name", "2x", "a-b", "_a", "ä", "{when}", "", " ", "0800"),
    )
)
KEYS = (
    "when",
    "say",
    "goes_to",
    "otherwise",
    "label",
    "typed",
    "set",
    "any_of",
    "show",
)
SOME_NODES = st.one_of(
    SOME_WORDS,
    st.lists(SOME_WORDS, max_size=2),
    st.dictionaries(st.sampled_from(KEYS) | SOME_WORDS, SOME_WORDS, max_size=2),
)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, Any]:
    """Draw a good file with one to three places changed: its kind and its tree."""
    kind = draw(st.sampled_from(sorted(GOOD)))
    root = deepcopy(as_editors_see(GOOD[kind], yaml.CBaseLoader))
    for _ in range(draw(st.integers(1, 3))):
        node = root
        while True:
            places = list(node) if isinstance(node, dict) else list(range(len(node)))
            if not places:
                break
            place = draw(st.sampled_from(places))
            if isinstance(node[place], str) or not draw(st.integers(0, 3)):
                break
            node = node[place]
        if places:
            change(draw, node, place)
    return kind, root


def change(draw: st.DrawFn, node: Any, place: Any) -> None:  # noqa: ANN401 any tree
    """Replace, remove, add or rename one thing."""
    how = draw(st.sampled_from(("replace", "remove", "add", "rename")))
    if how == "replace":
        node[place] = draw(SOME_NODES)
    elif how == "remove":
        del node[place]
    elif isinstance(node, list):
        node.append(draw(SOME_NODES))
    elif how == "add":
        node[draw(SOME_WORDS)] = draw(SOME_NODES)
    else:
        node[draw(SOME_WORDS | st.sampled_from(KEYS))] = node.pop(place)


class Plain(yaml.SafeDumper):
    """Writes every place out: our language has no anchors."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 PyYAML's own name
        """Never write one."""
        return True


@settings(deadline=None, max_examples=400)
@given(mutated())
def test_editor_and_loader_judge_any_change_alike(changed: tuple[str, Any]) -> None:
    """Whatever an author changes, nothing is underlined that would run, or missed."""
    kind, tree = changed
    text = yaml.dump(tree, Dumper=Plain, allow_unicode=True, width=1000)

    assert validator(kind).is_valid(tree) is not loader_refuses(kind, text), text
