"""Whether the key is there, safe and apart from what it locks; how it is changed."""

from __future__ import annotations

from bot.doctor.diagnosis import Diagnosis, State
from bot.settings import KEY, Settings
from bot.stores.keys import KEY_FILE, MAKES_A_KEY
from bot.stores.opening import is_postgres
from bot.stores.rows import LOST_KEY
from bot.stores.sealing import Opener

PART = "key"
OTHERS = 0o077  # whoever is not the file's owner
APART = (
    "Keep it apart from the database: put its text into WAYMARK_KEY, or into a file"
    " elsewhere that WAYMARK_KEY_FILE names, and remove it from the data folder."
    " Whoever has both can read what is kept."
)
SHARED = (
    "Several replicas need the same key: put its text into WAYMARK_KEY on each. Else"
    " each makes one of its own, and none can read what another keeps."
)
NEEDED = "The key from before is still needed: leave its line where it is."
NOBODY_KNOWS = (
    "Whether the key from before is still needed is told once the store can be looked"
    " into: leave its line where it is."
)
NOT_NEEDED = (
    "Nothing that is kept needs the key from before. Its line can go two days after the"
    " key was changed."
)

TO_CHANGE = (
    "To change the key, put a new one on a line of its own above the present one, in"
    " {where}, and restart. What is kept is read with both and written with the first."
    f" Two days later remove the old line. This makes a new one: {MAKES_A_KEY}"
)
WITH_REPLICAS = (
    "With several replicas, put the new line below the present one first, on every one"
    " of them; then above."
)
IF_LOST = (
    "If the key is ever lost, whoever is in the middle of a conversation begins anew,"
    " and what is in their chat stays there. Nothing else is lost."
)


def examine_key(
    settings: Settings, keys: tuple[bytes, ...], openers: frozenset[Opener] | None
) -> Diagnosis:
    """Look at where the key is, and at what the store needs it for.

    `openers`: which keys open what is kept; None: the store could not be looked into.
    """
    path = settings.data / KEY_FILE
    where = f"{KEY}, or the file that {KEY}_FILE names" if settings.key else str(path)
    notes = []
    if openers and Opener.NONE in openers:
        notes.append(f"{LOST_KEY[0].upper()}{LOST_KEY[1:]}.")
    if len(keys) > 1:
        notes.append(_whether_needed(openers))
    if settings.key is None:
        notes.append(SHARED if is_postgres(settings.store) else APART)
    always = (TO_CHANGE.replace("{where}", where), WITH_REPLICAS, IF_LOST)
    says = f"{len(keys)} in {where}" if keys else f"{path}, made at the first start"
    if settings.key is None and keys and path.stat().st_mode & OTHERS:
        open_to_all = f"{path} can be read by other users. Type: chmod 600 {path}"
        return Diagnosis(PART, State.MEND, open_to_all, (*notes, *always))
    state = State.NOTE if notes else State.FIT
    return Diagnosis(PART, state, says, (*notes, *always))


def _whether_needed(openers: frozenset[Opener] | None) -> str:
    if openers is None:
        return NOBODY_KNOWS
    return NEEDED if Opener.EARLIER in openers else NOT_NEEDED
