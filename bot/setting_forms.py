"""What the value of a setting may look like; another is refused with its cure."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

from bot.core.errors import SettingsError

# Messages go when answers go, and a message may be a day old by then.
LONGEST_FORGET_AFTER = timedelta(days=1)

_TOKEN_SHAPE = re.compile(r"\d+:[A-Za-z0-9_-]+")
_SECRET_SHAPE = re.compile(r"[A-Za-z0-9_-]{1,256}")  # Bot API, setWebhook
_TIME_SHAPE = re.compile(r"(\d{1,5}) ?([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def as_token(name: str, value: str | None) -> str | None:
    """Return a bot's token as it is; None where there is none. Raises SettingsError."""
    if value is not None and not _TOKEN_SHAPE.fullmatch(value):
        raise SettingsError(
            f"{name} does not look like a bot's token. Copy it again from BotFather:"
            " a number, a colon, then letters and digits, with nothing in between."
        )
    return value


def as_secret(name: str, value: str | None) -> str | None:
    """Return a secret that Telegram can send along. Raises SettingsError."""
    if value is not None and not _SECRET_SHAPE.fullmatch(value):
        raise SettingsError(
            f"{name} can't be used. Write up to 256 letters, digits, _ and -, as this"
            " makes them: openssl rand -hex 32"
        )
    return value


def as_address(name: str, value: str | None, drop: str = "") -> str | None:
    """Return the address of a server without `drop` at its end; None: there is none.

    Raises SettingsError.
    """
    if value is None:
        return None
    try:
        parts = urlsplit(value)
        fits = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        fits = fits and not re.search(r"\s", value)
    except ValueError:
        fits = False
    if not fits:
        raise SettingsError(
            f"{name} is not an address that can be used. Write it with http:// or"
            " https:// in front, such as http://127.0.0.1:8082."
        )
    return value.rstrip("/").removesuffix(drop)


def as_time(name: str, value: str) -> timedelta:
    """Return a time such as 90s, 60m, 2h or 1d. Raises SettingsError."""
    shape = _TIME_SHAPE.fullmatch(value.lower())
    time = timedelta(**{_UNITS[shape[2]]: int(shape[1])}) if shape else timedelta()
    if not time:
        raise SettingsError(
            f"{name} can't be {value!r}. Write a number above 0 and its unit: 90s, 60m,"
            " 2h or 1d."
        )
    return time


def as_forget_after(name: str, value: str) -> timedelta:
    """Return a time after which Telegram still lets us delete messages.

    Raises SettingsError.
    """
    time = as_time(name, value)
    if time > LONGEST_FORGET_AFTER:
        raise SettingsError(
            f"{name} can't be {value!r}. Write 1d or less: Telegram lets no bot"
            " delete messages that are older than two days."
        )
    return time


def as_listen(name: str, value: str) -> tuple[str, int] | None:
    """Return host and port; None for `off`. Raises SettingsError."""
    return None if value.lower() == "off" else as_host_and_port(name, value)


def as_host_and_port(name: str, value: str) -> tuple[str, int]:
    """Return where to listen. Raises SettingsError."""
    try:
        parts = urlsplit(f"//{value}")
        if parts.hostname and parts.port and parts.netloc == value:
            return parts.hostname, parts.port
    except ValueError:
        pass
    raise SettingsError(
        f"{name} can't be {value!r}. Write a host and a port, such as 127.0.0.1:8081."
    )
