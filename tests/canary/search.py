"""Looks for many marks at once, in whatever bytes there are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tests.canary.marks import Needle

# No form of a mark is shorter; every mark is looked for by these first bytes of it.
GRAM = 6
CHUNK = 1 << 16
# A database's files are mostly zeros. No mark holds so many.
_ZEROS = re.compile(rb"\0{64,}")
_HARDLY = b"\0" * 64


@dataclass(frozen=True, slots=True)
class Hit:
    """A mark that was found: in which place, and how it is written there."""

    place: str
    mark: str
    form: str


class Search:
    """All that is looked for."""

    def __init__(self, needles: Iterable[Needle]) -> None:
        """Sort what is looked for by how it begins, in any case of its letters."""
        self._exact: dict[bytes, list[Needle]] = defaultdict(list)
        self._lower: dict[bytes, list[Needle]] = defaultdict(list)
        for needle in needles:
            assert len(needle.written) >= GRAM, needle
            self._exact[needle.written[:GRAM]].append(needle)
            if needle.form != "base64":
                written = needle.written.lower()
                low = Needle(needle.mark, needle.form, written)
                self._lower[written[:GRAM]].append(low)

    def hits(self, places: Mapping[str, bytes]) -> set[Hit]:
        """Return every mark that stands in any of the places."""
        return {
            Hit(place, needle.mark, needle.form)
            for place, found in places.items()
            for needle in self._found(_ZEROS.sub(_HARDLY, found))
        }

    def _found(self, data: bytes) -> Iterator[Needle]:
        for text, known in ((data, self._exact), (data.lower(), self._lower)):
            for begin in range(0, len(text), CHUNK):
                chunk = text[begin : begin + CHUNK + GRAM]
                grams = {chunk[at : at + GRAM] for at in range(len(chunk) - GRAM + 1)}
                for gram in known.keys() & grams:
                    yield from (n for n in known[gram] if n.written in text)
