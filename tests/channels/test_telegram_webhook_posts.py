"""What is posted by whoever is not Telegram, or broken on its way, harms nobody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from hmac import compare_digest

import pytest

from bot.web import webhook as page
from tests.channels.posting import SECRET, Posted
from tests.channels.running import Desk
from tests.telegram.stand_in import Telegram

UPDATE = {"update_id": 7}
RIGHT = SECRET.encode()


@pytest.mark.parametrize(
    "secret", [None, b"", b"wrong", RIGHT[:-1], RIGHT + b"x", b"\xe9"]
)
async def test_b17_without_the_secret_nothing_is_done(
    telegram: Telegram,
    hook: Posted,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    secret: bytes | None,
) -> None:
    """B17: nobody can speak in a person's name, or learn anything by trying.

    Nor by how long it takes: that is the same however much of it is right.
    """
    compared: list[bytes] = []

    def compares(given: bytes, expected: bytes) -> bool:
        compared.append(given)
        return compare_digest(given, expected)

    monkeypatch.setattr(page, "compare_digest", compares)
    sam = telegram.person()
    telegram.updates.hold()
    update = await sam.starts(waits=False)
    body = {"update_id": update, "message": sam.chat[-1].as_json()}
    answer = await hook.post(secret, json=body)
    assert answer.status_code == 401
    assert answer.content == b""
    assert len(compared) == 1
    assert await desk.step(sam.id) is None
    assert (await hook.post(json=body)).status_code == 200
    assert await desk.step(sam.id) == "right_now"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", b"application/json", 400),
        (b"\xff\xfe", b"application/json", 400),
        (b"[" * 100_000, b"application/json", 400),
        (b'{"update_id": ' + b"9" * 5_000 + b"}", b"application/json", 400),
        (b'[{"update_id": 7}]', b"application/json", 400),
        (b"null", b"application/json", 400),
        (b"{}", b"application/json", 400),
        (b'{"update_id": "7"}', b"application/json", 400),
        (b'{"update_id": true}', b"application/json", 400),
        (b'{"update_id": 7}', b"text/plain", 400),
        (b'{"update_id": 7}', b"application/json; charset=utf-8", 200),
        (b" " * (page.MOST_BYTES + 1), b"application/json", 413),
    ],
)
async def test_what_is_no_update_is_refused_at_once(
    hook: Posted, body: bytes, kind: bytes, status: int
) -> None:
    """A broken proxy, or whoever found the secret, cannot bring the bot down."""
    answer = await hook.post(kind=kind, content=body)
    assert answer.status_code == status
    assert answer.content == b""
    assert (await hook.post(json=UPDATE)).status_code == 200


async def test_a_body_without_a_length_is_cut_off_too(hook: Posted) -> None:
    """What does not say how long it is is still not read for ever."""

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(page.MOST_BYTES // 65536 + 1):
            yield b" " * 65536

    assert (await hook.post(content=endless())).status_code == 413


async def test_a_body_that_drips_is_given_up(
    telegram: Telegram, hook: Posted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sends a byte now and then holds nobody up, and is told."""
    monkeypatch.setattr(page, "BODY_SECONDS", 0.05)
    given_up = asyncio.Event()

    async def dripping() -> AsyncIterator[bytes]:
        yield b"{"
        await given_up.wait()

    posting = asyncio.create_task(hook.post(content=dripping()))
    await telegram.until(lambda: bool(hook.statuses))
    given_up.set()
    assert (await posting).status_code == 408
