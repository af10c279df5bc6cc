"""What the service did since it started, in the text that Prometheus reads."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

Labels = tuple[tuple[str, str], ...]


class Metrics:
    """Counts of answers and how long they took, by route."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: Counter[Labels] = Counter()
        self._seconds: defaultdict[Labels, float] = defaultdict(float)
        self._within: defaultdict[Labels, list[int]] = defaultdict(lambda: [0] * len(BUCKETS))
        self.started = time.time()

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        labels = (("method", method), ("route", route))
        with self._lock:
            self._answers[(*labels, ("status", str(status)))] += 1
            self._seconds[labels] += seconds
            for place, bound in enumerate(BUCKETS):
                self._within[labels][place] += seconds <= bound

    def text(self, gauges: Mapping[str, tuple[str, Mapping[Labels, float]]]) -> str:
        """Everything as text; ``gauges`` are read from the archive at this moment: name -> (what it is, values)."""
        with self._lock:
            answers, seconds = dict(self._answers), dict(self._seconds)
            within = {labels: list(counts) for labels, counts in self._within.items()}
        lines = _family("postloan_http_requests_total", "counter", "Answers by route and status.", answers.items())
        lines += [
            "# HELP postloan_http_request_seconds How long answers took.",
            "# TYPE postloan_http_request_seconds histogram",
        ]
        for labels, total in seconds.items():
            number = sum(count for key, count in answers.items() if key[:2] == labels)
            for bound, count in zip((*BUCKETS, "+Inf"), (*within[labels], number), strict=True):
                lines.append(_sample("postloan_http_request_seconds_bucket", (*labels, ("le", str(bound))), count))
            lines.append(_sample("postloan_http_request_seconds_sum", labels, total))
            lines.append(_sample("postloan_http_request_seconds_count", labels, number))
        for name, (about, values) in gauges.items():
            lines += _family(name, "gauge", about, values.items())
        return "\n".join(lines) + "\n"


def _family(name: str, kind: str, about: str, samples: Iterable[tuple[Labels, float]]) -> list[str]:
    return [
        f"# HELP {name} {about}",
        f"# TYPE {name} {kind}",
        *(_sample(name, labels, value) for labels, value in samples),
    ]


def _sample(name: str, labels: Labels, value: float) -> str:
    inside = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels)
    number = f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return f"{name}{{{inside}}} {number}" if inside else f"{name} {number}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


class Counting:
    """Measures every answer that passes."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            # The template (/v1/loans/{no}), never the address: loan numbers do not belong in metrics.
            route = getattr(scope.get("route"), "path", "unknown")
            self.metrics.answered(scope["method"], route, status, time.perf_counter() - started)
