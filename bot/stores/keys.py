"""Where the operator's keys come from: a setting, or a file made on the first start.

Each key is a line. The first one seals whatever is kept from now on. The lines below it
only open what was kept before the key was changed.
"""

from __future__ import annotations

import logging
import os
from base64 import urlsafe_b64encode
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from bot.core.errors import SettingsError

KEY_FILE: Final = "waymark.key"
KEY_BYTES: Final = 32
# A made key has 44 characters. A sentence of 32 is still beyond all guessing.
LEAST_CHARACTERS: Final = 32
# Stops a placeholder such as "xxxx…"; a real key of that length always has more.
LEAST_DIFFERENT: Final = 8
MAKES_A_KEY: Final = "python -c 'import secrets; print(secrets.token_urlsafe(32))'"

log = logging.getLogger(__name__)


def load_keys(data_folder: Path, setting: str | None) -> tuple[bytes, ...]:
    """Return the operator's keys: WAYMARK_KEY's value, or the data folder's own.

    The first is in force, the others are from before. Makes one (mode 600) where there
    is none yet. A key is the text itself, so a made key may be moved from its file into
    WAYMARK_KEY and stays the same. Raises SettingsError, which never shows a key.
    """
    if setting is not None:
        return fit_keys(setting, "WAYMARK_KEY")
    path = data_folder / KEY_FILE
    try:
        if not path.exists():
            _make(path)
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise SettingsError(
            f"{path} is not text, and a key is. Restore it if it was damaged. This"
            f" makes a good one: {MAKES_A_KEY}"
        ) from None
    except OSError as error:
        raise SettingsError(
            f"WAYMARK_DATA: {path} cannot be read or made by uid {os.getuid()} "
            f"({error.strerror}). Give that user the folder, or set WAYMARK_KEY."
        ) from None
    return fit_keys(text, str(path))


def read_keys(data_folder: Path, setting: str | None) -> tuple[bytes, ...]:
    """Return the keys as `load_keys` would; none where it would make the first.

    Raises SettingsError, which never shows a key.
    """
    if setting is not None:
        return fit_keys(setting, "WAYMARK_KEY")
    path = data_folder / KEY_FILE
    try:
        return fit_keys(path.read_text(encoding="utf-8"), str(path))
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path} cannot be read ({type(error).__name__}). Restore it, or give it"
            " to the user who runs Waymark."
        ) from None


def fit_keys(text: str, where: str) -> tuple[bytes, ...]:
    """Return the keys in a text, one a line. Raises SettingsError if one is weak."""
    keys = [line.strip() for line in text.splitlines() if line.strip()]
    for number, key in enumerate(keys or [""], start=1):
        if len(key) < LEAST_CHARACTERS or len(set(key)) < LEAST_DIFFERENT:
            line = f", line {number}," if len(keys) > 1 else ""
            raise SettingsError(
                f"{where}{line} is too short or too simple to be a key: it needs "
                f"{LEAST_CHARACTERS} characters or more. This makes a good one: "
                f"{MAKES_A_KEY}"
            )
    return tuple(key.encode() for key in dict.fromkeys(keys))


def _make(path: Path) -> None:
    """Make a key file whole or not at all; where two make one, the first one stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A temporary file is made with O_EXCL and mode 600. A link is never made over a
    # file that is there, and never shows half a key.
    with NamedTemporaryFile(dir=path.parent, prefix=f"{KEY_FILE}-") as file:
        file.write(urlsafe_b64encode(os.urandom(KEY_BYTES)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
        try:
            os.link(file.name, path)
        except FileExistsError:
            return
    _keep_folder(path.parent)
    log.info("new key made: %s; keep it apart from the database, in WAYMARK_KEY", path)


def _keep_folder(folder: Path) -> None:
    """Make a new name in a folder outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
