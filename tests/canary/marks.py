"""What must be found nowhere, in every form in which it could be written."""

from __future__ import annotations

import base64
import hashlib
import hmac
import html
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

# In clear bytes this is short enough to be cut out of a longer digest, and long enough
# never to be there by chance.
DIGEST_BYTES = 8
DIGESTS = ("md5", "sha1", "sha256", "sha512", "blake2b", "blake2s")


@dataclass(frozen=True, slots=True)
class Needle:
    """One form of a mark: what it is of, how it is written, and the bytes."""

    mark: str
    form: str
    written: bytes


def needles(
    texts: Iterable[str], numbers: Iterable[int], salts: Iterable[bytes]
) -> Iterator[Needle]:
    """Give every form of each text and number; numbers also as salted digests."""
    salts = tuple(salts)
    for text in texts:
        yield from _of(text, (*_in_letters(text), *_digests(text, ())))
    for number in numbers:
        text = str(number)
        forms = (*_in_letters(text), *_in_bytes(number), *_digests(text, salts))
        yield from _of(text, forms)
        yield from _of(text, _digests(f"telegram:{text}", salts))


def _of(mark: str, forms: Iterable[tuple[str, bytes]]) -> Iterator[Needle]:
    seen = set()
    for form, written in forms:
        if written not in seen:
            seen.add(written)
            yield Needle(mark, form, written)


def _in_letters(text: str) -> Iterator[tuple[str, bytes]]:
    plain = text.encode()
    yield "text", plain
    yield "utf-16", text.encode("utf-16-le")
    yield "utf-16", text.encode("utf-16-be")
    yield "url", quote(text, safe="").encode()
    yield "url", quote_plus(text).encode()
    yield "json", json.dumps(text)[1:-1].encode()
    yield "repr", repr(text)[1:-1].encode()
    yield "html", html.escape(text).encode()
    yield "html", text.encode("ascii", "xmlcharrefreplace")
    yield "hex", plain.hex().encode()
    for written in _in_base64(plain):
        yield "base64", written


def _in_bytes(number: int) -> Iterator[tuple[str, bytes]]:
    # Six bytes is how SQLite keeps a number of this size.
    for size in (6, 8):
        for order in ("big", "little"):
            written = number.to_bytes(size, "big" if order == "big" else "little")
            yield "number", written
            yield "hex", written.lstrip(b"\0").hex().encode()
    yield "hex", f"{number:x}".encode()


def _digests(text: str, salts: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    plain = text.encode()
    for name in DIGESTS:
        found = [hashlib.new(name, plain).digest()]
        for salt in salts:
            found += [
                hashlib.new(name, salt + plain).digest(),
                hashlib.new(name, plain + salt).digest(),
                hmac.digest(salt, plain, name),
            ]
        for digest in found:
            beginning = digest[:DIGEST_BYTES]
            yield name, beginning
            yield name, beginning.hex().encode()
            yield name, base64.b64encode(digest)[: DIGEST_BYTES * 4 // 3]
            yield name, base64.urlsafe_b64encode(digest)[: DIGEST_BYTES * 4 // 3]


def _in_base64(plain: bytes) -> Iterator[bytes]:
    """Give what stands in base64 wherever the text begins within what was encoded."""
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        for before in range(3):
            whole = encode(bytes(before) + plain)
            inside = len(whole) - (4 if (before + len(plain)) % 3 else 0)
            yield whole[4 if before else 0 : inside]
