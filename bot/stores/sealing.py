"""Records are sealed before a database sees them: the one file that knows cryptography.

Two keys are derived from the operator's one, so that a name says nothing about a seal.
A sealed record is, byte for byte:

    1 format | 12 nonce | the record as JSON, padded with spaces, encrypted | 16 tag

AES-256-GCM with a random nonce stays safe for four thousand million seals of one key:
more than a hundred years of one turn a second.

After the key was changed, those from before still open what they sealed, and still tell
the names and receipts that they hid. Nothing is sealed with them.
"""

from __future__ import annotations

import hmac
import os
from contextlib import suppress
from enum import Enum, auto
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.core.errors import Unreadable
from bot.stores.records import from_text, to_text

if TYPE_CHECKING:
    from bot.stores.base import Record

FORMAT: Final = b"\x01"
NONCE_BYTES: Final = 12
# To ask the system for chance lets other threads go on. A store's thread that had to
# wait for them again at every seal took a millisecond longer for each.
NONCES_AT_ONCE: Final = 256
RECEIPT_BYTES: Final = 16
# Long enough that most records are equally long, whatever was answered.
PADDED_TO: Final = 256


class Opener(Enum):
    """Which key opens what is kept."""

    IN_FORCE = auto()
    EARLIER = auto()
    NONE = auto()


class Sealer:
    """Seals records and hides names, with keys derived from the operator's keys.

    `names_key` (32 bytes) is what `bot.core.person.person_key` is given as its secret,
    and `earlier_names_keys` those from before.
    """

    def __init__(self, key: bytes, *earlier: bytes) -> None:
        """Derive two from each of what `bot.stores.keys.load_keys` returned."""
        keys = (key, *earlier)
        self.names_key, *names = (_derived(each, b"waymark names 1") for each in keys)
        self.earlier_names_keys = tuple(names)
        self._nonces: list[bytes] = []  # each is used once
        self._ciphers = [AESGCM(_derived(each, b"waymark sealing 1")) for each in keys]

    def __repr__(self) -> str:
        """Hide the keys, so that a log or an error can never show them."""
        return "Sealer(…)"

    def receipts(self, receipt: str) -> tuple[bytes, ...]:
        """Return the 16 bytes under which a receipt is claimed, never its text.

        Those after the first are what it would have been under each earlier key.
        """
        told = f"receipt:{receipt}".encode()
        keys = (self.names_key, *self.earlier_names_keys)
        return tuple(hmac.digest(key, told, sha256)[:RECEIPT_BYTES] for key in keys)

    def seal(self, name: bytes, record: Record) -> bytes:
        """Return `record` sealed under `name`; it opens under no other name.

        Raises TypeError or ValueError if the record is not plain.
        """
        told = to_text(record).encode()
        padded = told.ljust(-(-len(told) // PADDED_TO) * PADDED_TO)
        nonce = self._nonce()
        newest = self._ciphers[0]
        return FORMAT + nonce + newest.encrypt(nonce, padded, FORMAT + name)

    def _nonce(self) -> bytes:
        try:
            return self._nonces.pop()
        except IndexError:
            drawn = os.urandom(NONCES_AT_ONCE * NONCE_BYTES)
            cuts = range(0, len(drawn), NONCE_BYTES)
            nonces = [drawn[cut : cut + NONCE_BYTES] for cut in cuts]
            nonce = nonces.pop()
            self._nonces += nonces
            return nonce

    def open(self, name: bytes, sealed: bytes) -> dict[str, Any]:
        """Return the record. Raises Unreadable: another key or name, or damage."""
        return from_text(self._opened(name, sealed)[1])

    def opener(self, name: bytes, sealed: bytes) -> Opener:
        """Tell which key opens a record."""
        try:
            number, _ = self._opened(name, sealed)
        except Unreadable:
            return Opener.NONE
        return Opener.EARLIER if number else Opener.IN_FORCE

    def _opened(self, name: bytes, sealed: bytes) -> tuple[int, bytes]:
        nonce, rest = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        for number, cipher in enumerate(self._ciphers):
            with suppress(InvalidTag, ValueError):
                return number, cipher.decrypt(nonce, rest, sealed[:1] + name)
        raise Unreadable("sealed with another key, or damaged")


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key)
