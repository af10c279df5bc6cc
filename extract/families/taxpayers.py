"""Whom a paper of the tax office or an invoice is about: a firm by its credit code, a person by the identity number."""

from __future__ import annotations

from extract.grammar import Reading
from records.facts import Subject
from records.values.numbers import id_card


class OfTaxpayer(Reading):
    """A paper that names one taxpayer."""

    def about(self) -> Subject | None:
        return named_by(self, "taxpayer_name", "taxpayer_id")


def named_by(reading: Reading, name: str, number: str) -> Subject | None:
    """Who is named by these two fields; None where the paper prints neither."""
    called, told = reading.get(name), reading.get(number)
    if not called and not told:
        return None
    person = told is not None and id_card(told) is not None
    return Subject(name=called, uscc=None if person else told, id_no=told if person else None)
