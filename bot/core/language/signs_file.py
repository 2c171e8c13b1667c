"""signs.yaml to signs: what people type, and what only sounds like it."""

from __future__ import annotations

from bot.core.danger.signs import Sign
from bot.core.finding import Findings
from bot.core.language.fitting import fit
from bot.core.language.grammar import SIGNS_FILE
from bot.core.language.lines import read_yaml
from bot.core.language.nodes import Table, Word, each, texts


def read_signs(text: str | None, file: str, findings: Findings) -> tuple[Sign, ...]:
    """Return the signs of a file; what is wrong becomes findings.

    There is never nothing without a finding. `text` is None where the file could not be
    opened.
    """
    root = read_yaml(text, file, findings)
    fitted = fit(root, SIGNS_FILE, "this file", findings) if root else None
    if not isinstance(fitted, Table):
        return ()
    table = fitted.table("signs")
    if not table.entries and not fitted.unfit and not table.unfit:
        findings.add(
            "no-signs", table.at, "this file has no signs.", "Write at least danger."
        )
    _under_two(table, findings)
    return tuple(
        Sign(
            kind=key.value,
            phrases=texts(node.get("phrases")),
            alone=texts(node.get("alone")),
            only_sounds_like=texts(node.get("only_sounds_like")),
            at=key.at,
        )
        for key, node in table.entries
        if isinstance(node, Table)
    )


def _under_two(table: Table, findings: Findings) -> None:
    """Find a phrase that stands under two signs: it does what one of them does."""
    kinds: dict[str, str] = {}
    for key, node in table.entries:
        for phrase in each(node.get("phrases") if isinstance(node, Table) else None):
            if not isinstance(phrase, Word):
                continue
            first = kinds.setdefault(phrase.value, key.value)
            if first != key.value:
                findings.add(
                    "under-two-signs",
                    phrase.at,
                    f"'{phrase.value}' stands under {first} and {key.value}.",
                    "Only one of them can win. Keep one.",
                    blocks=False,
                )
