"""Whatever is sent over HTTP: no crash, no leak, and nothing done without the secret.

`make fuzz` runs the same for longer.
"""

from __future__ import annotations

import json
import logging
import re
import socket
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.web.webhook import SECRET_HEADER
from tests.channels.posting import SECRET
from tests.command import PATIENCE
from tests.effort import cases
from tests.web.beside import PATH, Beside, web_beside

CANARY = "CANARY-9"
PATHS = ("/live", "/ready", "/metrics", PATH, f"{PATH}/", "/", "//", "/%2e%2e/", "*")
LIVE = b"GET /live HTTP/1.1\r\nHost: a\r\n\r\n"
POST = (
    f"POST {PATH} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    f"{SECRET_HEADER}: {SECRET}\r\n"
)

fuzz = settings(
    max_examples=cases(100),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

header_names = st.sampled_from(
    (
        *("Host", "Content-Length", "Content-Type", "Transfer-Encoding", "Connection"),
        *("Expect", "Upgrade", "Cookie", SECRET_HEADER),
    )
)
header_values = st.one_of(
    st.binary(max_size=40),
    st.sampled_from((b"0", b"-1", b"5", b"9" * 30, b"chunked", b"close", b"gzip")),
    st.sampled_from((b"application/json", b"100-continue", b"websocket")),
)
heads = st.dictionaries(header_names, header_values, max_size=6)
methods = st.one_of(
    st.sampled_from((b"GET", b"POST", b"HEAD", b"OPTIONS", b"PRI", b"")),
    st.binary(max_size=8),
)
paths = st.one_of(st.sampled_from(PATHS).map(str.encode), st.binary(max_size=60))

fields = st.sampled_from(
    (
        *("message", "callback_query", "my_chat_member", "chat", "from", "id", "date"),
        *("text", "type", "message_id", "data", "entities", "offset", "length"),
        *("new_chat_member", "old_chat_member", "status", "reply_to_message", "photo"),
    )
)
leaves = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    st.sampled_from(("private", "member", CANARY)),
)
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(fields, inner, max_size=6)
    ),
    max_leaves=25,
)


@pytest.fixture(scope="module")
def web() -> Iterator[Beside]:
    """Give the web side of a running bot."""
    with web_beside() as web:
        yield web


@fuzz
@given(method=methods, path=paths, head=heads, body=st.binary(max_size=400))
def test_any_bytes_at_all(
    web: Beside, method: bytes, path: bytes, head: dict[str, bytes], body: bytes
) -> None:
    """Whatever comes in by the door, it is answered or hung up on, and life goes on."""
    lines = [b"%s: %s" % (name.encode(), value) for name, value in head.items()]
    request = b"\r\n".join([method + b" " + path + b" HTTP/1.1", *lines, b"", body])
    answer = _sent(web.port, request)
    assert not answer or answer.startswith(b"HTTP/1.1 ")
    assert not answer.startswith(b"HTTP/1.1 500")
    assert _sent(web.port, LIVE, patience=PATIENCE).endswith(b"alive\n")
    assert not web.telegram.ledger.calls_of("sendMessage")


@fuzz
@given(update=st.dictionaries(fields, values, max_size=6), number=st.integers())
def test_any_update_at_all_with_the_secret(
    web: Beside, caplog: pytest.LogCaptureFixture, update: object, number: int
) -> None:
    """What bears the secret is taken once and for all, and nothing of it is logged."""
    caplog.set_level(logging.INFO)
    assert isinstance(update, dict)
    body = json.dumps({**update, "update_id": number})
    head = f"{POST}Content-Length: {len(body)}\r\n\r\n"
    answer = _sent(web.port, f"{head}{body}".encode(), patience=PATIENCE)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(b"\r\n\r\n")  # nothing comes with it
    assert CANARY not in caplog.text


def _sent(port: int, request: bytes, patience: float = 0.3) -> bytes:
    """Send bytes, and return what comes back: nothing if that is not an answer.

    Bytes that are no whole request get no answer at all: patience is short for those.
    """
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as there:
        try:
            there.sendall(request)
            answer = there.recv(65536)
            length = re.search(rb"(?i)content-length: (\d+)", answer)
            body = answer.partition(b"\r\n\r\n")[2]
            while length and len(body) < int(length[1]) and request[:4] != b"HEAD":
                piece = there.recv(65536)
                if not piece:
                    break
                answer, body = answer + piece, body + piece
        except (TimeoutError, ConnectionResetError, BrokenPipeError):
            return b""
    return answer
