"""Everything that can go wrong in Waymark, as one tree.

WaymarkError
├── FlowUnfit         the files of a flow cannot be used; carries the findings
├── NotOffered        something was tapped that the step does not offer
├── StoreError        a conversation could not be loaded or saved
│   ├── StoreAway     there is no reaching it now; it may come back by itself
│   └── Unreadable    what is kept or was learnt cannot be read
├── CannotDraw        what makes a picture of this kind is not installed
├── SettingsError     a setting is missing or wrong; says which, and the cure
└── ChannelError      a channel could not do what was asked of it
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.finding import check_command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.finding import Finding


class WaymarkError(Exception):
    """The root: whoever catches it has caught all that Waymark itself raises."""


class FlowUnfit(WaymarkError):
    """The files of a flow cannot be used. `findings` say where and how to mend it.

    `blocking` are those that keep it from being used; `for_all` tells how to see all.
    """

    def __init__(self, findings: Sequence[Finding], folder: str) -> None:
        """Keep the findings, in the author's order, and whose they are."""
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = tuple(findings)
        self.blocking = tuple(found for found in findings if found.blocks)
        self.for_all = f"For all of them: {check_command(folder)}"


class NotOffered(WaymarkError):
    """Something was tapped that is not offered where the person stands."""


class StoreError(WaymarkError):
    """A conversation could not be loaded or saved."""


class StoreAway(StoreError):
    """The store cannot be reached now. It may come back by itself."""


class Unreadable(StoreError):
    """What is kept or was learnt cannot be read: another key, damage, another form."""


class CannotDraw(WaymarkError):
    """What makes a picture of this kind is not installed. The message has the cure."""


class SettingsError(WaymarkError):
    """A setting is missing or wrong. The message names it and the cure."""


class ChannelError(WaymarkError):
    """A channel could not do what was asked of it."""
