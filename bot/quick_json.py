"""JSON, quickly: of a turn it is a tenth. The one file that knows orjson.

What that refuses is left to Python's own: half a letter, for one bad update must not
hold up all that came with it, and whatever else it is stricter about.
"""

from __future__ import annotations

import json
import re
from typing import Any

import orjson

# Only what is plain is written; a date or a dataclass is somebody's mistake.
_PLAIN = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
# A whole number may be this long, of which orjson would make one with a fraction.
_LONG = re.compile(rb"-\d{19}|\d{20}")


def read_json(text: bytes | str) -> Any:  # noqa: ANN401 - JSON can be anything
    """Return what a text says. Raises ValueError or RecursionError: it is no JSON."""
    try:
        told = text if isinstance(text, bytes) else text.encode()
        return json.loads(told) if _LONG.search(told) else orjson.loads(told)
    except ValueError:
        return json.loads(text)


def write_json(value: object) -> bytes:
    """Return a value as UTF-8. Raises TypeError or ValueError if it is not plain."""
    try:
        return orjson.dumps(value, option=_PLAIN)
    except TypeError:
        return json.dumps(value, allow_nan=False).encode()
