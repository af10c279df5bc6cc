"""What every kind of value has in common, and plain text."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Generic, Self, TypeVar, overload

from records.facts import Value
from records.values import money
from records.values.text import fold

if TYPE_CHECKING:
    from extract.grammar import Reading

V = TypeVar("V")
LETTER_SPACED = re.compile(r"(?<!\S)(?:[\u2e80-\u9fff] +){1,}[\u2e80-\u9fff](?!\S)")


def as_printed(text: str) -> str:
    """Text NFKC-normalised, trimmed, single blanks; letter-spaced names closed up (沈 某 某 → 沈某某)."""
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()
    return LETTER_SPACED.sub(lambda spaced: spaced.group().replace(" ", ""), plain)


class NotRead(LookupError):
    """A value that an identity or an indicator asked for is not on the paper."""


class Kind(Generic[V]):
    """A named value of a paper: its labels (synonyms), and how its text is understood."""

    #: How the lines of a wrapped table cell are put together again.
    glue: ClassVar[str] = ""
    #: Whether a value may be found below its label, not only to the right of it.
    below: ClassVar[bool] = True
    #: Whether the value is looked for by its labels; a cell of a form is found by its line and column instead.
    sought: bool = True
    #: Name of the check digit that proves a value of this kind, if there is one.
    check_digit: ClassVar[str | None] = None

    def __init__(self, *labels: str, required: bool = False) -> None:
        if not labels and not self.allows_no_label():
            raise TypeError(f"{type(self).__name__} needs at least one label to be found by")
        self.labels = labels
        self.required = required
        self.name = ""

    @classmethod
    def allows_no_label(cls) -> bool:
        """Whether values of this kind may be computed or found by the type itself."""
        return True

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, reading: None, owner: type) -> Self: ...
    @overload
    def __get__(self, reading: Reading, owner: type) -> V: ...
    def __get__(self, reading: Reading | None, owner: type) -> Self | V:
        if reading is None:
            return self
        value: V = reading.value_of(self.name)
        return value

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        """The value in this text and the piece of text that carries it, or None when there is none."""
        raise TypeError(f"{type(self).__name__} does not say how its text is read")

    def proved_by(self, value: Value) -> str | None:
        """The check digit that proves this value, when it has one and it holds."""
        return None


class Text(Kind[str]):
    """Words as printed, NFKC-normalised and trimmed."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        value = as_printed(text).strip(" :;,。|")
        return (value, text) if value and not money.nil(value) else None


class Token(Kind[str]):
    """An identifier that may hold letters; blanks inside are the printer's."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        value = fold(text).replace(" ", "").strip(":;,.|")
        return (value, text) if value and not money.nil(value) and any(c.isalnum() for c in value) else None


#: 8.01235E+15: an identifier that was kept as a number and has lost its last figures.
