"""What papers say: fields with their sources, checks, findings, indicators, risk events, and the paper they make up.

These are the nouns of the contract ``postloan.reading/1``; ``records.contract`` writes them as JSON and back.
Values inside are text, ``Decimal``, ``date``, ``Period`` and tuples of these; never a float.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from records.document import Box


@dataclass(frozen=True, slots=True)
class Period:
    """Two days, both included; start is never after end."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(f"a period cannot end before it starts: {self.start} to {self.end}")

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def __str__(self) -> str:
        return f"{self.start} ~ {self.end}"


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month: what a bill or a return is for."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1900 <= self.year <= 2200):
            raise ValueError(f"not a month: {self.year}-{self.month}")

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def plus(self, months: int) -> Month:
        """This many months later (or earlier, when negative)."""
        index = self.year * 12 + self.month - 1 + months
        return Month(index // 12, index % 12 + 1)


Value = Decimal | str | int | bool | date | Period | Month | tuple[str, ...] | Mapping[str, str]


class State(StrEnum):
    """How well a value is proved (documents.md §0.5). ``verified`` is never given to a value that could be wrong."""

    VERIFIED = "verified"
    CONSISTENT = "consistent"
    CONFLICT = "conflict"
    LOW_CONFIDENCE = "low_confidence"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Printed:
    """Read on a page: where, the exact text there, and how sure the reader was."""

    page: int
    box: Box | None
    raw: str
    confidence: float = 1.0
    cell: str | None = None
    alternatives: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.raw!r} on page {self.page}"


@dataclass(frozen=True, slots=True)
class Stated:
    """Said by a person, who had a reason."""

    person: str
    at: datetime
    reason: str

    def __str__(self) -> str:
        return f"stated by {self.person}: {self.reason}"


Source = Printed | Stated


@dataclass(frozen=True, slots=True)
class Repair:
    """What was printed was misread, and exactly one other reading satisfies every identity around it."""

    was: str
    by: str  #: the identity that decided


@dataclass(frozen=True, slots=True)
class Field:
    """A value read from a document. There is no field without a source."""

    name: str
    value: Value
    source: Source
    state: State = State.CONSISTENT
    verified_by: tuple[str, ...] = ()
    repaired: Repair | None = None


Row = Mapping[str, Field]


class Outcome(StrEnum):
    """What became of a check."""

    HOLDS = "holds"
    FAILS = "fails"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Check:
    """An identity held against what is printed."""

    identity: str
    state: Outcome
    says: str
    computed: str | None = None
    printed: str | None = None
    where: str | None = None
    page: int | None = None
    #: Which values this check bears on: field names, or "transactions[3].balance".
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a person should know about a paper. Never an exception."""

    code: str
    message: str
    page: int | None = None
    box: Box | None = None


class Quality(StrEnum):
    """How far an indicator can be trusted, from its inputs."""

    VERIFIED = "verified"
    CONSISTENT = "consistent"
    PARTIAL = "partial"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Input:
    """Which value of which paper went into an indicator."""

    field: str
    page: int | None = None
    document: str | None = None  #: document id in the archive, or sha256; None inside a reading
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure computed from fields; never typed in by hand, never 0 where an input is missing."""

    id: str
    value: str | None  #: decimal string, or an ISO date for indicators that are dates; None with a reason
    unit: str
    period: Period | None
    quality: Quality
    formula: str
    inputs: tuple[Input, ...] = ()
    reason: str | None = None
    loan_note_no: str | None = None  #: where the figure is about one loan, not the borrower as a whole


class Polarity(StrEnum):
    """Whether the thing happened (risk_events.md §0.2)."""

    ASSERTED = "asserted"
    NEGATED = "negated"
    RESOLVED = "resolved"
    HYPOTHETICAL = "hypothetical"
    OTHER_PARTY = "other_party"


class Severity(StrEnum):
    """轻度, 中度, 重度."""

    LIGHT = "light"
    MODERATE = "moderate"
    SEVERE = "severe"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words on paper that say so."""

    page: int
    quote: str
    box: Box | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that set polarity or severity, for the reviewer: 未发现 → negated."""

    text: str
    effect: str
    rule: str


@dataclass(frozen=True, slots=True)
class RiskEvent:
    """Something that bears on repayment, with the rule that raised it; a person can argue with the rule."""

    type: str
    polarity: Polarity
    severity: Severity | None  #: None when not asserted
    evidence: Evidence
    rule: str
    source: Literal["text", "rule"] = "text"
    subject_role: str = "borrower"
    args: Mapping[str, str] = field(default_factory=dict)
    date: date | None = None
    cues: tuple[Cue, ...] = ()
    more_evidence: tuple[Evidence, ...] = ()  #: the same fact told again in the same paper


@dataclass(frozen=True, slots=True)
class Candidate:
    """A type that was considered, and how well it fits (0 to 1)."""

    type: str
    score: float


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom the paper is about, as printed."""

    name: str | None = None
    uscc: str | None = None
    id_no: str | None = None


class Verdict(StrEnum):
    """Whether a paper shows signs of having been altered. That it cannot be told is an answer."""

    NO_SIGNS = "no_signs"
    SIGNS = "signs"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign that a paper was altered, with the place where it shows."""

    code: str
    message: str
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Tampering:
    """What the paper itself tells about its being genuine. A sign is a reason to ask, never a verdict on a person."""

    verdict: Verdict
    signs: tuple[Sign, ...] = ()
    reason: str = ""  #: why it cannot be told, or what was looked at


@dataclass(frozen=True, slots=True)
class Paper:
    """One logical document read as one type. It does not decide which loan it is about."""

    type: str
    confidence: float
    candidates: tuple[Candidate, ...]
    pages: tuple[int, int]  #: first and last page, inclusive
    period: Period | None
    subject: Subject | None
    fields: Mapping[str, Field]
    tables: Mapping[str, tuple[Row, ...]]
    checks: tuple[Check, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    events: tuple[RiskEvent, ...] = ()
    findings: tuple[Finding, ...] = ()
    absent: tuple[str, ...] = ()  #: required fields that were not found
    tampering: Tampering | None = None  #: None for papers that nothing is computed on


@dataclass(frozen=True, slots=True)
class PageReading:
    """How one page was read."""

    page: int
    source: str
    engine: str | None
    rotation: int
    legibility: float


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file could not be read, and what a person can do."""

    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Held:
    """One file that lies inside another: where, which bytes, or why they cannot be had."""

    path: str
    sha256: str | None
    bytes: int
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class FileReading:
    """What one file says: the object of the contract ``postloan.reading/1``."""

    name: str
    sha256: str
    media_type: str
    bytes: int
    pages: tuple[PageReading, ...]
    papers: tuple[Paper, ...]
    problem: Problem | None = None
    findings: tuple[Finding, ...] = ()  #: about the file as a whole; of a paper, the paper has its own
    members: tuple[Held, ...] = ()  #: what lies directly inside an archive, a mail or a PDF

    @property
    def status(self) -> Literal["read", "unreadable"]:
        return "unreadable" if self.problem else "read"
