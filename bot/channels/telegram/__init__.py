"""Telegram: the one place that knows python-telegram-bot."""

import sys

# The library imports httpx, which we do not use, and that brings what colours its own
# command line along if it finds it: a tenth of a second of every start, and memory.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
