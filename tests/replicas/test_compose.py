"""The replicas of compose.yaml with its own settings and secrets, in no container."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.command import ROOT
from tests.postgres import Postgres
from tests.process import free_port, running
from tests.replicas.nginx import binary, start_nginx
from tests.telegram.stand_in import Telegram

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
REPLICAS = ("replica-1", "replica-2")
IN_CONTAINER = "/run/secrets/"


def settings_of(service: str, secrets: Path, port: int) -> dict[str, str]:
    """Return what compose.yaml sets, with this machine's folder and port."""
    told = COMPOSE["services"][service]
    settings: dict[str, str] = {}
    for name, value in told["environment"].items():
        if value.startswith(IN_CONTAINER):
            assert value.removeprefix(IN_CONTAINER) in told["secrets"]
        settings[name] = (
            value.replace(IN_CONTAINER, f"{secrets}/")
            .replace("0.0.0.0:8080", f"127.0.0.1:{port}")
            .replace("${WAYMARK_WEBHOOK_URL:-}", "https://bot.example/telegram")
        )
    return settings | {"WAYMARK_TELEGRAM_TOKEN": ""}  # its file has it


@pytest.mark.skipif(binary() is None, reason="there is no nginx: `make test` brings it")
@pytest.mark.slow
async def test_b27_what_compose_starts_serves_people_and_outlives_a_replica(
    tmp_path: Path, postgres: Postgres
) -> None:
    """B27: two replicas, one PostgreSQL, nginx: one goes, and nobody is set back."""
    secrets, ports = tmp_path / "secrets", (free_port(), free_port())
    (tmp_path / "nginx").mkdir()
    secrets.mkdir()
    nginx = start_nginx(tmp_path / "nginx", ports)
    async with Telegram() as telegram, AsyncExitStack() as stack:
        stack.callback(nginx.stop)
        telegram.webhook_goes_to(nginx.address)
        for name, secret in {
            "telegram_token": telegram.token,
            "waymark_key": "a key made up for these tests only",
            "waymark_store": postgres.new_address(),
            "webhook_secret": "a-secret-of-the-tests-own",
        }.items():
            (secrets / name).write_text(f"{secret}\n", encoding="utf-8")
        fleet = [
            await stack.enter_async_context(
                running(
                    *(tmp_path / name, telegram.base, telegram.token),
                    **settings_of(name, secrets, port),
                )
            )
            for name, port in zip(REPLICAS, ports, strict=True)
        ]
        await asyncio.gather(*(replica.becomes_ready() for replica in fleet))
        person = telegram.person()
        await person.starts()
        await person.taps("not_now")
        await person.taps("fixated")

        await fleet[0].is_told_to_stop()
        await person.taps("done")

        assert person.sees("Someone can talk with you.")
        assert telegram.violations == []
