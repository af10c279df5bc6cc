"""A value as a page writes it: its digits as printed, its mark, how it is proved, and where on the paper it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from api import masks
from api.formats import money
from api.names import field_title, is_number
from api.words import Language, say
from records.document import Box
from records.facts import Check, Field, Outcome, Paper, Printed, State, Stated, Value

#: state of a value, or of a check, or of a required paper -> the mark that stands for it
MARKS = {
    "verified": "ok", "consistent": "even", "conflict": "clash", "low_confidence": "dim", "absent": "gone", "partial": "dim",
    "holds": "ok", "fails": "clash", "cannot_tell": "gone",
    "held": "ok", "missing": "gone", "expired": "clash", "unreadable": "clash", "waived": "even", "not_due": "even",
}  # fmt: skip
#: What needs eyes comes first.
ORDER = (State.CONFLICT, State.LOW_CONFIDENCE, State.ABSENT, State.VERIFIED, State.CONSISTENT)


@dataclass(frozen=True, slots=True)
class Shown:
    """One value ready for the page."""

    id: str  #: ties it to its box: paper.field, or paper.table.row.column by their numbers
    label: str
    text: str
    state: str
    by: str  #: the proof, or the doubt, in words
    page: int | None
    box: Box | None
    number: bool
    masked: bool = False
    cell: str = ""  #: C12, when it was read from a spreadsheet


def value_text(name: str, value: Value, number: bool) -> str:
    """What is read, in the digits of the paper; numbers of persons keep their ends only."""
    if number:
        return money(value)
    if isinstance(value, tuple):
        return "、".join(masks.text(item) for item in value)
    if isinstance(value, Mapping):
        return "；".join(f"{key} {item}" for key, item in value.items())
    return masks.field(name, str(value))


def shown(paper: Paper, at: str, name: str, field: Field, lang: Language, path: str) -> Shown:
    """A value of a paper; ``path`` is how its checks name it."""
    source = field.source
    number = isinstance(field.value, Decimal) or is_number(paper.type, name, str(field.value))
    text = value_text(name, field.value, number)
    return Shown(
        id=at,
        label=field_title(paper.type, name, lang),
        text=text,
        state=str(field.state),
        by=_by(paper, field, path, lang),
        page=source.page if isinstance(source, Printed) else None,
        box=source.box if isinstance(source, Printed) else None,
        number=number,
        masked=isinstance(field.value, str) and not number and text != field.value,
        cell=source.cell or "" if isinstance(source, Printed) else "",
    )


def missing(paper: Paper, at: str, name: str, lang: Language) -> Shown:
    """A value that papers of this kind usually carry, and that was not found."""
    label = field_title(paper.type, name, lang)
    return Shown(at, label, "—", str(State.ABSENT), say(lang, "proof.say.absent"), None, None, False)


def _by(paper: Paper, field: Field, path: str, lang: Language) -> str:
    """Why the value has its state; where it has none of these, where it came from."""
    source = field.source
    parts = []
    if isinstance(source, Stated):
        parts.append(say(lang, "stated", who=source.person, why=source.reason))
    if field.repaired:
        parts.append(say(lang, "repaired", was=field.repaired.was, by=identity(paper, field.repaired.by, lang)))
    if field.state is State.VERIFIED:
        proofs = dict.fromkeys(identity(paper, name, lang) for name in field.verified_by)
        parts.append("；".join(list(proofs)[:2]))
    elif field.state is State.CONFLICT:
        parts.append("；".join(against(check, lang) for check in paper.checks if _accuses(check, path))[:160])
    elif field.state is State.LOW_CONFIDENCE and isinstance(source, Printed):
        parts.append(say(lang, "doc.legible", n=f"{source.confidence:.2f}"))
    return "；".join(part for part in parts if part)


def identity(paper: Paper, name: str, lang: Language) -> str:
    """An identity in words: as the paper's checks say it, or the name of a check digit."""
    says = next((check.says for check in paper.checks if check.identity == name), None)
    return says or say(lang, f"proves.{name}")


def _accuses(check: Check, path: str) -> bool:
    return check.state is Outcome.FAILS and path in check.values


def against(check: Check, lang: Language) -> str:
    """What a failed check computed beside what is printed."""
    if check.computed is None or check.printed is None:
        return check.says
    return f"{say(lang, 'check.should')} {money(check.computed)}，{say(lang, 'check.printed')} {money(check.printed)}"


def apart(check: Check) -> Decimal | None:
    """How far computed and printed are from each other, when both are numbers."""
    try:
        gap = Decimal(check.computed or "x") - Decimal(check.printed or "x")
    except ArithmeticError:
        return None
    return abs(gap) or None


def grouped(values: Sequence[Shown]) -> list[tuple[str, list[Shown]]]:
    """Values by how well they are proved, what needs eyes first."""
    groups = [(str(state), [value for value in values if value.state == state]) for state in ORDER]
    return [(state, members) for state, members in groups if members]
