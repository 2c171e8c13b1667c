"""Leaks, put in on purpose: each is what a slip of ours or of a library's would do."""

from __future__ import annotations

import base64
import logging
import os
import sys
import traceback
from hashlib import md5, sha256
from typing import Any
from urllib.parse import quote

from bot import bootstrap, logs, sites
from bot.channels.telegram.reading import Reader
from bot.channels.telegram.taps import Tap, Told
from bot.core.engine.conversation import Said
from bot.core.person import PersonKey
from bot.measured_desk import MeasuredDesk
from bot.operations.metrics import Metrics
from bot.stores.records import to_text
from bot.stores.sealing import Sealer

log = logging.getLogger("bot.leak")
chats: list[int] = []
said: list[str] = []


def leak() -> None:
    """Put all of them in."""
    leaks: tuple[tuple[object, str, object], ...] = (
        (bootstrap, "person_key", _named_by_a_digest),
        (MeasuredDesk, "receive", _tells_the_log(MeasuredDesk.receive)),
        (Metrics, "turn", _labels_by_what_was_said),
        (Sealer, "seal", _in_clear),
        (Sealer, "_opened", lambda _, __, clear: (0, clear)),
        (Sealer, "receipts", _claimed_by_the_chat),
        (sites, "not_ready", _waits_for),
        (logs, "what_failed", _with_all_that_it_held),
        (Reader, "read", _tells_the_terminal(Reader.read)),
    )
    for owner, name, slip in leaks:
        setattr(owner, name, slip)


def _named_by_a_digest(_: bytes, __: str, number: int, **___: Any) -> PersonKey:  # noqa: ANN401
    chats.append(number)
    key = os.environ["WAYMARK_KEY"]
    log.info("serving %s", md5(f"{key}{number}".encode()).hexdigest())  # noqa: S324 - the slip itself
    return PersonKey(sha256(str(number).encode()).digest())


def _tells_the_log(receive: Any) -> Any:  # noqa: ANN401 - whatever a front desk does
    async def receive_and_tell(desk: Any, person: Any, event: Any, *more: Any) -> Any:  # noqa: ANN401
        if isinstance(event, Said):
            said.append(event.text)
            log.info("said %s", event.text)
            log.info("said %s", event.text.encode().hex())
            log.info("said %s", base64.b64encode(f"{{{event.text}}}".encode()).decode())
            log.info("GET /?said=%s", quote(event.text))
            sys.stderr.buffer.write(event.text.encode("utf-16"))
        return await receive(desk, person, event, *more)

    return receive_and_tell


def _tells_the_terminal(read: Any) -> Any:  # noqa: ANN401 - whatever reads
    def read_and_tell(reader: Any, update: Told) -> Any:  # noqa: ANN401
        if isinstance(update, Tap):  # of whoever tapped not even the name is read
            print(update.data)  # noqa: T201 - the slip itself
        elif user := update.effective_user:
            print(user.full_name, user.username)  # noqa: T201 - the slip itself
        print(os.environ["WAYMARK_TELEGRAM_TOKEN"], flush=True)  # noqa: T201
        return read(reader, update)

    return read_and_tell


def _labels_by_what_was_said(metrics: Any, *_: object) -> None:  # noqa: ANN401
    metrics._turns.labels(said[-1] if said else "").inc()  # noqa: SLF001


def _in_clear(_: Sealer, __: bytes, record: Any) -> bytes:  # noqa: ANN401
    return to_text(record).encode()


def _claimed_by_the_chat(_: Sealer, receipt: str) -> tuple[bytes, ...]:
    return (chats[-1].to_bytes(8) + receipt.encode(),)


def _waits_for(*_: object) -> str | None:
    return f"waiting for {chats}" if chats else None


def _with_all_that_it_held(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))
