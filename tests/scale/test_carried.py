"""What is measured for docs/scale.md: no turn is lost, and the figures are possible."""

from __future__ import annotations

from pathlib import Path

from bot.bootstrap import PROVED
from tests.postgres import Postgres
from tests.scale import many_bots, one_postgres
from tests.scale.carried import BOTS, POSTGRES, prepare, table
from tests.scale.desk import PEOPLE

SECONDS = 0.3


def with_proof(data: Path, proved: Path) -> Path:
    """Return a folder for data as after a first start."""
    (data / PROVED).write_bytes(proved.read_bytes())
    prepare(data)
    return data


async def test_what_one_postgres_is_asked_to_keep_it_keeps(
    postgres: Postgres, proved: Path, tmp_path: Path
) -> None:
    """A figure of turns that were not kept would promise what people do not get."""
    data = with_proof(tmp_path, proved)

    seen = await one_postgres.carried(1, SECONDS, postgres, data)

    assert seen.asked == seen.kept > PEOPLE
    assert seen.rate > 0
    assert 0 < seen.p50 <= seen.p99
    assert len(list(table(POSTGRES, [[seen], [seen]]))) == 3


async def test_bots_on_one_machine_show_something_for_every_turn(
    proved: Path, tmp_path: Path
) -> None:
    """Whoever taps at one of many charities is answered, at any load."""
    data = with_proof(tmp_path, proved)
    loads = (many_bots.STEADY, many_bots.SATURATED)

    seen = await many_bots.carried(1, loads, SECONDS, data)

    assert [each.lost for each in seen] == [0, 0]
    for each in seen:
        assert each.own <= each.memory
        if each.rate:  # a machine that stood still has shown nothing
            assert 0 < each.p50 <= each.p99
    assert len(list(table(BOTS, [seen]))) == 4
