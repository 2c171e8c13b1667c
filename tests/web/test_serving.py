"""Where a page cannot be served, an operator reads which setting, and why."""

from __future__ import annotations

import pytest

from bot.core.errors import WaymarkError
from bot.settings import HEALTH
from bot.web.site import Site


def test_a_host_that_nobody_knows_is_told_in_words() -> None:
    """A slip in a name must not read "Unknown error -2"."""
    site = Site(HEALTH, ("no-such-host.invalid", 8081), ())

    with pytest.raises(WaymarkError) as told:
        site.listen()

    assert HEALTH in str(told.value)
    assert "no-such-host.invalid" in str(told.value)
    assert "Unknown error" not in str(told.value)
