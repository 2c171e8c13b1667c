"""What every test may ask for: the shipped flow, a moment, a person, each step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.bootstrap import PROVED
from bot.core.engine.machine import FlowMachine
from bot.core.engine.screen import Moment
from bot.proved import fingerprint, remember
from tests.person import Person
from tests.postgres import FAST, Postgres
from tests.walk import SHIPPED, shipped, ways


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for `question` once at every step of the shipped flow."""
    if "question" in metafunc.fixturenames:
        metafunc.parametrize("question", list(ways()))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that workers who share the tests end together."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def machine() -> FlowMachine:
    """Give the flow that is shipped, loaded once."""
    return shipped()


@pytest.fixture(scope="session")
def proved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file that lets a start know that the shipped flow was proved."""
    proved = tmp_path_factory.mktemp("proved") / PROVED
    remember(SHIPPED, fingerprint(SHIPPED), shipped().languages[1:], proved)
    return proved


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """Give a real PostgreSQL, started for the first test that asks."""
    # Not in pytest's own folder: each run closes that to the user PostgreSQL becomes.
    with TemporaryDirectory(prefix="waymark-postgres-") as folder:
        server = Postgres(Path(folder) / "server", *FAST)
        yield server
        server.stop()


@pytest.fixture
def postgres(postgres_server: Postgres) -> Iterator[Postgres]:
    """Give the server; afterwards it runs again, and is as it was."""
    yield postgres_server
    postgres_server.start()
    postgres_server.drop_all()


@pytest.fixture
def moment() -> Moment:
    """Give three in the morning on Christmas Day, when hardly anyone answers."""
    return Moment(datetime(2026, 12, 25, 3, 0, tzinfo=UTC))


@pytest.fixture
def person(machine: FlowMachine, moment: Moment) -> Person:
    """Give someone who has not written yet."""
    return Person(machine, moment)
