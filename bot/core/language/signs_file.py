"""signs.yaml to signs: what people type, and what only sounds like it."""

from __future__ import annotations

from bot.core.danger.signs import Sign
from bot.core.finding import Findings
from bot.core.language.fitting import fit
from bot.core.language.grammar import SIGNS_FILE
from bot.core.language.lines import read_yaml
from bot.core.language.nodes import Table, texts


def read_signs(text: str, file: str, findings: Findings) -> tuple[Sign, ...]:
    """Return the signs of a file; what is wrong becomes findings."""
    root = read_yaml(text, file, findings)
    fitted = fit(root, SIGNS_FILE, "this file", findings) if root else None
    if not isinstance(fitted, Table):
        return ()
    return tuple(
        Sign(
            kind=key.value,
            phrases=texts(node.get("phrases")),
            only_sounds_like=texts(node.get("only_sounds_like")),
            at=key.at,
        )
        for key, node in fitted.table("signs").entries
        if isinstance(node, Table)
    )
