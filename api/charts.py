"""Charts drawn by the server as SVG: they arrive with the page, print, and need no script. Colours come from the stylesheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

#: The order of a proof bar, from proved to not there.
STATES = {"verified": "ok", "consistent": "even", "conflict": "clash", "low_confidence": "dim", "absent": "gone"}


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a series; None leaves a gap, never a zero."""

    label: str
    value: Decimal | None


def proof_bar(counts: Mapping[str, int], said: str) -> Markup:
    """How the values of a paper are proved, as one thin bar."""
    total = sum(counts.get(state, 0) for state in STATES)
    parts, at = [], 0.0
    for state, mark in STATES.items():
        width = 200 * counts.get(state, 0) / total if total else 0.0
        if width:
            parts.append(_stretch(mark, at, max(width, 2.0)))
            at += width
    return Markup(
        '<svg class="pbar" viewBox="0 0 200 6" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
    ).format(said, Markup("").join(parts))


def _stretch(mark: str, at: float, width: float) -> Markup:
    if mark == "dim":
        return Markup('<line class="dim" x1="{:.1f}" x2="{:.1f}" y1="3" y2="3"/>').format(at, at + width)
    return Markup('<rect class="{}" x="{:.1f}" width="{:.1f}" height="6"/>').format(mark, at, max(width - 0.8, 0.8))


def spark(points: Sequence[Point], limit: Decimal | None = None) -> Markup:
    """A sparkline of 120 by 34, as wide as its place; the limit is dotted."""
    known = [point.value for point in points if point.value is not None]
    if not known:
        return Markup("")
    scale = _scale([*known, *([limit] if limit is not None else [])], 30.0, 4.0)
    runs = _runs(points, 120.0, scale)
    area = Markup("").join(
        Markup('<path class="a" d="M{:.1f} 34 {} L{:.1f} 34Z"/>').format(run[0][0], _through(run, "L"), run[-1][0])
        for run in runs
        if len(run) > 1
    )
    dotted = Markup('<path class="lim" d="M0 {0:.1f}H120"/>').format(scale(limit)) if limit is not None else Markup("")
    line = Markup('<path d="{}"/>').format(" ".join(_through(run, "M") for run in runs))
    return Markup(
        '<svg class="spark" viewBox="0 0 120 34" preserveAspectRatio="none" aria-hidden="true">{}{}{}</svg>'
    ).format(area, dotted, line)


def bars(points: Sequence[Point], said: str) -> Markup:
    """A chart of one series, zero-based, with its ends labelled; a gap is a dashed frame."""
    values = [point.value for point in points if point.value is not None]
    if not values:
        return Markup("")
    top, low = max(max(values), Decimal(0)), min(min(values), Decimal(0))
    span = float(top - low) or 1.0
    step = 640 / max(len(points), 1)
    zero = 12 + 120 * float(top) / span
    drawn = [_bar(point, index * step, min(step * 0.72, 44.0), step, zero, span) for index, point in enumerate(points)]
    marks = [_label(points, index, step) for index in _labelled(len(points))]
    return Markup(
        '<svg class="chart" viewBox="0 0 640 152" role="img" aria-label="{}">{}<path class="axis" d="M0 {:.1f}H640"/>{}</svg>'
    ).format(said, Markup("").join(drawn), zero, Markup("").join(marks))


def _bar(point: Point, left: float, width: float, step: float, zero: float, span: float) -> Markup:
    x = left + (step - width) / 2
    if point.value is None:
        return Markup(
            '<rect class="no" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="24"><title>{}</title></rect>'
        ).format(x, zero - 25, width, point.label)
    height = 120 * abs(float(point.value)) / span
    y = zero - height if point.value >= 0 else zero
    title = f"{point.label}  {point.value:,f}"
    return Markup(
        '<rect class="b" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"><title>{}</title></rect>'
    ).format(x, y, width, max(height, 1.0), title)


def _labelled(count: int) -> list[int]:
    """At most seven labels, the last always among them."""
    every = max(1, -(-count // 7))
    return [index for index in range(count) if (count - 1 - index) % every == 0]


def _label(points: Sequence[Point], index: int, step: float) -> Markup:
    return Markup('<text x="{:.1f}" y="148" text-anchor="middle">{}</text>').format(
        (index + 0.5) * step, escape(points[index].label)
    )


class _Scale:
    def __init__(self, low: float, high: float, bottom: float, top: float) -> None:
        self.low, self.span, self.bottom, self.top = low, (high - low) or 1.0, bottom, top
        self.flat = high == low

    def __call__(self, value: Decimal | None) -> float:
        if self.flat or value is None:
            return (self.bottom + self.top) / 2
        return self.bottom + (float(value) - self.low) / self.span * (self.top - self.bottom)


def _scale(values: Sequence[Decimal], bottom: float, top: float) -> _Scale:
    return _Scale(float(min(values)), float(max(values)), bottom, top)


def _runs(points: Sequence[Point], width: float, scale: _Scale) -> list[list[tuple[float, float]]]:
    """The stretches without a gap, as places on the chart."""
    step = width / max(len(points) - 1, 1)
    runs: list[list[tuple[float, float]]] = [[]]
    for index, point in enumerate(points):
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append((index * step, scale(point.value)))
    return [run for run in runs if run]


def _through(run: Sequence[tuple[float, float]], first: str) -> str:
    if len(run) == 1:  # one point alone: a short stroke, or it would not be seen
        x, y = run[0]
        return f"{first}{max(0.0, x - 2):.1f} {y:.1f} L{min(120.0, x + 2):.1f} {y:.1f}"
    return " ".join(f"{first if index == 0 else 'L'}{x:.1f} {y:.1f}" for index, (x, y) in enumerate(run))
