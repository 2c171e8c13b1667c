"""A Telegram, a front desk and a running channel, as the channels' tests have them."""

from __future__ import annotations

from tests.channels.conftest import channel, desk, hook, telegram

__all__ = ["channel", "desk", "hook", "telegram"]
