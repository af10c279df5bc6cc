"""The table of ``make eval-papers``: what became of the papers of each type."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace

HEADS = ("type", "papers", "known", "required", "rows", "verified", "wrong!", "fails", "signs", "forged", "told")


@dataclass(slots=True)
class Line:
    """Counts of one paper, or of all papers of a type."""

    kind: str
    scanned: bool
    damage: str = ""  #: of a scan in a bad state
    papers: int = 0
    recognised: int = 0
    required: int = 0
    required_exact: int = 0
    rows: int = 0
    rows_exact: int = 0
    values: int = 0
    verified: int = 0
    failing: int = 0  #: honest papers on which an identity fails
    signs: int = 0  #: honest papers that seem altered
    forged: int = 0
    caught: int = 0
    pages: int = 0
    timed: int = 0
    seconds: float = 0.0
    wrong_but_verified: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, other: Line) -> None:
        for each in fields(self)[3:]:
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    def shown(self) -> tuple[str, ...]:
        return (
            self.kind, str(self.papers), f"{self.recognised}/{self.papers}", f"{self.required_exact}/{self.required}",
            f"{self.rows_exact}/{self.rows}", f"{100 * self.verified / max(1, self.values):.0f}%",
            str(len(self.wrong_but_verified)), str(self.failing), str(self.signs), str(self.forged), str(self.caught),
        )  # fmt: skip


def added(lines: Iterable[Line]) -> str:
    """The tables, and how fast text pages were read."""
    lines = list(lines)
    told = [_table(title, [line for line in lines if line.scanned is scanned])
            for title, scanned in (("text and sheets", False), ("scans", True))]  # fmt: skip
    told.append(_table("scans by damage", [replace(line, kind=line.damage) for line in lines if line.damage]))
    timed = [line for line in lines if line.timed]
    pages, seconds = sum(line.pages for line in timed), sum(line.seconds for line in timed)
    return "\n\n".join(
        (*filter(None, told), f"text pages/s (one core, short papers): {pages / max(seconds, 0.001):.0f}")
    )


def _table(title: str, lines: list[Line]) -> str:
    if not lines:
        return ""
    kinds = {kind: Line(kind, False) for kind in dict.fromkeys(line.kind for line in lines)}
    total = Line("all", False)
    for line in lines:
        kinds[line.kind].add(line)
        total.add(line)
    rows = [HEADS, *(line.shown() for line in (*kinds.values(), total))]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADS))]
    said = ["  ".join(c.ljust(w) if not n else c.rjust(w) for n, (c, w) in enumerate(zip(row, widths, strict=True)))
            for row in rows]  # fmt: skip
    return "\n".join((title, *said))
