"""The kinds of value a type is written in: each knows its labels and how printed text becomes a value of its kind.

On the class a kind is the specification; on a reading it is the value (``NotRead`` when it is not there), so that identities
read like arithmetic and a missing value makes them impossible to check instead of wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Generic, Self, TypeVar, overload

from extract.boxes import EMPTY, TICKED, chosen, with_boxes
from records.facts import Month, Period, Value
from records.values import days, money, numbers
from records.values.text import fold, squeeze

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


class Money(Kind[Decimal]):
    """An amount of money in 元, with the digits printed; a unit over the table or behind the number is multiplied out."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        if not any("0" <= character <= "9" for character in fold(text)):
            return None  # capital characters are MoneyInWords: figures and words must be two readings, or they prove nothing
        amount = money.money(text, unit)
        if amount is not None and not amount.approximate:
            return amount.value, text
        return None


class LooseMoney(Money):
    """An amount that stands among words (¥110,617.28 元整): the one amount in the text, refused when there are two."""

    #: 3笔 beside an amount is a count; on a scan the two may have grown together (776,616.697笔), cents are two figures.
    COUNTED = re.compile(r"(?:(?<=\.\d\d)|(?<![\d.,]))(?:共|计)?\s*\d+\s*(?:笔|次|条|项|户)")
    #: ***,***.12 is no amount of 12.
    MASKED = re.compile(r"[*●•][\d,.]*\d|\d[\d,.]*[*●•]")
    PARTS_OF_A_CENT = re.compile(r"\.\d{3,}")
    #: 元/㎡: what the price is for is no amount.
    RATE = re.compile(r"元?\s*(?:/|每)\s*(?:m2|m²|平方米|平米|股|吨|亩)", re.IGNORECASE)
    #: A remark beside the amount: 830万元(上次评估价值:1,200万元).
    ASIDE = re.compile(r"\((?=[^()]*[\u4e00-\u9fff]{2})[^()]*\)")
    SHAPE = re.compile(
        r"[-(]?[¥￥]?\s*-?\d{1,3}(?:,\d{3})*(?:\.\d+)?\)?\s*(?:万|亿)?元?|[-(]?[¥￥]?\s*-?\d+(?:\.\d+)?\)?\s*(?:万|亿)?元?"
    )

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        whole = super().pick(text, unit)
        if whole is not None or self.MASKED.search(fold(text)):
            return whole
        bare = self.COUNTED.sub(" ", self.RATE.sub("元 ", fold(text)))
        if self.PARTS_OF_A_CENT.search(bare):
            return None
        if MoneyInWords().pick(
            bare, unit
        ):  # 玖佰万元整(¥9,000,000.00): the brackets hold it again, they take nothing away
            bare = re.sub(r"[()]", " ", bare)
        found = self._amounts(bare)
        if len(found) > 1:
            found = self._amounts(self.ASIDE.sub(" ", bare))
        return super().pick(found[0], unit) if len(found) == 1 else None

    def _amounts(self, text: str) -> list[str]:
        return [m.group().strip() for m in self.SHAPE.finditer(text) if any(c.isdigit() for c in m.group())]


class MoneyInWords(Kind[Decimal]):
    """An amount in capital characters: 壹拾壹万零陆佰壹拾柒元贰角捌分."""

    SHAPE = re.compile(r"[零〇壹贰叁肆伍陆柒捌玖两廿卅貳參陸拾佰仟万萬亿億元圆圓角分整正 ]{3,}")
    #: A letter misread in the middle (叁万零贰佰查拾伍元): what stands behind it is the rest of an amount, not the amount.
    BROKEN = re.compile(r"[零拾佰仟万亿][\u4e00-\u9fff]{1,2}$")

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        plain = fold(text)
        for found in self.SHAPE.finditer(plain):
            value = money.from_words(found.group().replace(" ", ""))
            if value is not None and not self.BROKEN.search(plain, 0, found.start()):
                return value, found.group().strip()
        return None


class WrittenMoney(LooseMoney):
    """An amount in figures or, on papers that give none, in words only. No identity may hold its words against its figures."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        return super().pick(text, unit) or (
            None if any(c.isdigit() for c in fold(text)) else MoneyInWords().pick(text, unit)
        )


class Quantity(Kind[Decimal]):
    """A plain number with as many digits as printed: a meter reading, a multiplier, an area."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        bare = re.sub(
            r"(?:元?/(?=[^/]*$))?(?:kwh|kva|kw|kg|m2|m3|平方米|立方米|立方|千瓦时|千伏安|千克|公斤|度|米|吨|方|个|人|倍|元)$",
            "",
            fold(text).strip(),
            flags=re.I,
        )
        value = money.quantity(bare)
        return (value, text) if value is not None else None


class Whole(Quantity):
    """A whole quantity, kept as digits (kWh of a bill)."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        picked = super().pick(text, unit)
        if picked is None:
            return None
        value = picked[0]
        assert isinstance(value, Decimal)
        return (
            (f"{value.to_integral_value():f}", picked[1])
            if value == value.to_integral_value()
            else (f"{value:f}", picked[1])
        )


class Ratio(Kind[Decimal]):
    """A share: 65% is 0.65; 0.94 is 0.94."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        found = re.search(r"(?<![\d.,])(-?\d+(?:\.\d+)?)(?![.,]?\d)\s*(%|％)?", fold(text))  # no piece of -1,264.36
        if not found:
            return None
        value = Decimal(found.group(1))
        if found.group(2):
            return value.scaleb(-2), found.group()
        return (value, found.group()) if abs(value) <= 2 else None


class Day(Kind[date]):
    """A calendar day in any of the forms of documents.md §0.3."""

    SHAPE = re.compile(
        r"[12]\d{3}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?|\b20\d{6}\b|[二〇0O○零一]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
    )

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        value = days.day(text)
        if value is not None:
            return value, text
        for found in self.SHAPE.finditer(fold(text)):
            value = days.day(found.group().replace(" ", ""))
            if value is not None:
                return value, found.group()
        return None


class Moment(Text):
    """A day with its time of day: printed like text, since the time may stand on the next line of the cell."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        return Day().pick(text, unit)


class Clock(Kind[str]):
    """A time of day."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        value = days.clock(text)
        return (value, text) if value is not None else None


class MonthOf(Kind[Month]):
    """A calendar month: what a bill is for."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        value = days.month(text)
        if value is not None:
            return value, text
        found = re.search(r"20\d{2}\s*[-./年]\s*\d{1,2}\s*月?|\b20\d{4}\b", fold(text))
        if found and (value := days.month(found.group().replace(" ", ""))) is not None:
            return value, found.group()
        return None


class Span(Kind[Period]):
    """A period of two days; hours that a policy prints beside them (零时起, 二十四时止) are left out."""

    HOURS = re.compile(r"(?:零|二十四|[01]?\d|2[0-4])(?:时|点)(?:整|\d{1,2}分)?")

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        value = days.period(text) or days.period(self.HOURS.sub("", fold(text)))
        if value is not None:
            return value, text
        plain = self.HOURS.sub("", fold(text))
        found = re.search(r"20\d{2}[\d年月日./ \-:]*?\s*(?:起?至|起|到|-|~)+\s*20\d{2}[\d年月日./\-]*", plain)
        if found and (value := days.period(found.group())) is not None:
            return value, found.group()
        return None


def _names_apart(text: str) -> str:
    """Whole names with blanks between them (周逸 孔庆) stay apart; the letters of a spaced name (沈 某 某) grow together."""
    parts = fold(text).split()
    return (
        "、".join(parts)
        if all(re.fullmatch(r"[\u4e00-\u9fff·]{2,4}[、,;]?", part) for part in parts)
        else squeeze(text)
    )


class Names(Kind[tuple[str, ...]]):
    """Several names in one place: 张某、李某."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        plain = Day.SHAPE.sub(" ", _names_apart(text)).strip(" :：。")
        names = tuple(
            name for name in re.split(r"[、,，/;；\s]+", plain) if name and name not in ("签字", "签名", "(签字)")
        )
        return (names, text) if names and all(1 < len(name) <= 20 for name in names) else None


class Choice(Kind[str]):
    """One of a few words, mapped to the word that a reading uses; where boxes stand beside them, the one that is ticked, and none
    when none or several are."""

    def __init__(self, *labels: str, among: Mapping[str, str], required: bool = False) -> None:
        super().__init__(*labels, required=required)
        self.among = dict(sorted(among.items(), key=lambda pair: -len(pair[0])))

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        plain = with_boxes(text)
        if not any(mark in plain for mark in TICKED + EMPTY):
            found = next((value for word, value in self.among.items() if word in plain), None)
            return (found, text) if found is not None else None
        ticked = {value for option in chosen(text) or () for word, value in self.among.items() if word in option}
        return (ticked.pop(), text) if len(ticked) == 1 else None


class YesNo(Kind[str]):
    """是 or 否, written or ticked (☑是 □否, 是√ 否□); 一致, 相符 count as 是."""

    ANSWERS = re.compile(r"不一致|不相符|不符|一致|相符|是|否|有|无")
    WRITTEN = re.compile(r"不一致|不相符|不符|一致|相符|是|否")

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        plain = with_boxes(text)
        if any(mark in plain for mark in TICKED + EMPTY):
            given = [found.group() for option in chosen(text) or () if (found := self.ANSWERS.match(option))]
        else:
            found = self.WRITTEN.match(plain.replace(" ", ""))
            given = [found.group()] if found else []
        if len(given) != 1:
            return None
        return ("是" if given[0] in ("是", "一致", "相符", "有") else "否"), text


class Currency(Kind[str]):
    """The ISO 4217 code of the currency named."""

    CODES: ClassVar[dict[str, str]] = {
        "人民币": "CNY", "本币": "CNY", "rmb": "CNY", "cny": "CNY", "美元": "USD", "usd": "USD",
        "港币": "HKD", "港元": "HKD", "hkd": "HKD", "欧元": "EUR", "eur": "EUR", "日元": "JPY", "jpy": "JPY",
        "英镑": "GBP", "gbp": "GBP", "新加坡元": "SGD", "新币": "SGD", "sgd": "SGD", "澳大利亚元": "AUD", "澳元": "AUD",
        "aud": "AUD", "加拿大元": "CAD", "加元": "CAD", "cad": "CAD", "瑞士法郎": "CHF", "chf": "CHF",
        "澳门元": "MOP", "mop": "MOP", "新台币": "TWD", "twd": "TWD", "韩元": "KRW", "韩币": "KRW", "krw": "KRW",
    }  # fmt: skip

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        plain = squeeze(text).lower()
        for word, code in self.CODES.items():
            if re.search(rf"(?<![a-z]){word}(?![a-z])" if word.isascii() else word, plain):  # no aud in fraud
                return code, text
        return None
