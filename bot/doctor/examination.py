"""Everything that `waymark doctor` looks at, in the order in which it is needed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from bot.core.errors import SettingsError
from bot.doctor.diagnosis import Diagnosis, State
from bot.doctor.flow import examine_flow
from bot.doctor.key import PART as KEY_PART
from bot.doctor.key import examine_key
from bot.doctor.network import examine_network
from bot.doctor.settings import examine_settings
from bot.doctor.store import examine_store
from bot.settings import Settings
from bot.stores.keys import read_keys


async def examine(settings: Settings) -> AsyncIterator[Diagnosis]:
    """Give what there is to say of each part. Nothing is made, changed or sent."""
    yield examine_settings(settings)
    try:
        keys = read_keys(settings.data, settings.key)
    except SettingsError as error:
        yield Diagnosis(KEY_PART, State.MEND, str(error))
        keys = ()
        store, _ = await examine_store(settings, keys)
    else:
        store, openers = await examine_store(settings, keys)
        yield examine_key(settings, keys, openers)
    yield store
    yield await asyncio.to_thread(examine_flow, settings)
    yield await examine_network(settings)
