"""Updates that the library cannot read are taken all the same, and passed over (B18).

It reads a poll's answer as a whole: one update that it cannot read would keep all the
others from being served, and come again for ever.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from telegram import Bot, Update

from bot.channels.telegram.taps import lean

log = logging.getLogger(__name__)


def readable(posted: Mapping[str, Any], bot: Bot | None = None) -> Update | None:
    """Return an update as the library reads it, or None and a line in the log."""
    try:
        return Update.de_json(lean(dict(posted)), bot)
    except Exception as error:  # noqa: BLE001 - whatever it is, it would come for ever
        kind = type(error).__name__
        log.error("an update cannot be read: %s", kind, extra={"fault": kind})  # noqa: TRY400
        return None


class Sieve:
    """Looks through the answers to one bot's polls."""

    def __init__(self) -> None:
        """Begin with nothing handed on."""
        self._last: int | None = None

    def through(self, body: bytes) -> bytes:
        """Return an answer; of what cannot be read in it, only the number is left.

        Only one that comes again is looked into, since reading takes long: what could
        be read is confirmed by the next poll, and does not come again.
        """
        try:
            updates = json.loads(body)["result"]
            first, last = updates[0]["update_id"], updates[-1]["update_id"]
            comes_again = self._last is not None and first <= self._last
        except (ValueError, LookupError, TypeError):  # nothing has come, or no updates
            return body
        self._last = last
        if not comes_again:
            return body
        kept = [
            each if readable(each) else {"update_id": each["update_id"]}
            for each in updates
        ]
        return json.dumps({"ok": True, "result": kept}).encode()
