"""The only name we have for anyone: a keyed hash that leads back to nobody."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class PersonKey:
    """Thirty-two bytes under which one person's conversation is kept.

    `earlier`: their names under keys that are still read, but not written with.
    """

    name: bytes
    earlier: tuple[bytes, ...] = ()

    def __repr__(self) -> str:
        """Hide the bytes, so that a log or an error can never show them."""
        return "PersonKey(…)"


def person_key(
    secret: bytes, channel: str, number: int, earlier: tuple[bytes, ...] = ()
) -> PersonKey:
    """Return the name of whoever has this number in a channel.

    HMAC-SHA-256: without the secret nobody can try all chat numbers against it.
    `earlier` are secrets from before the key was changed.
    """
    told = f"{channel}:{number}".encode()
    name, *names = (hmac.digest(each, told, sha256) for each in (secret, *earlier))
    return PersonKey(name, tuple(names))
