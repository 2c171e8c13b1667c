"""Files that a command writes: what the file system refuses is one line with a cure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Raise click's own error where what is at, or below, a path cannot be written."""
    try:
        yield
    except OSError as error:
        cure = "Name a place that you may write to."
        raise click.ClickException(f"{not_written(path, error)} {cure}") from error


def not_written(path: Path, error: OSError) -> str:
    """Return what the file system refused, without a cure."""
    return f"{path} cannot be written ({error.strerror})."
