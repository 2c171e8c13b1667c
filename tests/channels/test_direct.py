"""Requests to Telegram, with nothing in between: whole, kept apart, and over TLS."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bot.channels.telegram import direct
from bot.channels.telegram.direct import DirectClient

PATIENCE = 30.0
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntrue"


class Server:
    """Answers every request with `says`; `asked` are the bodies, by connection."""

    def __init__(self, says: bytes) -> None:
        """Prepare what it says."""
        self.says = says
        self.asked: list[list[bytes]] = []
        self.ended = asyncio.Semaphore(0)

    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Serve one connection until it ends."""
        mine: list[bytes] = []
        self.asked.append(mine)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length: ")[2].split()[0])
                mine.append(await reader.readexactly(length))
                writer.write(self.says)
                if b"close" in self.says:
                    break
        except (asyncio.IncompleteReadError, OSError):
            pass
        writer.close()
        self.ended.release()


@asynccontextmanager
async def serving(
    says: bytes, tls: ssl.SSLContext | None = None
) -> AsyncIterator[tuple[Server, DirectClient, str]]:
    """Give a server, a client, and the address of a method."""
    server, client = Server(says), DirectClient(4)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=tls)
    port = listening.sockets[0].getsockname()[1]
    scheme = "https" if tls else "http"
    async with listening:
        yield server, client, f"{scheme}://127.0.0.1:{port}/bot1:a/getMe"
        await client.close()
        for _ in server.asked:
            await server.ended.acquire()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Give a file with a key and its certificate, for this computer's own address."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(here, critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    path = tmp_path / "certificate.pem"
    path.write_bytes(
        key.private_bytes(
            pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + made.public_bytes(pem)
    )
    return path


def presenting(certificate: Path) -> ssl.SSLContext:
    """Return what a server shows of itself."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    return tls


async def test_telegram_is_spoken_to_over_tls(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody on the way can read what is asked, if the certificate is a known one."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    async with serving(OK, presenting(certificate)) as (server, client, url):
        assert await client.post(url, b"{}", PATIENCE) == (200, b"true")

    assert server.asked == [[b"{}"]]


async def test_whoever_only_says_to_be_telegram_is_told_nothing(
    certificate: Path,
) -> None:
    """A certificate that nobody vouches for ends it, before the token is sent."""
    async with serving(OK, presenting(certificate)) as (server, client, url):
        with pytest.raises(OSError, match="certificate"):
            await client.post(url, b"{}", PATIENCE)

    assert not any(server.asked)


async def test_one_connection_is_used_again() -> None:
    """To open one takes three ways to Telegram and back, over TLS."""
    async with serving(OK) as (server, client, url):
        for _ in range(3):
            assert await client.post(url, b"{}", PATIENCE) == (200, b"true")

        assert len(server.asked) == 1


async def test_those_at_once_never_get_each_others_answers() -> None:
    """Each call has a connection of its own, and no more are opened than may be."""
    async with serving(OK) as (server, client, url):
        calls = (client.post(url, b"%d" % each, PATIENCE) for each in range(40))
        assert set(await asyncio.gather(*calls)) == {(200, b"true")}

        assert len(server.asked) <= 4
        assert sorted(int(b) for mine in server.asked for b in mine) == [*range(40)]


async def test_a_connection_that_was_long_unused_is_not_trusted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What stands between may have forgotten it, and would swallow the next screen."""
    async with serving(OK) as (server, client, url):
        await client.post(url, b"{}", PATIENCE)
        monkeypatch.setattr(direct, "_KEPT_FREE", -1.0)
        await client.post(url, b"{}", PATIENCE)

        assert len(server.asked) == 2


@pytest.mark.parametrize(
    "says",
    [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ntrue\r\n0\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" + OK,
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\ntrue",
    ],
    ids=["in pieces", "another first", "the last one"],
)
async def test_an_answer_is_read_whole(says: bytes) -> None:
    """However a server, or what stands before it, chooses to send it."""
    async with serving(says) as (_, client, url):
        for _ in range(2):
            assert await client.post(url, b"{}", PATIENCE) == (200, b"true")


@pytest.mark.parametrize(
    "says",
    [b"no HTTP\r\n\r\n", b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-"],
    ids=["garbage", "half"],
)
async def test_what_is_no_answer_is_a_fault_of_the_network(says: bytes) -> None:
    """It is tried again then, as with any other."""
    async with serving(says) as (_, client, url):
        with pytest.raises(OSError, match="closed"):
            await client.post(url, b"{}", PATIENCE)


async def test_an_answer_that_does_not_come_is_not_waited_for_for_ever() -> None:
    """Nor is it taken for that of the next call."""
    async with serving(b"") as (server, client, url):
        with pytest.raises(TimeoutError):
            await client.post(url, b"1", 0.01)
        server.says = OK
        assert await client.post(url, b"2", PATIENCE) == (200, b"true")

        assert server.asked == [[b"1"], [b"2"]]
