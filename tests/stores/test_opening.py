"""The operator names a store in one setting, and is helped when the name is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.errors import SettingsError
from bot.stores.opening import open_store
from tests.stores.shelf import (
    FORGET_AFTER,
    SEALER,
    Clock,
    keeps,
    looks,
    opened,
    someone,
)


@pytest.mark.parametrize("form", ["sqlite:///{}", "path", "relative"])
async def test_each_form_opens_that_very_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """Conversations are where the operator said, and nowhere else."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "here.db"
    where: str | Path = path if form == "path" else form.format(path)
    if form == "relative":
        where = "sqlite:///here.db"

    store = open_store(where, SEALER, Clock(), FORGET_AFTER)
    await store.open()
    await store.turn(someone(), None, keeps({"a": 1}))
    await store.close()

    async with opened(path, Clock()) as again:
        assert await again.turn(someone(), None, looks) == {"a": 1}


@pytest.mark.parametrize(
    ("where", "cure"),
    [
        ("postgresql://u:hunter2@db:hunter2@/%zz", "Write postgresql://USER"),
        ("postgresql://u:p@db/w?hunter2=yes", "Write postgresql://USER"),
        ("redis://u:hunter2@db", "Write sqlite:///PATH"),
        ("sqlite:///", "Write sqlite:///PATH"),
        ("sqlite:///:memory:", "Write sqlite:///PATH"),
        ("waymark.db", "Write sqlite:///PATH"),
        ("", "Write sqlite:///PATH"),
    ],
)
def test_another_store_is_refused_with_the_cure(where: str, cure: str) -> None:
    """One line names the setting and the cure, and shows no password."""
    with pytest.raises(SettingsError, match=f"WAYMARK_STORE.*{cure}") as told:
        open_store(where, SEALER, Clock(), FORGET_AFTER)

    assert "hunter2" not in str(told.value)
