"""The screen that needs nothing: shown when a flow or a store cannot serve.

Its numbers stand here and not in services.yaml because it must be there when no file
can be read. Their sources are those of police_999, silent_solution, relay_uk and
samaritans in flows/services.yaml; a test holds the two together.
"""

from __future__ import annotations

from bot.core.engine.screen import Screen

EMERGENCY_TEXT = """\
Something is not working here. You can still get help.

In danger now?
Call 999. Ask for the police.

Cannot speak? Stay on the line. When you are asked, press 55. This works on mobiles. \
It does not tell them where you are.

Deaf, or cannot use your voice? Call 18000 with Relay UK.

Thinking of ending your life? Call 116 123, Samaritans. Day and night.

Then send /start to try again."""


def emergency_screen() -> Screen:
    """Return the built-in screen: words only, no buttons that could fail in turn."""
    return Screen(
        version="",
        step="emergency",
        kind="outcome",
        text=EMERGENCY_TEXT,
        options=(),
        back=None,
        interrupts=(),
        services=(),
        route=None,
    )
