"""Whose account it is, where no label says so: the addressee over a statement, and 账号/户名 in one place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from extract.grammar import Reading
from extract.kinds import Text
from extract.layout import Sheet, clusters, printed
from extract.statements.labels import ACCOUNT
from records.document import Line, Word
from records.facts import Field, Printed, Value
from records.values.text import fold

#: A company whose name stands by itself, as on an envelope.
ENVELOPE = re.compile(
    r"^[A-Z][A-Za-z0-9&.,'() -]{2,60}\b(?:LTD|LIMITED|LLC|INC|GMBH|PLC|LLP|CORP|CORPORATION)\b\.?$", re.IGNORECASE
)
#: An account holder as letters address one.
PERSON = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Mx|Dr)\b\.?(?:\s*(?:and|&)\s*(?:Mr|Mrs|Ms|Miss)\b\.?)?\s*[A-Z]", re.IGNORECASE)
#: A house that keeps accounts and does not hold one.
HOUSE = re.compile(r"\bbank(?:ing)?\b|building society|credit union", re.IGNORECASE)
#: An amount: such a line is of a sum or of a row, whoever it names.
FIGURE = re.compile(r"\d\.\d\d(?!\d)")
_LINES = 15  #: an address stands in the window of the envelope
_APART = 1.5  #: ems of white that end a line of an address


#: Labels that may stand beside that of the holder, their values below.
_HEADS = {fold(label).replace(" ", "").lower() for label in (*ACCOUNT, "Sort code", "Currency", "IBAN")}


class Holder(Text):
    """The holder of an account: a name, never the unit that a line of 单位：元 says."""

    UNIT = re.compile(r"(?:人民币|本币|美元|港元|欧元)?(?:[百千万亿]*元|角|分)?(?:\([^()]*\))?")

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        picked, plain = super().pick(text, unit), fold(text).replace(" ", "").strip(":").lower()
        return None if picked is None or self.UNIT.fullmatch(plain) or plain in _HEADS else picked


def addressee(sheet: Sheet) -> tuple[Sequence[Word], int] | None:
    """The name over a statement: a company's, or a person's with the title of a letter; and its page."""
    for strip in sheet.strips[:_LINES]:
        for group in () if strip.cells or FIGURE.search(strip.text) else clusters(strip.words, strip.ratio, _APART):
            text = Line(tuple(group)).text
            if not HOUSE.search(text) and (ENVELOPE.search(text) or PERSON.search(text)):
                return group, strip.page
    return None


def name_the_holder(reading: Reading) -> None:
    """户名 and 账号 without their labels: an IBAN is a number; the name stands beside it (801234/某某公司) or on the envelope."""
    iban = reading.fields.get("_iban")
    if "account_no" not in reading.fields and iban is not None:
        reading.fields["account_no"] = replace(iban, name="account_no", value=str(iban.value).replace(" ", ""))
    if "account_name" in reading.fields:
        return
    field = _beside_the_number(reading) or _addressed(reading)
    if field is not None:
        reading.fields["account_name"] = field


#: What may stand between a number and the name of its holder: 801234/某某公司, 801234（某某公司）, 某某公司/801234.
_BEHIND = re.compile(r"^\s*[/(|\-]\s*(?P<name>[^\d\s/()][^/()]*?(?:\([^()]*\)[^/()]*)?)\)?$")
_BEFORE = re.compile(r"(?:^|[:\s])(?P<name>[\u4e00-\u9fff][\u4e00-\u9fff()·]{1,40})\s*/\s*$")


def _beside_the_number(reading: Reading) -> Field | None:
    number = reading.fields.get("account_no")
    if number is None or not isinstance(number.source, Printed) or number.source.box is None:
        return None
    for strip in reading.sheet.by_page[number.source.page]:
        if not strip.box.y0 <= number.source.box.middle[1] <= strip.box.y1:
            continue
        for group in clusters(strip.words, strip.ratio, _APART):
            text = fold(Line(tuple(group)).text)
            at = text.replace(" ", "").find(str(number.value))
            if at < 0:
                continue
            bare = text.replace(" ", "")
            found = _BEHIND.search(bare[at + len(str(number.value)) :]) or _BEFORE.search(bare[:at])
            if found:
                return Field("account_name", found["name"], printed(group, strip.page))
    return None


def _addressed(reading: Reading) -> Field | None:
    found = addressee(reading.sheet)
    if found is None:
        return None
    words, page = found
    return Field("account_name", Line(tuple(words)).text, printed(words, page))
