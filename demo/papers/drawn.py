"""A paper and its truth: the bytes of a file, and what a perfect reader would find in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

Truth = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A file that was drawn. ``truth`` is JSON: type, fields, tables, asserted events, as in contract/reading.md."""

    name: str
    bytes: bytes
    truth: Truth

    def called(self, name: str) -> Drawn:
        """The same paper under another file name."""
        return Drawn(name, self.bytes, self.truth)

    def pictured(self) -> Drawn:
        """The same paper, noted as one that only OCR can read."""
        return Drawn(self.name, self.bytes, {**self.truth, "picture": True})

    def belonging(self, customer_no: str | None, loan_note_no: str | None = None) -> Drawn:
        """The same paper, with whom it is about in the truth."""
        return Drawn(self.name, self.bytes, {**self.truth, "customer_no": customer_no, "loan_note_no": loan_note_no})


def said(value: object) -> Any:
    """A value as the contract writes it."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], date):
        return {"start": value[0].isoformat(), "end": value[1].isoformat()}
    return value


def truth(
    kind: str,
    fields: Mapping[str, object],
    tables: Mapping[str, Sequence[Mapping[str, object]]] | None = None,
    **more: Any,
) -> Truth:
    """The truth of one paper; fields and cells that are None are not printed and so not in it."""
    return {
        "type": kind,
        "status": "read",
        "fields": {name: said(value) for name, value in fields.items() if value is not None},
        "tables": {
            name: [{column: said(cell) for column, cell in row.items() if cell is not None} for row in rows]
            for name, rows in (tables or {}).items()
        },
        "asserted": [],
        "not_asserted": [],
        **more,
    }
