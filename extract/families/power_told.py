"""What a bill of power says beside its labels and its meters: in sentences, behind the names of fees, in a line of totals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from extract.forms.fields import make_field
from extract.forms.prose import told
from extract.grammar import Reading
from extract.layout import Strip, cut_words, squeezed
from records.facts import Field
from records.values import money
from records.values.text import fold

#: A fee behind its label, whatever stands beside it on the line: 基本电费：15,250.00.
_BEHIND = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff()]{4,10}):\s*[¥￥]?(?P<sum>-?\d[\d,]*\.\d{2})(?![\d.])"
)
_UNIT = r"(?:度|千瓦时|kWh)"
_SHARES = {"kwh_sharp": "尖峰?", "kwh_peak": "(?<!尖)高?峰", "kwh_flat": "平", "kwh_valley": "低?谷"}
#: Lines of fees that are energy by the time of day or by steps: what they count adds up to what was used, where the levies
#: and the adjustments count it again.
_ENERGY = re.compile(r"^[\u4e00-\u9fff(]{0,6}[尖峰平谷](?!均)|^第?[一二三四]档|^第?[一二三四]?阶梯")
_TOTAL = re.compile(r"^(?:电费)?(?:合计|总计)")
_WHOLE = re.compile(r"(?<![\d.,])\d[\d,]*(?![\d.,])")


def told_in_sentences(reading: Reading) -> None:
    """A message tells it: 尊敬的某公司（户号…）：您2025年8月用电量18,240度，电费合计13,771.20元，其中峰电量7,200度."""
    told(reading, "user_name", r"尊敬的(?P<v>[\u4e00-\u9fa5()（）]{2,30}?)(?:\([^()]{0,24}\))?[:,]")
    told(reading, "user_no", r"户号:?为?(?P<v>\d{8,20})")
    told(reading, "bill_month", r"(?P<v>20\d{2}年\d{1,2}月)(?:份)?(?:共|累计)?用?电")
    told(reading, "kwh_total", rf"(?<![尖峰平谷段])(?:共|累计)?用电量?(?:为|共|:)*(?P<v>\d[\d,]*(?:\.\d+)?){_UNIT}")
    due = r"(?:应[缴付交收]|本[期月]|当月)电费|电费(?:金额|合计|共计|总计)"
    told(reading, "amount_total", rf"(?:{due})(?:共计|合计|为|:)*[¥￥]?(?P<v>\d[\d,]*\.\d{{2}})元")
    for name, letter in _SHARES.items():
        told(reading, name, rf"{letter}(?:段|时段|期)?电量(?:为|:)?(?P<v>\d[\d,]*){_UNIT}")
    told(reading, "due_date", r"(?:请于|于|在)(?P<v>20\d{2}年\d{1,2}月\d{1,2}日)前(?:缴|交|足额)")


def behind_labels(reading: Reading, names: Mapping[str, str]) -> None:
    """The fees that a reading names, where several stand on a line, each behind its label."""
    for strip in reading.sheet.strips:
        for found in _BEHIND.finditer(strip.text):
            name = next((n for n, words in names.items() if re.match(words, found["name"])), None)
            amount = money.money(found["sum"]) if name and name not in reading.fields else None
            if name and amount is not None:
                words = cut_words(strip, found.start("sum"), found.end("sum"))
                reading.fields[name] = make_field(reading.kinds()[name], amount.value, words, strip.page)


def used_by_the_lines(reading: Reading) -> Field | None:
    """The kWh in the line of totals under the fees, where they are what the lines of energy above it add up to."""
    used = Decimal(0)
    for strip in reading.sheet.strips:
        text = squeezed(fold(strip.text))
        if _ENERGY.match(text) and (counted := next(_counts(strip), None)):
            used += counted[0]
        elif _TOTAL.match(text) and used:
            for number, start, end in _counts(strip):
                if number == used:
                    words = cut_words(strip, start, end)
                    return make_field(reading.kinds()["kwh_total"], f"{number:f}", words, strip.page)
            return None
    return None


def _counts(strip: Strip) -> Iterator[tuple[Decimal, int, int]]:
    """The whole numbers of a line with their places."""
    for found in _WHOLE.finditer(strip.text):
        yield Decimal(found.group().replace(",", "")), found.start(), found.end()
