"""Fees of a bill under names that no reading has (二次供水加压费：796.08): counted in its sum, and proved by nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.grammar import Reading
from extract.layout import Strip, cut_words
from records.document import Box
from records.facts import Printed
from records.values import money

_FEE = re.compile(
    r"(?P<name>[\u4e00-\u9fff()（）]{2,16}(?:费|费用|附加|基金|资金|税))\s*[:：]?\s*"
    r"[¥￥]?(?P<sum>-?\d[\d,]*\.\d{2})(?![\d.])"
)
#: What is no fee of this bill but a sum of them, what was owed or paid before, or what would have to be paid late.
_NO_FEE = re.compile(
    r"应[缴付交收]|实[缴付收]|合计|总|上[期次月]|预[存付缴]|欠费|结余|余额|已[缴付交]|往[期月]|其中|优惠前"
)


def unlisted(reading: Reading, known: Sequence[str]) -> list[Decimal]:
    """The amounts behind such names, top to bottom. ``known``: the fields whose amounts are counted already."""
    taken = [
        (source.page, source.box)
        for name in known
        if name in reading.fields and isinstance(source := reading.fields[name].source, Printed) and source.box
    ]
    return [amount for strip in reading.sheet.strips for amount in _of(strip, taken)]


def _of(strip: Strip, taken: Sequence[tuple[int, Box]]) -> Iterator[Decimal]:
    for found in _FEE.finditer(strip.text):
        amount = money.money(found["sum"])
        words = cut_words(strip, found.start("sum"), found.end("sum"))
        if amount is None or not words or _NO_FEE.search(found["name"]):
            continue
        x, y = words[0].box.middle
        if not any(page == strip.page and box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for page, box in taken):
            yield amount.value
