"""The container as it is shipped: it can be stopped, and what it keeps stays."""

from __future__ import annotations

import json
from typing import Any

import yaml

from tests.house import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
ENDS_WITHIN = 10  # seconds, of `waymark run`


def said(instruction: str) -> list[str]:
    """Return what an instruction of the Dockerfile says, if that is in exec form."""
    (line,) = (line for line in DOCKERFILE if line.startswith(f"{instruction} "))
    words: list[str] = json.loads(line.partition(" ")[2])
    return words


def test_b21_the_signal_to_stop_reaches_waymark() -> None:
    """B21: a shell in between would keep SIGTERM, and turns would be cut off."""
    assert said("ENTRYPOINT") == ["waymark"]
    assert said("CMD") == ["run"]
    for name in ("waymark", "replica-1", "replica-2"):
        grace = COMPOSE["services"][name]["stop_grace_period"]
        assert int(grace.removesuffix("s")) > ENDS_WITHIN


def test_b25_what_is_kept_outlives_the_container() -> None:
    """B25: the data folder is a named volume, and the one place that is written to."""
    waymark = COMPOSE["services"]["waymark"]
    (volume,) = waymark["volumes"]
    name, _, place = volume.partition(":")
    assert name in COMPOSE["volumes"]
    assert f"VOLUME {place}" in DOCKERFILE
    assert any(f"WAYMARK_DATA={place}" in line for line in DOCKERFILE)
    assert waymark["read_only"]
    assert any("-o waymark" in line and place in line for line in DOCKERFILE)
    assert "USER 10001" in DOCKERFILE
