"""The log: it shows what broke and where, and nothing of a person or a secret."""

import json
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from bot.logs import masked, what_failed
from tests.command import PATIENCE, environ

TOKEN = "424242:CANARY-6"
SAID = "SENTINEL-91 outside my door"

SET_UP = """
import asyncio, gc, logging, sys, threading
from bot.logs import set_up_logs
set_up_logs({log_format!r}, {level!r})
said, token = {said!r}, {token!r}
"""

# What goes wrong in a bot and in its libraries, as it really happens there.
FAULTS = {
    "a handler fails with what was said": """
try:
    raise ValueError(said)
except ValueError:
    logging.getLogger("bot.frontdesk").exception("turn failed")
""",
    "a task that nobody waits for fails": """
async def handle(update):
    raise RuntimeError(update)
async def main():
    task = asyncio.create_task(handle(said))
    await asyncio.sleep(0)
    del task
    gc.collect()
    asyncio.get_running_loop().call_soon(int, said)
    await asyncio.sleep(0)
asyncio.run(main(), debug=True)
""",
    "a thread fails": """
thread = threading.Thread(target=int, args=(said,))
thread.start()
thread.join()
""",
    "an object fails as it goes": """
class Holder:
    def __del__(self):
        raise ValueError(said)
holder = Holder()
del holder
""",
    "an error that nobody catches": "raise ValueError(said) from KeyError(token)\n",
    "Telegram answers with what cannot be read": """
import telegram.request
try:
    telegram.request.BaseRequest.parse_json_payload(said.encode())
except telegram.error.TelegramError as error:
    logging.getLogger("bot.channels").exception("poll failed")
""",
    "a record with too few values": "logging.getLogger('bot').error('%s %s', said)\n",
    "a library that writes what it handles": """
for name in ("telegram.ext", "transitions.core", "aiosqlite", "uvicorn.error"):
    for level in (logging.DEBUG, logging.INFO, logging.WARNING):
        logging.getLogger(name).log(level, "update %r by %s", said, token)
""",
    "our own words hold a token": """
logging.getLogger("bot.channels").warning("POST /bot%s/sendMessage", token)
""",
}


def logged(script: str, level: str, log_format: str) -> str:
    """Return all that a process with our logs wrote while it ran a script."""
    opening = SET_UP.format(log_format=log_format, level=level, said=SAID, token=TOKEN)
    ran = subprocess.run(
        [sys.executable, "-c", opening + script],
        capture_output=True,
        encoding="utf-8",
        env=environ(),
        timeout=PATIENCE,
        check=False,
    )
    return ran.stdout + ran.stderr


@pytest.mark.parametrize("log_format", ["text", "json"])
@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_b34_nothing_that_was_said_is_logged(
    fault: str, level: str, log_format: str
) -> None:
    """B34: whoever reads the log of a fault learns its kind and place, no words."""
    written = logged(fault, level, log_format)

    assert "SENTINEL" not in written
    assert "outside my door" not in written
    assert "CANARY" not in written


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
def test_b35_the_token_in_addresses_is_logged_by_no_library(level: str) -> None:
    """B35: httpx writes the addresses it calls, and Telegram's hold the token."""
    server = HTTPServer(("127.0.0.1", 0), _Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    script = f"""
import httpx
address = f"http://127.0.0.1:{server.server_port}/bot{{token}}/getUpdates"
logging.getLogger("bot.channels").info("status %s", httpx.get(address).status_code)
"""

    written = logged(script, level, "text")
    server.shutdown()
    server.server_close()

    assert "status 200" in written  # the call was made, and our own log was on
    assert "CANARY" not in written


def test_a_fault_still_says_its_kind_and_where_it_arose() -> None:
    """An operator must be able to report a fault that is safe to pass on."""
    written = logged(FAULTS["a handler fails with what was said"], "INFO", "json")

    record = json.loads(written)
    assert record["level"] == "ERROR"
    assert record["message"] == "turn failed"
    assert record["error"].startswith("ValueError at ")


def test_causes_are_named_without_their_words() -> None:
    """Behind a fault of ours stands the one that caused it: both kinds are needed."""
    try:
        try:
            int(SAID)
        except ValueError as error:
            raise KeyError(SAID) from error
    except KeyError as error:
        told = what_failed(ExceptionGroup(SAID, [error]))

    assert told.startswith("ExceptionGroup of [KeyError at test_logs.py:")
    assert "; from ValueError at test_logs.py:" in told
    assert "SENTINEL" not in told


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (f"http://api/bot{TOKEN}/getMe", "http://api/bot<token>/getMe"),
        ("bot7000000001%3AAAHx-y_z", "bot<token>"),
        ("health on 127.0.0.1:8081", "health on 127.0.0.1:8081"),
        ("flow.yaml:42:7 is wrong", "flow.yaml:42:7 is wrong"),
        ("two\nlines", "two lines"),
    ],
)
def test_what_is_masked(written: str, shown: str) -> None:
    """A token is hidden in whatever form; what an operator needs stays readable."""
    assert masked(written) == shown


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Stay quiet."""
