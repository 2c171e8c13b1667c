"""What every command begins with: the settings in force, and logs set up by them."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.settings import Settings

FOLDER = click.Path(path_type=Path)

log = logging.getLogger(__name__)


def settings_in_force(*, warn: bool = True) -> Settings:
    """Read the settings, set up logs by them, and warn of names that nobody knows."""
    from bot.logs import set_up_logs
    from bot.settings import read_settings

    settings = read_settings()
    set_up_logs(settings.log_format, settings.log_level)
    for line in settings.unknown if warn else ():
        log.warning(line)
    return settings
