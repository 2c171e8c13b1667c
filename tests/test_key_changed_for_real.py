"""The operator changes the key of a real Waymark, and whoever is there goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.postgres import Postgres
from tests.process import running
from tests.telegram.stand_in import Telegram

OLD = "four red buses wait behind the old library"
NEW = "nine small boats turn round beyond the bridge"


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_a_person_goes_on_with_a_new_key_and_leaves_with_it_alone(
    tmp_path: Path, postgres: Postgres, kind: str
) -> None:
    """Three starts: the old key, the new one above it, the new one alone."""
    store = {"WAYMARK_STORE": postgres.new_address()} if kind == "postgres" else {}
    async with Telegram() as telegram:
        person = telegram.person()
        for keys in (OLD, f"{NEW}\n{OLD}", NEW):
            async with running(
                tmp_path, telegram.base, telegram.token, WAYMARK_KEY=keys, **store
            ) as process:
                await process.becomes_ready()
                if keys == OLD:
                    await person.starts()
                    await person.taps("not_now")
                elif keys == NEW:
                    await person.taps("leave")
                else:
                    await person.taps("fixated")
                log = await process.is_told_to_stop()
                assert "no key in force opens" not in log
            assert keys == NEW or person.sees("Which of these fit?")
    assert person.chat == []
    assert telegram.violations == []
