"""A command that only looks or tends makes nothing, also where there is nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bootstrap import DATABASE
from bot.stores.keys import KEY_FILE
from tests.command import ROOT, waymark
from tests.doctor.told import KEY
from tests.postgres import Postgres, rows
from tests.stores.shelf import opened

FLOW = str(ROOT / "tests" / "cli_flows" / "small")
NEED_WHAT_IS_KEPT = ("purge", "stats", "stats --json", "stats --csv", "stats --html x")
NEED_NOTHING = ("understand", "services", "draw")


def ran_in(folder: Path, command: str, **settings: str) -> tuple[int, str]:
    """Run a command in a folder; return its exit code and what it said of it."""
    ran = waymark(*command.split(), cwd=folder, WAYMARK_FLOW=FLOW, **settings)
    return ran.returncode, ran.stderr


@pytest.mark.parametrize("command", NEED_WHAT_IS_KEPT)
def test_in_the_wrong_folder_it_says_where_it_looked(
    tmp_path: Path, command: str
) -> None:
    """An operator who reads "0 removed" elsewhere would believe that all is gone."""
    code, says = ran_in(tmp_path, command)

    assert code == 2
    assert str(tmp_path / "data" / DATABASE) in says
    assert "WAYMARK_DATA" in says
    assert says.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_the_setting_that_names_another_place_is_told(tmp_path: Path) -> None:
    """Whoever set a store looks at that setting, not at the folder."""
    place = tmp_path / "other.db"
    code, says = ran_in(tmp_path, "purge", WAYMARK_STORE=f"sqlite:///{place}")

    assert code == 2
    assert f"{place} is not there" in says
    assert "set WAYMARK_STORE" in says
    assert list(tmp_path.iterdir()) == []


async def test_no_key_is_made_for_a_store_that_has_another(tmp_path: Path) -> None:
    """With a new key, all that is kept would look as if it were nobody's."""
    data = tmp_path / "data"
    data.mkdir()
    async with opened(data / DATABASE):
        pass
    for command in ("purge", "stats"):
        code, says = ran_in(tmp_path, command)
        assert code == 2
        assert f"{data / KEY_FILE} is not there" in says
        assert "WAYMARK_KEY" in says
    assert not (data / KEY_FILE).exists()


def test_a_server_without_our_tables_gets_none(
    tmp_path: Path, postgres: Postgres
) -> None:
    """The wrong database of the right server is a wrong place, too."""
    address = postgres.new_address()
    code, says = ran_in(tmp_path, "purge", WAYMARK_STORE=address, WAYMARK_KEY=KEY)

    assert code == 2
    assert "set WAYMARK_STORE" in says
    assert rows(address, "SELECT to_regclass('conversation')") == [(None,)]


@pytest.mark.parametrize("command", NEED_NOTHING)
def test_what_needs_nothing_that_is_kept_makes_none(
    tmp_path: Path, command: str
) -> None:
    """An author works in any folder, and leaves no key and no database there."""
    code, _ = ran_in(tmp_path, command)

    assert code == 0
    assert list(tmp_path.iterdir()) == []
