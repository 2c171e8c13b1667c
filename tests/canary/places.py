"""Where a trace of somebody could be left: every file, and a server's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.postgres import Postgres, do, rows

# Bytes, as PostgreSQL is built: a page of the WAL, and what each begins with.
_WAL_PAGE, _WAL_FIRST_HEADER, _WAL_HEADER = 8192, 40, 24


def files_in(folder: Path) -> dict[str, bytes]:
    """Return what stands in each file of a folder: database, WAL, journal, all."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@dataclass(frozen=True, slots=True)
class Server:
    """The files in which a PostgreSQL keeps one database, from some moment on."""

    postgres: Postgres
    address: str
    began: tuple[str, int]
    log_began: int

    @classmethod
    def now(cls, postgres: Postgres, address: str) -> Server:
        """Begin to look. The server is told to log every statement from now on."""
        name = address.rpartition("/")[2]
        for setting in ("log_statement = 'all'", "log_min_duration_statement = 0"):
            do(address, f"ALTER DATABASE {name} SET {setting}")
        log = postgres.folder / "log"
        return cls(postgres, address, _wal_at(address), log.stat().st_size)

    def places(self) -> dict[str, bytes]:
        """Return the tables' own files, the WAL and the log since then, and a dump."""
        do(self.address, "CHECKPOINT")  # all that is in memory is in the files now
        folder = self.postgres.folder
        ((oid,),) = rows(
            self.address,
            "SELECT oid FROM pg_database WHERE datname = current_database()",
        )
        found = files_in(folder / "base" / str(oid))
        places = {f"table file {name}": data for name, data in found.items()}
        places["server's log"] = (folder / "log").read_bytes()[self.log_began :]
        places["server's WAL"] = self._wal()
        places["dump"] = self.postgres.dump(self.address)
        return places

    def _wal(self) -> bytes:
        (first, begins), (last, ends) = self.began, _wal_at(self.address)
        folder = self.postgres.folder / "pg_wal"
        names = sorted(path.name for path in folder.iterdir() if path.is_file())
        wanted = [name for name in names if first <= name <= last]
        segments = {name: (folder / name).read_bytes() for name in wanted}
        return b"".join(
            _without_page_headers(
                data,
                begins if name == first else 0,
                ends if name == last else len(data),
            )
            for name, data in segments.items()
        )


def _without_page_headers(segment: bytes, begins: int, ends: int) -> bytes:
    """Return what a segment of the WAL holds; a text may go on in the next page."""
    parts = []
    for page in range(0, ends, _WAL_PAGE):
        header = _WAL_HEADER if page else _WAL_FIRST_HEADER
        stops = min(ends, page + _WAL_PAGE)
        parts.append(segment[max(begins, page + header) : stops])
    return b"".join(parts)


def _wal_at(address: str) -> tuple[str, int]:
    ((name, offset),) = rows(
        address, "SELECT (pg_walfile_name_offset(pg_current_wal_insert_lsn())).*"
    )
    return str(name), int(str(offset))
