"""The stand-in's clock, which a test can move: old messages, stale taps, 48 hours."""

import time


class Clock:
    """Tells Telegram's time in seconds since 1970, moved as far as a test asks."""

    def __init__(self) -> None:
        self._moved = 0.0

    def now(self) -> float:
        """Tell the time that Telegram would tell."""
        return time.time() + self._moved

    def moves(self, *, hours: float = 0, seconds: float = 0) -> None:
        """Move the clock on, or back with a negative figure; old dates stay."""
        self._moved += hours * 3600 + seconds
