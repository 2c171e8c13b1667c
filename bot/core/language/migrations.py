"""`migrate:` of flow.yaml: what becomes of people in the middle of an old version."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.core.language.nodes import Node, Table, Word, each
from bot.core.migration import Migration


def read_migrations(node: Node | None) -> Mapping[str, Migration]:
    """Return the migrations by the version they start from."""
    migrations = {
        item.text("since"): Migration(
            since=item.text("since"),
            steps=MappingProxyType(_words(item.table("steps"))),
            values=MappingProxyType(
                {
                    key.value: MappingProxyType(_words(value))
                    for key, value in item.table("values").entries
                    if isinstance(value, Table)
                }
            ),
            stranded=item.text("stranded") or None,
            at=item.at,
        )
        for item in each(node)
        if isinstance(item, Table)
    }
    return MappingProxyType(migrations)


def _words(table: Table) -> dict[str, str]:
    return {
        key.value: value.value
        for key, value in table.entries
        if isinstance(value, Word)
    }
