"""Numbers that name or count: accounts, cards, identity and credit codes, how many."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.kinds.kind import Kind
from records.facts import Value
from records.values import numbers
from records.values.text import fold, squeeze

EXPONENT = re.compile(r"\d\.?\d*E\+?\d{2}", re.IGNORECASE)


class Digits(Kind[str]):
    """An account or serial number: digits as printed, without blanks; masks stay masked."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        value = numbers.digits(text)
        if value is not None:
            return value, text
        if EXPONENT.search(fold(text)):
            return None  # a spreadsheet's number: what it shows of an account is a piece of it
        found = re.search(r"[0-9*xX][0-9*xX \-]{3,40}[0-9]", fold(text))
        if found and (value := numbers.digits(found.group())) is not None:
            return value, found.group()
        return None


class Card(Digits):
    """An account number that may be a bank card: then its check digit proves it, never the reverse."""

    check_digit = "card_check_digit"

    def proved_by(self, value: Value) -> str | None:
        text = str(value)
        # The check digit is blind to two lost zeros: it proves only the lengths that cards have, so that 19 never pass as 17.
        is_card = len(text) in (16, 19) and text[0] in "356" and numbers.card(text) is not None
        return self.check_digit if is_card else None


class Count(Kind[str]):
    """A whole number of things: 3笔, 1,024."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        found = re.fullmatch(r"\s*(?:共|第)?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?\s*[^\d*●•]{0,4}\s*", fold(text))
        if found:
            return found.group(1).replace(",", ""), text
        ordinal = re.fullmatch(r"第([一二三四五六七八九])\D{0,4}", squeeze(text))
        return (str("一二三四五六七八九".index(ordinal.group(1)) + 1), text) if ordinal else None


class IdCard(Kind[str]):
    """A resident identity number: 17 digits and a check character."""

    check_digit = "id_check_digit"

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        for piece in (
            fold(text).replace(" ", ""),
            *fold(text).split(),
        ):  # printed in groups, or with something behind it
            found = re.search(r"\d{3,14}[\d*]*[\dXx*]", piece)
            if found and len(found.group()) in (15, 18):
                return found.group().upper(), text if piece != found.group() else piece
        return None

    def proved_by(self, value: Value) -> str | None:
        return self.check_digit if numbers.id_card(str(value)) is not None else None


class Uscc(Kind[str]):
    """统一社会信用代码 or an older taxpayer number."""

    check_digit = "uscc_check_digit"

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        found = re.search(r"[0-9A-Za-z*]{15,20}", fold(text).replace(" ", ""))
        return (found.group().upper(), text) if found else None

    def proved_by(self, value: Value) -> str | None:
        if numbers.uscc(str(value)) is not None:
            return self.check_digit
        return IdCard.check_digit if numbers.id_card(str(value)) is not None else None
