"""The environment to one frozen Settings: the only reader of the environment.

A setting may stand in the environment, or in the file that WAYMARK_ENV_FILE names; the
environment wins. A secret may also stand in a file of its own, which `…_FILE` names.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Literal

from bot.core.errors import SettingsError
from bot.core.finding import did_you_mean
from bot.setting_forms import (
    as_address,
    as_forget_after,
    as_host_and_port,
    as_listen,
    as_secret,
    as_time,
    as_token,
)

PREFIX = "WAYMARK_"
ENV_FILE = "WAYMARK_ENV_FILE"
TOKEN = "WAYMARK_TELEGRAM_TOKEN"  # noqa: S105 the name of a setting, not a secret
API = "WAYMARK_TELEGRAM_API"
DATA = "WAYMARK_DATA"
STORE = "WAYMARK_STORE"
KEY = "WAYMARK_KEY"
FLOW = "WAYMARK_FLOW"
FORGET_AFTER = "WAYMARK_FORGET_AFTER"
DELETE_TYPED = "WAYMARK_DELETE_TYPED"
LAST_LINE = "WAYMARK_LAST_LINE"
COUNT = "WAYMARK_COUNT"
KEEP_COUNTS = "WAYMARK_KEEP_COUNTS"
WEBHOOK_URL = "WAYMARK_WEBHOOK_URL"
WEBHOOK_SECRET = "WAYMARK_WEBHOOK_SECRET"  # noqa: S105 the name of a setting
LISTEN = "WAYMARK_LISTEN"
HEALTH = "WAYMARK_HEALTH"
PROXY = "WAYMARK_PROXY"
LOG_FORMAT = "WAYMARK_LOG_FORMAT"
LOG_LEVEL = "WAYMARK_LOG_LEVEL"

SECRETS = (
    TOKEN,
    KEY,
    STORE,
    PROXY,
    WEBHOOK_SECRET,
)  # a store's or a proxy's address may hold a password
PLAIN = (
    *(API, DATA, FLOW, FORGET_AFTER, DELETE_TYPED, LAST_LINE, COUNT, KEEP_COUNTS),
    *(WEBHOOK_URL, LISTEN, HEALTH, LOG_FORMAT, LOG_LEVEL, ENV_FILE),
)
KNOWN = (*SECRETS, *(f"{name}_FILE" for name in SECRETS), *PLAIN)

DEFAULT_FLOW = Path("flows/stalking")
BESIDE_THE_PACKAGE = Path(__file__).parent.parent

_STRAY = (
    " \t\r\n\f\v\"'\u2018\u2019\u201c\u201d\ufeff"  # what copying leaves at the ends
)

LogFormat = Literal["text", "json"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator can choose. What may hold a secret never shows in repr.

    `store` None: the default database in the data folder. `key` None: the one made on
    first start. `delete_typed`: what people type is deleted once it is read.
    `last_line`: a neutral line is sent after leaving. `count`: anonymised counts are
    kept. `webhook_url` None: updates are polled for. `health` None: no health page.
    `unknown`: names that look like settings and are none, each with a cure.
    """

    telegram_token: str | None = field(default=None, repr=False)
    telegram_api: str | None = field(default=None, repr=False)
    data: Path = Path("data")
    store: str | None = field(default=None, repr=False)
    key: str | None = field(default=None, repr=False)
    flow: Path = DEFAULT_FLOW
    forget_after: timedelta = timedelta(minutes=60)
    delete_typed: bool = True
    last_line: bool = False
    count: bool = False
    keep_counts: timedelta = timedelta(days=90)
    webhook_url: str | None = field(default=None, repr=False)
    webhook_secret: str | None = field(default=None, repr=False)
    listen: tuple[str, int] = ("127.0.0.1", 8080)
    health: tuple[str, int] | None = ("127.0.0.1", 8081)
    proxy: str | None = field(default=None, repr=False)
    log_format: LogFormat = "text"
    log_level: str = "INFO"
    unknown: tuple[str, ...] = ()


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings in force. Raises SettingsError that says which one is wrong.

    `environ` stands in for the environment of this process.
    """
    environ = os.environ if environ is None else environ
    named = _Named((environ, _env_file(environ)))
    log_format = named.one_of(LOG_FORMAT, ("text", "json"), "text")
    levels = ("debug", "info", "warning", "error")
    return Settings(
        telegram_token=as_token(TOKEN, named.secret(TOKEN)),
        telegram_api=as_address(API, named.plain(API), drop="/bot"),
        data=Path(named.plain(DATA) or "data"),
        store=named.secret(STORE),
        key=named.secret(KEY),
        flow=_flow(named.plain(FLOW)),
        forget_after=as_forget_after(FORGET_AFTER, named.plain(FORGET_AFTER) or "60m"),
        delete_typed=named.is_on(DELETE_TYPED, "on"),
        last_line=named.is_on(LAST_LINE, "off"),
        count=named.is_on(COUNT, "off"),
        keep_counts=as_time(KEEP_COUNTS, named.plain(KEEP_COUNTS) or "90d"),
        webhook_url=as_address(WEBHOOK_URL, named.plain(WEBHOOK_URL)),
        webhook_secret=as_secret(WEBHOOK_SECRET, named.secret(WEBHOOK_SECRET)),
        listen=as_host_and_port(LISTEN, named.plain(LISTEN) or "127.0.0.1:8080"),
        health=as_listen(HEALTH, named.plain(HEALTH) or "127.0.0.1:8081"),
        proxy=as_address(PROXY, named.secret(PROXY)),
        log_format="json" if log_format == "json" else "text",
        log_level=named.one_of(LOG_LEVEL, levels, "info").upper(),
        unknown=named.unknown(),
    )


def environment_with(settings: Mapping[str, str]) -> Mapping[str, str]:
    """Return the environment for another process, with these settings and no others."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("WAYMARK_")}
    return {**kept, **settings}


class _Named:
    """Looks settings up by name, in the first source that has them."""

    def __init__(self, sources: tuple[Mapping[str, str], ...]) -> None:
        self._sources = sources

    def plain(self, name: str) -> str | None:
        values = (source.get(name, "").strip(_STRAY) for source in self._sources)
        return next((value for value in values if value), None)

    def secret(self, name: str) -> str | None:
        for source in self._sources:
            value = source.get(name, "").strip(_STRAY)
            file = source.get(f"{name}_FILE", "").strip(_STRAY)
            if value and file:
                raise SettingsError(
                    f"{name} and {name}_FILE are both set. Remove one of them."
                )
            if value or file:
                return value or _secret_file(f"{name}_FILE", file)
        return None

    def one_of(self, name: str, choices: tuple[str, ...], default: str) -> str:
        value = (self.plain(name) or default).lower()
        if value not in choices:
            raise SettingsError(
                f"{name} can't be {value!r}. Set it to {' or '.join(choices)}."
            )
        return value

    def is_on(self, name: str, default: str) -> bool:
        return self.one_of(name, ("on", "off"), default) == "on"

    def unknown(self) -> tuple[str, ...]:
        names = {name for source in self._sources for name in source}
        return tuple(
            f"{name} is not a setting of this version. {did_you_mean(name, KNOWN)}"
            for name in sorted(names)
            if name.startswith(PREFIX) and name not in KNOWN
        )


def _env_file(environ: Mapping[str, str]) -> Mapping[str, str]:
    path = environ.get(ENV_FILE, "").strip(_STRAY)
    if not path:
        return {}
    from dotenv import dotenv_values

    try:
        with Path(path).open(encoding="utf-8-sig") as stream:
            # A "$" in a secret is a "$": nothing is filled in from elsewhere.
            values = dotenv_values(stream=stream, interpolate=False)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(_unreadable(ENV_FILE, error)) from error
    return {name: value for name, value in values.items() if value is not None}


def _secret_file(name: str, path: str) -> str:
    try:
        value = Path(path).read_text(encoding="utf-8-sig").strip(_STRAY)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(_unreadable(name, error)) from error
    if not value:
        raise SettingsError(
            f"{name}: the file it names is empty. Put the secret into it, on one line."
        )
    return value


def _unreadable(name: str, error: Exception) -> str:
    # The value is left out: people do put the secret itself here by mistake.
    return (
        f"{name}: the file it names cannot be read by user {os.getuid()}"
        f" ({type(error).__name__}). Set it to the path of a text file, and let this"
        " user read it."
    )


def _flow(value: str | None) -> Path:
    if value is not None:
        return Path(value)
    if DEFAULT_FLOW.is_dir():
        return DEFAULT_FLOW
    return BESIDE_THE_PACKAGE / DEFAULT_FLOW
