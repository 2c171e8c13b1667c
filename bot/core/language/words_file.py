"""cy.yaml and the like to a translation: a flow's words in another language."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import cast

from bot.core.finding import Findings
from bot.core.flow import Direction, Part
from bot.core.language.fitting import fit
from bot.core.language.lines import read_yaml
from bot.core.language.nodes import Node, Table, Word, each, texts
from bot.core.language.texts import read_label, read_part
from bot.core.language.words_grammar import WORDS_FILE
from bot.core.translation import KINDS, Entry, Kind, Translation

# Read from the right in every script they are written in; a file may say so itself.
FROM_THE_RIGHT = frozenset({"ar", "fa", "he", "ps", "ur"})


def read_words(
    text: str | None, file: str, language: str, findings: Findings
) -> Translation | None:
    """Return the translation in a file, or None with a finding.

    `language` is what the file's name says. `text` is None where the file could not be
    opened.
    """
    root = read_yaml(text, file, findings)
    fitted = fit(root, WORDS_FILE, "this file", findings) if root else None
    if not isinstance(fitted, Table):
        return None
    _same_language(fitted.get("language"), language, findings)
    usual = "rtl" if language[:2] in FROM_THE_RIGHT else "ltr"
    return Translation(
        language=language,
        name=dict(_labels(fitted, ("name",), findings)).get("name", language),
        direction=cast("Direction", fitted.text("direction") or usual),
        entries=MappingProxyType(
            {(each.kind, each.name): each for each in _entries(fitted, findings)}
        ),
        sections=MappingProxyType({kind: _place(fitted, kind).at for kind in KINDS}),
        at=fitted.at,
        never_say=texts(fitted.get("never_say")),
        first_words_never=texts(fitted.get("first_words_never")),
    )


def _same_language(node: Node | None, language: str, findings: Findings) -> None:
    if isinstance(node, Word) and node.value != language:
        findings.add(
            "other-language",
            node.at,
            f"this file is named for '{language}' and says it is in '{node.value}'.",
            f"Write `language: {language}`, or give the file the other name.",
        )


def _place(root: Table, kind: Kind) -> Word | Table:
    return next((key for key, _ in root.entries if key.value == kind), root)


def _entries(root: Table, findings: Findings) -> Iterator[Entry]:
    for kind in KINDS:
        for key, node in root.table(kind).entries:
            if isinstance(node, Table):
                yield _entry(kind, key, node, findings)


def _entry(kind: Kind, key: Word, node: Table, findings: Findings) -> Entry:
    parts: tuple[Part, ...] = ()
    labels: dict[str, str] = {}
    match kind:
        case "words":
            parts = _parts(node.get("say"), findings)
        case "interrupts":
            labels = dict(_labels(node, ("button", "menu"), findings))
        case "steps":
            parts = _parts(node.get("says"), findings)
            options = node.table("options")
            names = tuple(word.value for word, _ in options.entries)
            labels = dict(_labels(options, names, findings))
        case "services":
            labels = {n: node.text(n) for n in ("name", "for", "how") if node.text(n)}
    typed = {word.value: texts(said) for word, said in node.table("typed").entries}
    return Entry(kind, key.value, key.at, parts, labels, typed, node.text("of"))


def _parts(node: Node | None, findings: Findings) -> tuple[Part, ...]:
    words = (word for word in each(node) if isinstance(word, Word))
    return tuple(read_part(word, findings) for word in words)


def _labels(
    node: Table, names: tuple[str, ...], findings: Findings
) -> Iterator[tuple[str, str]]:
    for name in names:
        word = node.get(name)
        if isinstance(word, Word):
            yield name, read_label(word, findings)
