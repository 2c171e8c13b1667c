"""JSON, quickly: of a turn it is a tenth. The one file that knows orjson.

What that refuses is left to Python's own: half a letter, for one bad update must not
hold up all that came with it, and whatever else it is stricter about.
"""

from __future__ import annotations

import json
from typing import Any

import orjson

# Only what is plain is written; a date or a dataclass is somebody's mistake.
_PLAIN = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
# A whole number may be so long that orjson would make one with a fraction of it. To
# look for that with a regular expression took three milliseconds for a full poll, ten
# times as long as to read it. So every digit is made a nought, and whatever may stand
# before a number is made a colon; two texts are left to look for.
_SHAPE = bytes.maketrans(b"0123456789,[ \t\n\r", b"0" * 10 + b":" * 6)
_LONGEST, _LONGEST_BELOW_NOUGHT = b":" + b"0" * 20, b":-" + b"0" * 19


def read_json(text: bytes | str) -> Any:  # noqa: ANN401 - JSON can be anything
    """Return what a text says. Raises ValueError or RecursionError: it is no JSON."""
    try:
        told = text if isinstance(text, bytes) else text.encode()
        return json.loads(told) if _has_long_number(told) else orjson.loads(told)
    except ValueError:
        return json.loads(text)


def write_json(value: object) -> bytes:
    """Return a value as UTF-8. Raises TypeError or ValueError if it is not plain."""
    try:
        return orjson.dumps(value, option=_PLAIN)
    except TypeError:
        return json.dumps(value, allow_nan=False).encode()


def _has_long_number(told: bytes) -> bool:
    """Tell whether a whole number may not fit into 64 bits."""
    shape = b":" + told.translate(_SHAPE)
    return _LONGEST in shape or _LONGEST_BELOW_NOUGHT in shape
