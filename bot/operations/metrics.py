"""What is counted while Waymark runs, for Prometheus: alone in knowing its client.

Nothing of a person, and nothing that could become one: no id, no text, no step, no
answer, no button. A label has only values that stand in the code. What someone does is
told as coarsely as an operator can use: that a question was shown, not which.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from typing import Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

# Seconds. What people are promised lies at 0.05 to 2; a long poll is not in it.
_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 15.0)
_POLL: Final = "getUpdates"
_OURS: Final = "bot"  # the logger above all of our own


class Metrics:
    """Counts what it is told, for one process, from its start."""

    def __init__(self) -> None:
        """Begin with nothing counted."""
        # The library has left this one without types.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._turns = self._counter(
            "turns", "Turns, by the kind of screen that they led to.", "shown"
        )
        self._turn_seconds = self._histogram(
            "turn_seconds", "From an event to what is kept of it and to be shown."
        )
        self._calls = self._counter(
            "telegram_calls", "Calls of the Bot API, by result.", "method", "result"
        )
        self._call_seconds = self._histogram(
            "telegram_call_seconds",
            "How long Telegram takes to answer; polls left out.",
        )
        self._posts = self._counter(
            "webhook_posts",
            "Posts to the webhook, by how they were answered.",
            "status",
        )
        self._faults = self._counter(
            "faults", "Errors in the log, by where and what they are.", "where", "kind"
        )
        # To look one up takes longer than to count.
        self._turns_to = cache(self._turns.labels)
        self._calls_of = cache(self._calls.labels)
        logging.getLogger(_OURS).addHandler(_CountsFaults(self._faults))

    def turn(self, shown: str, seconds: float) -> None:
        """Count a turn that led to `shown`, a kind of screen."""
        self._turns_to(shown).inc()
        self._turn_seconds.observe(seconds)

    def call(self, method: str, result: str, seconds: float) -> None:
        """Count a call of the Bot API."""
        self._calls_of(method, result).inc()
        if method != _POLL:
            self._call_seconds.observe(seconds)

    def post(self, status: HTTPStatus) -> None:
        """Count a post to the webhook."""
        self._posts.labels(str(int(status))).inc()

    def shows(self, name: str, about: str, value: Callable[[], float]) -> None:
        """Show a number as it is at the moment at which somebody looks."""
        gauge = Gauge(f"waymark_{name}", about, registry=self._registry)
        gauge.set_function(value)

    def page(self) -> tuple[str, bytes]:
        """Return the media type and all numbers as Prometheus reads them."""
        return CONTENT_TYPE_LATEST, generate_latest(self._registry)

    def _counter(self, name: str, about: str, *labels: str) -> Counter:
        return Counter(f"waymark_{name}", about, labels, registry=self._registry)

    def _histogram(self, name: str, about: str) -> Histogram:
        return Histogram(
            f"waymark_{name}", about, buckets=_BUCKETS, registry=self._registry
        )


class _CountsFaults(logging.Handler):
    """Counts our own errors where they are logged, so that none can be forgotten.

    A record's `fault` is the class of the error; it stands in the code, as its logger's
    name does.
    """

    def __init__(self, faults: Counter) -> None:
        super().__init__(logging.ERROR)
        self._faults = faults

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        kind = type(error).__name__ if error else getattr(record, "fault", "other")
        self._faults.labels(record.name, kind).inc()
