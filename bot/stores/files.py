"""The database's place on the disk: private, writable, and on this machine."""

from __future__ import annotations

import asyncio
import errno
import fcntl
import os
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.core.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

PRIVATE: Final = 0o600
MOUNTS: Final = Path("/proc/mounts")
# On these, two machines can each believe that they hold the same lock.
SHARED_KINDS: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "fuse.sshfs"}
)


def make_ready(path: Path) -> bool:
    """Make sure of a private file that can be written; return whether it is empty.

    Raises StoreError with one line: the path, who tried, and the cure.
    """
    with _told(path):
        _refuse_network_share(path)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make_private(path)
        _check_writable(path)
        return path.stat().st_size == 0


def check_place(path: Path) -> None:
    """Make sure that `make_ready` would not fail, and make nothing.

    Raises StoreError, as that does.
    """
    with _told(path):
        _refuse_network_share(path)
        if path.exists():
            _check_writable(path)
            return
        folder = next(each for each in path.absolute().parents if each.exists())
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise _no_access()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"{path} cannot be written by uid {os.getuid()} ({error.strerror}). Give"
            " that user its folder, or set WAYMARK_DATA to a folder it can write to."
        ) from None


def _make_private(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
    except FileExistsError:
        if path.stat().st_mode & 0o077:
            path.chmod(PRIVATE)


def _check_writable(path: Path) -> None:
    # Asked, not tried: closing a file would drop the locks that SQLite holds on it.
    in_file = os.access(path, os.R_OK | os.W_OK)
    in_folder = os.access(path.parent, os.R_OK | os.W_OK | os.X_OK)
    if not (in_file and in_folder):
        raise _no_access()


def _no_access() -> PermissionError:
    return PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _refuse_network_share(path: Path) -> None:
    mounts = MOUNTS.read_text(errors="replace") if MOUNTS.exists() else ""
    kind = kind_of_disk(path, mounts)
    if kind in SHARED_KINDS:
        raise StoreError(
            f"{path} is on a network share ({kind}), where a SQLite file can be"
            " damaged. Set WAYMARK_DATA to a folder on this machine's own disk."
        )


def kind_of_disk(path: Path, mounts: str) -> str:
    """Return the kind of file system that `path` is on, as /proc/mounts names it."""
    real = path.resolve()
    found = ("", "")
    for line in mounts.splitlines():
        _, where, kind, *_ = line.split(" ")
        where = where.replace("\\040", " ")  # as a space in a name is written there
        if real.is_relative_to(where) and len(where) >= len(found[0]):
            found = (where, kind)
    return found[1]


@asynccontextmanager
async def opening_alone(folder: Path) -> AsyncIterator[None]:
    """Let one process at a time open what is in `folder`, so that only one mends it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        await asyncio.to_thread(fcntl.flock, handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def move_aside(path: Path) -> Path:
    """Move a damaged database out of the way, with its log; return where it is now."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    path.rename(aside)
    log = path.with_name(f"{path.name}-wal")
    if log.exists():
        log.rename(aside.with_name(f"{aside.name}-wal"))
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
    return aside
