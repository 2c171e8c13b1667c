"""What a person is owed is stored, until nothing is left to memory alone."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.stores.base import Store
    from bot.stores.copies import Copies
    from bot.stores.owed import Owed


async def store_one(store: Store, copies: Copies, owed: Owed) -> None:
    """Store what is owed to one person, and what they do meanwhile. Raises StoreError.

    What another replica has stored or removed meanwhile stays as it is.
    """
    async with owed.settling:
        # Somebody else may have stored it meanwhile; the person may have gone on.
        while copies.owed.get(owed.person.name) is owed:
            turns, receipts = owed.turns, list(owed.receipts)
            claims: list[str | None] = [*receipts]
            turn = partial(store.turn, owed.person, used=owed.used)
            work = copies.settling(owed)
            kept = await asyncio.gather(
                *(turn(claim, work=work) for claim in claims or [None])
            )
            del owed.receipts[: len(receipts)]
            if owed.turns == turns:
                copies.settled(owed, kept[-1])
