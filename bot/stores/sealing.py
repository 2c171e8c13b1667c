"""Records are sealed before a database sees them: the one file that knows cryptography.

Two keys are derived from the operator's one, so that a name says nothing about a seal.
A sealed record is, byte for byte:

    1 format | 12 nonce | the record as JSON, padded with spaces, encrypted | 16 tag

AES-256-GCM with a random nonce stays safe for four thousand million seals of one key:
more than a hundred years of one turn a second.
"""

from __future__ import annotations

import hmac
import os
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
RECEIPT_BYTES: Final = 16
# Long enough that most records are equally long, whatever was answered.
PADDED_TO: Final = 256


class Sealer:
    """Seals records and hides names, with keys derived from the operator's key.

    `names_key` (32 bytes) is what `bot.core.person.person_key` is given as its secret.
    """

    def __init__(self, key: bytes) -> None:
        """Derive both keys. `key` is what `bot.stores.keys.load_key` returned."""
        self.names_key = _derived(key, b"waymark names 1")
        self._cipher = AESGCM(_derived(key, b"waymark sealing 1"))

    def __repr__(self) -> str:
        """Hide the keys, so that a log or an error can never show them."""
        return "Sealer(…)"

    def receipt(self, receipt: str) -> bytes:
        """Return the 16 bytes under which a receipt is claimed, never its text."""
        told = f"receipt:{receipt}".encode()
        return hmac.digest(self.names_key, told, sha256)[:RECEIPT_BYTES]

    def seal(self, name: bytes, record: Record) -> bytes:
        """Return `record` sealed under `name`; it opens under no other name.

        Raises TypeError or ValueError if the record is not plain.
        """
        told = to_text(record).encode()
        padded = told.ljust(-(-len(told) // PADDED_TO) * PADDED_TO)
        nonce = os.urandom(NONCE_BYTES)
        return FORMAT + nonce + self._cipher.encrypt(nonce, padded, FORMAT + name)

    def open(self, name: bytes, sealed: bytes) -> dict[str, Any]:
        """Return the record. Raises Unreadable: another key or name, or damage."""
        nonce, rest = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        try:
            told = self._cipher.decrypt(nonce, rest, sealed[:1] + name)
        except (InvalidTag, ValueError):
            raise Unreadable("sealed with another key, or damaged") from None
        return from_text(told)


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key)
