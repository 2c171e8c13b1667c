"""signs.yaml to signs: what people type, and what only sounds like it."""

from __future__ import annotations

from bot.core.danger.signs import Sign
from bot.core.finding import Findings
from bot.core.language.fitting import fit
from bot.core.language.grammar import SIGNS_FILE
from bot.core.language.lines import read_yaml
from bot.core.language.nodes import Table, texts


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
