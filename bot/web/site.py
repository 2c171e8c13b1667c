"""One address, and what is served there; to know of it, no server is needed yet."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.errors import WaymarkError

if TYPE_CHECKING:
    from starlette.routing import Route

Address = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Site:
    """What is served at one (host, port); `setting` is where an operator sets it."""

    setting: str
    address: Address
    routes: Sequence[Route]

    def listen(self) -> socket.socket:
        """Return a socket that listens at its address.

        Raises WaymarkError with a cure where that is impossible.
        """
        host, port = self.address
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            return socket.create_server(self.address, family=family)
        except OSError as error:
            # A host that nobody knows is an error of another list than the system's.
            known = error.errno in errno.errorcode
            why = os.strerror(error.errno or 0) if known else error.strerror
            raise WaymarkError(
                f"{self.setting}: cannot listen on {host} port {port} ({why})."
                " Choose another address there."
            ) from error
