"""Waymark with a library that reaches out, as an update check or a tracker would."""

from __future__ import annotations

import ctypes
import socket
from contextlib import suppress

from bot.cli import main

ELSEWHERE = ("198.51.100.7", 443)  # RFC 5737: nobody's


def reach_out() -> None:
    """Ask for a name, open a connection, and do so once more in C."""
    with suppress(OSError):
        socket.getaddrinfo("telemetry.example", 443)
    with suppress(OSError), socket.socket() as one:
        one.settimeout(0)
        one.connect(ELSEWHERE)
    with socket.socket() as two:
        two.settimeout(0)
        host, port = ELSEWHERE
        address = socket.AF_INET.to_bytes(2, "little") + (port + 1).to_bytes(2, "big")
        address += socket.inet_aton(host) + bytes(8)
        ctypes.CDLL(None).connect(two.fileno(), address, len(address))


if __name__ == "__main__":
    reach_out()
    main()
