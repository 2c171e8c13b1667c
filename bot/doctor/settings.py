"""Whether the settings go together, and what they name can be had."""

from __future__ import annotations

from bot.bootstrap import NO_SECRET, NO_TOKEN
from bot.core.errors import WaymarkError
from bot.doctor.diagnosis import Diagnosis, State
from bot.settings import HEALTH, LISTEN, Settings
from bot.web.site import Site

PART = "settings"


def examine_settings(settings: Settings) -> Diagnosis:
    """Look at what can be told from the settings alone."""
    missing = []
    if settings.telegram_token is None:
        missing.append(NO_TOKEN)
    if settings.webhook_url and settings.webhook_secret is None:
        missing.append(NO_SECRET)
    notes = (*settings.unknown, *_taken(settings))
    if missing:
        says = f"{len(missing)} missing"
        return Diagnosis(PART, State.MEND, says, (*missing, *notes))
    state = State.NOTE if notes else State.FIT
    return Diagnosis(PART, state, "all that is needed is set", notes)


def _taken(settings: Settings) -> list[str]:
    """Return which addresses cannot be listened on now."""
    sites = [Site(HEALTH, settings.health, ())] if settings.health else []
    if settings.webhook_url and settings.listen != settings.health:
        sites.append(Site(LISTEN, settings.listen, ()))
    notes = []
    for site in sites:
        try:
            site.listen().close()
        except WaymarkError as error:
            notes.append(f"{error} If Waymark is running, this is Waymark itself.")
    return notes
