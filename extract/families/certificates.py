"""Certificates that are letters (文书式): taxes told in sentences, the taxpayer in the salutation, the office under its seal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extract.forms.fields import make_field
from extract.forms.prose import told as on_a_line
from extract.forms.told import SHAPES, Told, compiled, told
from extract.grammar import Reading
from records.facts import Field

TAXES = (
    "增值税|消费税|企业所得税|个人所得税|城市维护建设税|地方教育费?附加|教育费附加|印花税|房产税|城镇土地使用税|土地增值税"
    "|契税|车船税|车辆购置税|资源税|环境保护税|耕地占用税|残疾人就业保障金|工会经费|文化事业建设费|水利建设专项收入|社会保险费"
)
_MONTH = r"20\d{2}[年.-]\d{1,2}月?(?:(?:至|到|-|~)(?:20\d{2}[年.-])?\d{1,2}月)?"
_WHEN = rf"(?P<period>{SHAPES['span']}|{_MONTH})"
_BEHIND = rf"[,、]?\(?(?:(?:税款)?所属(?:时期|期间|期)为?:?)?{_WHEN}\)?"
#: 增值税，所属时期2026.01.01-2026.01.31，实缴金额1,234.56元
ONE = (
    rf"(?P<tax_type>{TAXES})(?:{_BEHIND})?[,、:]?(?:税款|税费|税额)?(?:实缴|已缴|缴纳|入库|实际缴纳)?(?:\(退\))?"
    r"(?:税款|税费|税额|金额)?(?:人民币|计|为|:)*[¥]?(?P<amount>-?\d[\d,]*\.\d{2})元?"
)
#: Figures that are amounts, whoever they belong to.
AMOUNT = re.compile(r"(?<![\d.,])\d[\d,]*\.\d{2}(?![\d.])")
_SAID = {
    "total_cn": (
        rf"合计[^。;\n]{{0,12}}?\(?大写\)?:?(?:人民币)?(?P<total_cn>{SHAPES['capitals']})",
        rf"合计:?(?:人民币)?(?P<total_cn>{SHAPES['capitals']})",
    ),
    "total_num": (
        rf"{SHAPES['capitals']}[,(]*(?:小写:?)?[¥](?P<total_num>\d[\d,]*\.\d{{2}})",
        r"合计(?:金额|税额|税款)?(?:人民币)?:?[¥]?(?P<total_num>\d[\d,]*\.\d{2})元",
    ),
    "issue_date": (rf"特此证明[^\d]{{0,80}}?(?P<issue_date>{SHAPES['day']})",),
    "tax_authority": (r"(?:^|\n| )(?P<tax_authority>国家税务总局[\u4e00-\u9fa5]{2,30}(?:税务局|税务分局|税务所))",),
}


#: What begins a printed line.
_LINES = {
    "taxpayer_name": (
        rf"^兹?证明:?(?P<v>{SHAPES['name']})\((?:纳税人识别号|统一社会信用代码|税号)",
        rf"^(?P<v>{SHAPES['name']})\((?:纳税人识别号|统一社会信用代码|税号)",
        rf"^(?P<v>{SHAPES['name']}):(?:你|贵)(?:单位|公司)",
    ),
    "issue_date": (rf"^(?P<v>{SHAPES['day']})填发",),
}


def as_told(reading: Reading, table: str) -> bool:
    """Fill what the sentences tell and no label did; whether every amount of the letter is one of a line or of the total."""
    for name, ways in _LINES.items():
        on_a_line(reading, name, *ways)
    _dated_at_the_end(reading)
    running = told(reading.sheet)
    for name, ways in _SAID.items():
        for way in ways if name not in reading.fields else ():
            match = compiled(way).search(running.text)
            field = running.field(reading.kinds()[name], match, reading) if match else None
            if field is not None:
                reading.fields[name] = field
                break
    if reading.tables.get(table):
        return True
    rows = list(_lines(reading, running, reading.table_specs()[table].columns))
    reading.tables[table] = rows
    total = reading.fields.get("total_num")
    return len(AMOUNT.findall(running.text)) == len(rows) + (total is not None)


def _dated_at_the_end(reading: Reading) -> None:
    """A letter is issued on the day that stands alone under its text."""
    if "issue_date" in reading.fields:
        return
    kind = reading.kinds()["issue_date"]
    for strip in reversed(reading.sheet.strips):
        if re.fullmatch(SHAPES["day"], strip.text.replace(" ", "")):
            picked = kind.pick(strip.text.replace(" ", ""), reading.money_unit)
            if picked is not None:
                reading.fields["issue_date"] = make_field(kind, picked[0], strip.words, strip.page)
            return


def _lines(reading: Reading, running: Told, kinds: dict[str, Any]) -> Iterator[dict[str, Field]]:
    """One row for each tax that is told with its amount."""
    for match in compiled(ONE).finditer(running.text):
        row = {name: running.field(kinds[name], match, reading) for name in ("tax_type", "period", "amount")}
        found = {name: field for name, field in row.items() if field is not None}
        if "amount" in found:
            yield found
