"""Whether the store can be reached, is sound, and takes what is written."""

from __future__ import annotations

from bot.bootstrap import DATABASE
from bot.core.errors import SettingsError, StoreError
from bot.doctor.diagnosis import Diagnosis, State
from bot.settings import Settings
from bot.stores.examining import examine
from bot.stores.sealing import Opener, Sealer

PART = "store"
# Where there is no key yet, whatever is kept was sealed with one that is missing.
NO_KEY_YET = b"there is no key yet, and nothing was sealed with this"


async def examine_store(
    settings: Settings, keys: tuple[bytes, ...]
) -> tuple[Diagnosis, frozenset[Opener] | None]:
    """Look at the store, and tell which keys open what is kept; nothing is changed.

    None: nobody knows which, because the store could not be looked into.
    """
    where = settings.store or settings.data / DATABASE
    try:
        found = await examine(where, Sealer(*(keys or (NO_KEY_YET,))))
    except (SettingsError, StoreError) as error:
        return Diagnosis(PART, State.MEND, str(error)), None
    is_new = "; made ready at the first start" if found.is_new else ""
    return Diagnosis(PART, State.FIT, f"{found.where}{is_new}"), found.openers
