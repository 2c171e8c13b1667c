"""What the doctor's tests share: a Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.telegram.stand_in import Telegram


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    """Give a Telegram that answers."""
    async with Telegram() as telegram:
        yield telegram
