"""A purge goes through the rows in parts, so that no turn waits for all of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.stores.base import Farewell
    from bot.stores.rows import Past

# Some hundredth of a second to open and seal.
PURGED_AT_ONCE: Final = 500

Found = Sequence[tuple[bytes, bytes]]  # names and seals, in the order of the names


async def purge_in_parts(
    part: Callable[[bytes], Awaitable[tuple[Found, Past]]], farewell: Farewell | None
) -> int:
    """Hand over what each part removed, once that is kept; return how many records.

    `part` looks at PURGED_AT_ONCE rows after a name at most, and keeps what becomes of
    them. What a later part raises undoes nothing of those before it.
    """
    count, after = 0, b""
    while True:
        found, past = await part(after)
        count += len(past)
        for record in past.records if farewell else ():
            if farewell:
                farewell(record)
        if len(found) < PURGED_AT_ONCE:
            return count
        after = found[-1][0]
