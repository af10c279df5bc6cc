"""What a VAT invoice prints without a label of its own: the totals under the table, the remark; and its kinds of value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from extract.forms.fields import make_field
from extract.grammar import Reading
from extract.kinds import Kind, LooseMoney, MoneyInWords, Text
from extract.layout import Strip, squeezed
from records.document import Box, Line, Word
from records.facts import Field, Printed, Repair, State, Value
from records.values import money, numbers
from records.values.text import fold

CENT = Decimal("0.01")


class Rate(Kind[Decimal]):
    """A tax rate as a fraction (13% is 0.13), or the word that stands in its place (免税, 不征税)."""

    WORDS = re.compile(r"免税|不征税|出口零税率|普通零税率|零税率")

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        plain = fold(text).replace(" ", "")
        if (rate := numbers.percent(plain)) is not None:
            return rate, text
        if re.fullmatch(r"0?\.\d{1,4}|0", plain):
            return Decimal(plain), text
        found = self.WORDS.search(plain)
        return (found.group(), text) if found else None


class SignedWords(MoneyInWords):
    """An amount in capital characters that a red invoice begins with 负 or (负数)."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        picked = super().pick(text, unit)
        if picked is None or not isinstance(picked[0], Decimal) or picked[0] < 0:
            return picked
        plain = fold(text).replace(" ", "")
        before = plain[: max(0, plain.find(picked[1].replace(" ", "")))]
        return (-picked[0], picked[1]) if re.search(r"负数?\)?$", before) else picked


class Person(Text):
    """Who signed: a short name. A label that follows a place left empty is none."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        picked = super().pick(text, unit)
        name = str(picked[0]) if picked else ""
        return picked if 0 < len(name) <= 16 and not re.search(r"[:(]|单位|复核|收款|盖章", name) else None


def last_digit(value: Decimal) -> Decimal:
    """What one more or less in the last printed digit is worth."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def parted(row: dict[str, Field]) -> None:
    """Quantity and price printed so close that they were read as one number: parted where, and only where, exactly one way
    gives the amount. A price that lost its quantity otherwise is in doubt."""
    price, amount = row.get("price"), row.get("amount")
    if "qty" in row or price is None or amount is None or not isinstance(amount.value, Decimal):
        return
    source = price.source
    text = fold(source.raw).replace(",", "") if isinstance(source, Printed) else ""
    ways = [(text[:cut], text[cut:]) for cut in range(1, len(text)) if _both_numbers(text[:cut], text[cut:])]
    fitting = [(q, p) for q, p in ways if (Decimal(q) * Decimal(p)).quantize(CENT, ROUND_HALF_UP) == amount.value]
    if len(fitting) != 1 or not isinstance(source, Printed):
        row["price"] = replace(price, state=State.LOW_CONFIDENCE)
        return
    qty, unit_price = fitting[0]
    repair = Repair(source.raw, "line_amount")
    row["qty"] = replace(price, name="qty", value=qty, source=_share(source, 0, len(qty), len(text)), repaired=repair)
    row["price"] = replace(
        price, value=Decimal(unit_price), source=_share(source, len(qty), len(text), len(text)), repaired=repair
    )


def _both_numbers(qty: str, price: str) -> bool:
    number = r"(?:0|[1-9]\d*)(?:\.\d+)?"
    return bool(re.fullmatch(f"-?{number}", qty) and re.fullmatch(number, price))


def _share(source: Printed, start: int, end: int, length: int) -> Printed:
    """The part of a place that some of its characters take."""
    if source.box is None:
        return source
    step = source.box.width / length
    box = Box(source.box.x0 + start * step, source.box.y0, source.box.x0 + end * step, source.box.y1)
    return replace(source, box=box, raw=source.raw[start:end])


# --- totals and remark --------------------------------------------------------------------------------------------------


def totals_line(reading: Reading) -> dict[str, Field]:
    """合计: the sum of the amounts, and that of the taxes; *** in its place says that there is none."""
    found: dict[str, Field] = {}
    for strip in reading.sheet.strips:
        text = squeezed(strip.text)
        if not re.match(r"^\D{0,2}合计", text) or text.startswith("价税"):
            continue
        sums = [(value, words) for words in _sums(strip) if (value := _amount(words)) is not None]
        if not sums:
            continue
        found = {}
        amount, *rest = sums[-2:]
        found["total_amount"] = _sum_field("total_amount", *amount, strip)
        if rest:
            found["total_tax"] = _sum_field("total_tax", *rest[0], strip)
        elif re.search(r"[*＊]{1,3}$|免税$", text):
            words = list(strip.words[-1:])
            found["total_tax"] = _sum_field("total_tax", Decimal("0.00"), words, strip)
    return found


def total_beside_words(reading: Reading) -> Field | None:
    """The total in figures on the line of 价税合计（大写）, where its own label (小写) could not be read under a seal."""
    for strip in reading.sheet.strips if reading.sheet.by_ocr else ():
        if not squeezed(strip.text).startswith("价税合计"):
            continue
        sums = [(value, words) for words in _sums(strip) if (value := _amount(words)) is not None]
        if len(sums) == 1:
            return _sum_field("total_num", *sums[0], strip)
    return None


def _sums(strip: Strip) -> Iterator[list[Word]]:
    """The figures of a line, each with the ¥ in front of it."""
    words = list(strip.words)
    for index, word in enumerate(words):
        if any(character.isdigit() for character in word.text):
            before = words[index - 1 : index] if index and fold(words[index - 1].text) in ("¥", "-", "¥-", "-¥") else []
            yield [*before, word]


def _amount(words: list[Word]) -> Decimal | None:
    text = "".join(word.text for word in words)
    amount = money.money(text)
    return amount.value if amount is not None and not amount.approximate else None


def _sum_field(name: str, value: Decimal, words: list[Word], strip: Strip) -> Field:
    kind = LooseMoney("x")
    kind.name = name
    return make_field(kind, value, words, strip.page, "".join(word.text for word in words))


def remark_of(reading: Reading) -> Field | None:
    """The words in the ruled cell to the right of an upright 备注."""
    for page in reading.sheet.pages:
        label = _upright(page.words)
        cell = _cell_beside(label, reading, page.number) if label else None
        if cell is None:
            continue
        inside = [
            [
                word
                for word in strip.words
                if cell.x0 < word.box.middle[0] < cell.x1 and cell.y0 < word.box.middle[1] < cell.y1
            ]
            for strip in reading.sheet.by_page[page.number]
        ]
        lines = [Line(tuple(words)).text for words in inside if words]
        words = [word for line in inside for word in line]
        if not lines:
            continue
        picked = Text("x").pick(" ".join(lines), Decimal(1))
        if picked is not None:
            kind = Text("x")
            kind.name = "remark"
            return make_field(kind, picked[0], words, page.number, " ".join(lines))
    return None


def _upright(words: tuple[Word, ...]) -> Box | None:
    """备 above 注, as one word or as two."""
    for word in words:
        if word.text == "备注":
            return word.box
    for upper in (word for word in words if word.text == "备"):
        for lower in words:
            level = abs(lower.box.x0 - upper.box.x0) < 0.5 * max(upper.box.width, 1e-6)
            if lower.text == "注" and level and 0 < lower.box.y0 - upper.box.y0 < 8 * upper.box.height:
                return upper.box.joined(lower.box)
    return None


def _cell_beside(label: Box, reading: Reading, page: int) -> Box | None:
    """The ruled cell that begins right of the label."""
    middle = label.middle[1]
    rulings = reading.sheet.rulings(page)
    bars = sorted(r.x0 for r in rulings if abs(r.x1 - r.x0) < 0.004 and min(r.y0, r.y1) <= middle <= max(r.y0, r.y1))
    bars = [x for x in bars if x > label.x1 - 0.004]
    left = bars[0] if bars else None
    right = next((x for x in bars if left is not None and x > left + 0.05), None)
    if left is None or right is None:
        return None
    flat = [
        r.y0 for r in rulings if abs(r.y1 - r.y0) < 0.004 and min(r.x0, r.x1) < (left + right) / 2 < max(r.x0, r.x1)
    ]
    top = max((y for y in flat if y <= label.y0 + 0.01), default=None)
    bottom = min((y for y in flat if y >= label.y1 - 0.01), default=None)
    return None if top is None or bottom is None else Box(left, top, right, bottom)
