"""Amounts, quantities and shares."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.kinds.kind import Kind
from records.facts import Value
from records.values import money
from records.values.text import fold


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
