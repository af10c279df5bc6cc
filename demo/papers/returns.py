"""VAT returns (documents.md §3.4, §3.5): numbered lines whose figures follow from each other, for general and small taxpayers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Literal

from demo.draw import Sheet
from demo.draw_office import Grid, xlsx_bytes
from demo.draw_photo import scan_pdf
from demo.draw_table import Column, Look, Table
from demo.identity import money
from demo.papers.drawn import Drawn, truth
from demo.papers.one_page import CENT, one_page

Figures = dict[int, Decimal]
#: Number, label, and what the form prints behind the number.
GENERAL: tuple[tuple[int, str, str], ...] = (
    (1, "（一）按适用税率计税销售额", ""),
    (2, "其中：应税货物销售额", ""),
    (3, "应税劳务销售额", ""),
    (4, "纳税检查调整的销售额", ""),
    (5, "（二）按简易办法计税销售额", ""),
    (6, "其中：纳税检查调整的销售额", ""),
    (7, "（三）免、抵、退办法出口销售额", ""),
    (8, "（四）免税销售额", ""),
    (9, "其中：免税货物销售额", ""),
    (10, "免税劳务销售额", ""),
    (11, "销项税额", ""),
    (12, "进项税额", ""),
    (13, "上期留抵税额", ""),
    (14, "进项税额转出", ""),
    (15, "免、抵、退应退税额", ""),
    (16, "按适用税率计算的纳税检查应补缴税额", ""),
    (17, "应抵扣税额合计", "=12+13-14-15+16"),
    (18, "实际抵扣税额", "（如17<11，则为17，否则为11）"),
    (19, "应纳税额", "=11-18"),
    (20, "期末留抵税额", "=17-18"),
    (21, "简易计税办法计算的应纳税额", ""),
    (22, "按简易计税办法计算的纳税检查应补缴税额", ""),
    (23, "应纳税额减征额", ""),
    (24, "应纳税额合计", "=19+21-23"),
    (25, "期初未缴税额（多缴为负数）", ""),
    (26, "实收出口开具专用缴款书退税额", ""),
    (27, "本期已缴税额", "=28+29+30+31"),
    (28, "①分次预缴税额", ""),
    (29, "②出口开具专用缴款书预缴税额", ""),
    (30, "③本期缴纳上期应纳税额", ""),
    (31, "④本期缴纳欠缴税额", ""),
    (32, "期末未缴税额（多缴为负数）", "=24+25+26-27"),
    (33, "其中：欠缴税额（≥0）", "=25+26-27"),
    (34, "本期应补（退）税额", "=24-28-29"),
    (35, "即征即退实际退税额", ""),
    (36, "期初未缴查补税额", ""),
    (37, "本期入库查补税额", ""),
    (38, "期末未缴查补税额", "=16+22+36-37"),
    (39, "城市维护建设税本期应补（退）税额", ""),
    (40, "教育费附加本期应补（退）费额", ""),
    (41, "地方教育附加本期应补（退）费额", ""),
)
SMALL: tuple[tuple[int, str, str], ...] = (
    (1, "（一）应征增值税不含税销售额（3%征收率）", ""),
    (2, "增值税专用发票不含税销售额", ""),
    (3, "其他增值税发票不含税销售额", ""),
    (4, "（二）应征增值税不含税销售额（5%征收率）", ""),
    (5, "增值税专用发票不含税销售额", ""),
    (6, "其他增值税发票不含税销售额", ""),
    (7, "（三）销售使用过的固定资产不含税销售额", "（7≥8）"),
    (8, "其中：其他增值税发票不含税销售额", ""),
    (9, "（四）免税销售额", "=10+11+12"),
    (10, "其中：小微企业免税销售额", ""),
    (11, "未达起征点销售额", ""),
    (12, "其他免税销售额", ""),
    (13, "（五）出口免税销售额", "（13≥14）"),
    (14, "其中：其他增值税发票不含税销售额", ""),
    (15, "本期应纳税额", ""),
    (16, "本期应纳税额减征额", ""),
    (17, "本期免税额", ""),
    (18, "其中：小微企业免税额", ""),
    (19, "未达起征点免税额", ""),
    (20, "应纳税额合计", "=15-16"),
    (21, "本期预缴税额", ""),
    (22, "本期应补（退）税额", "=20-21"),
    (23, "城市维护建设税本期应补（退）税额", ""),
    (24, "教育费附加本期应补（退）费额", ""),
    (25, "地方教育附加本期应补（退）费额", ""),
)


@dataclass(frozen=True, slots=True)
class Filing:
    """What a taxpayer files: who, for which time, and the figures of every column that is used."""

    columns: Mapping[str, Figures]
    name: str = "云洲恒屿精密机械有限公司"
    uscc: str = "91999901MA9HENGY0D"
    start: date = date(2026, 5, 1)
    end: date = date(2026, 5, 31)
    filed: date = date(2026, 6, 13)
    alter: Mapping[str, Decimal] = field(default_factory=dict)  #: ``line_12_cur`` -> what is printed instead


def cents(number: int) -> Decimal:
    """So many 分 as 元, with both decimals printed."""
    return (Decimal(number) / 100).quantize(CENT)


def rounded(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def general_figures(rng: Random, months: int = 1) -> Figures:
    """A month (or the months of a year so far) of a general taxpayer: everything follows from sales and purchases."""
    f: Figures = {n: Decimal("0.00") for n, _, _ in GENERAL}
    f[2] = cents(rng.randrange(200_000_000, 480_000_000) * months)
    f[3] = cents(rng.randrange(1_000_000, 9_000_000) * months)
    f[1] = f[2] + f[3]
    f[5], f[8] = cents(rng.randrange(100_000, 900_000) * months), cents(rng.randrange(50_000, 20_000_000))
    f[9] = f[8]
    f[11] = rounded(f[1] * Decimal("0.13"))
    f[12] = rounded(f[11] * Decimal(rng.randrange(70, 97)) / 100)
    f[13], f[14] = cents(rng.randrange(0, 3_000_000)), cents(rng.randrange(0, 400_000))
    f[17] = f[12] + f[13] - f[14]
    f[18] = min(f[17], f[11])
    f[19], f[20] = f[11] - f[18], f[17] - f[18]
    f[21] = rounded(f[5] * Decimal("0.03"))
    f[24] = f[19] + f[21]
    f[25] = cents(rng.randrange(0, 9_000_000))
    f[28], f[30] = rounded(f[24] * Decimal("0.2")), f[25]
    f[27] = f[28] + f[30]
    f[32], f[34] = f[24] + f[25] - f[27], f[24] - f[28]
    for line, rate in ((39, "0.07"), (40, "0.03"), (41, "0.02")):
        f[line] = rounded(f[34] * Decimal(rate))
    return f


def small_figures(rng: Random) -> Figures:
    """A quarter of a small taxpayer: 3 % reduced to 1 %, and sales that are free of tax."""
    f: Figures = {n: Decimal("0.00") for n, _, _ in SMALL}
    f[1] = cents(rng.randrange(30_500_000, 60_000_000))
    f[2] = rounded(f[1] / 3)
    f[3] = f[1] - f[2]
    f[10] = cents(rng.randrange(100_000, 9_000_000))
    f[12] = cents(rng.randrange(0, 500_000))
    f[9] = f[10] + f[12]
    f[15], f[16] = rounded(f[1] * Decimal("0.03")), rounded(f[1] * Decimal("0.02"))
    f[17] = f[18] = rounded(f[10] * Decimal("0.03"))
    f[20] = f[15] - f[16]
    f[21] = rounded(f[20] / 4)
    f[22] = f[20] - f[21]
    f[23] = rounded(f[22] * Decimal("0.035"))
    return f


def general_filing(seed: int = 1, *, alter: Mapping[str, Decimal] | None = None) -> Filing:
    """A month and the year so far; nothing under 即征即退."""
    rng = Random(seed)
    return Filing({"cur": general_figures(rng), "ytd": general_figures(rng, 5)}, alter=alter or {})


def small_filing(seed: int = 1, *, alter: Mapping[str, Decimal] | None = None) -> Filing:
    """A quarter and the year so far, goods and services."""
    rng = Random(seed)
    columns = {name: small_figures(rng) for name in ("cur", "service_cur", "ytd", "service_ytd")}
    return Filing(
        columns,
        "云洲市临屿区栖川五金店",
        "92999901MA9QCHUA2Q",
        date(2026, 4, 1),
        date(2026, 6, 30),
        date(2026, 7, 10),
        alter or {},
    )


#: Lines whose cell of a column does not apply and is struck out on the form.
STRUCK = {("ytd", n) for n in (13, 20, 25, 32, 33)}


def vat_return(
    filing: Filing | None = None,
    *,
    style: Literal["official", "list"] = "official",
    medium: Literal["pdf", "xlsx", "scan"] = "pdf",
    seed: int = 1,
) -> Drawn:
    """The return of a general taxpayer: ``official`` has all four columns, ``list`` the year before the month and no rulings."""
    filing = filing or general_filing(seed)
    order = ("cur", "ytd", "refund_cur", "refund_ytd") if style == "official" else ("ytd", "cur")
    given = _printed(filing, GENERAL, order, STRUCK)
    title = "增值税及附加税费申报表" if style == "official" else "增值税纳税申报表（一般纳税人适用）"
    sheet = Sheet(
        landscape=style == "official", title=title, size=(297.0, 420.0) if style == "official" else (210, 297)
    )
    if style == "official":
        _official(
            sheet,
            filing,
            given,
            GENERAL,
            title,
            "（一般纳税人适用）",
            order,
            (("一般项目", 2), ("即征即退项目", 2)),
            ("本月数", "本年累计", "本月数", "本年累计"),
        )
    else:
        _list(sheet, filing, given, GENERAL, title, order, ("本年累计数", "本月数"))
    heads = ["栏次", "项目", *("一般项目" + h for h in ("本年累计", "本月数"))] if style == "list" else None
    return _drawn(sheet, filing, given, "vat_return_general", GENERAL, order, medium, seed, heads)


def small_return(
    filing: Filing | None = None,
    *,
    style: Literal["official", "list"] = "official",
    medium: Literal["pdf", "xlsx", "scan"] = "pdf",
    seed: int = 1,
) -> Drawn:
    """The return of a small taxpayer: ``official`` has 本期数 over goods and services, ``list`` the other way round."""
    filing = filing or small_filing(seed)
    goods = ("货物及劳务", "服务、不动产和无形资产")
    if style == "official":
        order, groups, heads = ("cur", "service_cur", "ytd", "service_ytd"), (("本期数", 2), ("本年累计", 2)), goods * 2
    else:
        order, groups, heads = (
            ("cur", "ytd", "service_cur", "service_ytd"),
            tuple((g, 2) for g in goods),
            ("本期数", "本年累计") * 2,
        )
    given = _printed(filing, SMALL, order, set())
    sheet = Sheet(landscape=True, title="增值税及附加税费申报表", size=(297.0, 420.0))
    _official(sheet, filing, given, SMALL, "增值税及附加税费申报表", "（小规模纳税人适用）", order, groups, heads)
    return _drawn(sheet, filing, given, "vat_return_small", SMALL, order, medium, seed, None)


Printed = dict[tuple[int, str], str]


def _printed(
    filing: Filing, lines: Sequence[tuple[int, str, str]], order: Sequence[str], struck: set[tuple[str, int]]
) -> Printed:
    """What stands in every cell: money, the dash of a cell that does not apply, or nothing."""
    cells: Printed = {}
    for number, _, _ in lines:
        for column in order:
            value = filing.columns.get(column, {}).get(number)
            value = filing.alter.get(f"line_{number}_{column}", value)
            dash = (column, number) in struck
            cells[number, column] = "——" if dash else "" if value is None else money(value)
    return cells


def _head(sheet: Sheet, filing: Filing, title: str, sub: str) -> None:
    middle, edge = sheet.width / 2, 14.0
    sheet.text(middle, 14, title, size=15, align="center", bold=True)
    if sub:
        sheet.text(middle, 21, sub, size=10, align="center")
    sheet.text(edge, 28, "根据国家税收法律法规及增值税相关规定制定本表。纳税人不论有无销售额，均应按期填报。", size=8)
    start, end = (f"{day.year}年{day.month}月{day.day}日" for day in (filing.start, filing.end))
    when = f"税款所属时间：自{start}至{end}"
    filed = f"填表日期：{filing.filed.year}年{filing.filed.month:02d}月{filing.filed.day:02d}日"
    sheet.text(edge, 34, when, size=8)
    sheet.text(middle, 34, filed, size=8)
    sheet.text(sheet.width - edge, 34, "金额单位：元（列至角分）", size=8, align="right")
    sheet.text(edge, 40, f"纳税人识别号（统一社会信用代码）：{filing.uscc}", size=8)
    sheet.text(middle, 40, f"纳税人名称：{filing.name}", size=8)


def _official(
    sheet: Sheet,
    filing: Filing,
    given: Printed,
    lines: Sequence[tuple[int, str, str]],
    title: str,
    sub: str,
    order: Sequence[str],
    groups: Sequence[tuple[str, int]],
    heads: Sequence[str],
) -> None:
    """Ruled, with a column of groups at the left, formulas behind the numbers, labels that wrap, heads of two lines."""
    _head(sheet, filing, title, sub)
    x, y, width, wide = 14.0, 44.0, 38.0, 66.0
    left = x + 14 + wide + 50
    sheet.box(x, y, 14 + wide, 12)
    sheet.text(x + (14 + wide) / 2, y + 7, "项    目", size=8, align="center")
    sheet.box(x + 14 + wide, y, 50, 12)
    sheet.text(x + 14 + wide + 25, y + 7, "栏次", size=8, align="center")
    at = left
    for words, count in groups:
        sheet.box(at, y, width * count, 6)
        sheet.text(at + width * count / 2, y + 4, words, size=8, align="center")
        at += width * count
    for place, words in enumerate(heads):
        sheet.box(left + place * width, y + 6, width, 6)
        sheet.text(left + (place + 0.5) * width, y + 10, words, size=7 if len(words) > 8 else 8, align="center")
    columns = [Column(("",), 14, "center"), Column(("",), wide, wraps=True), Column(("",), 50, "center", wraps=True)]
    columns += [Column(("",), width, "right") for _ in heads]
    table = Table(
        sheet, columns, Look(size=7, row=5.2), x=x, y=y + 12, bottom=sheet.height, turn=one_page, headless=True
    )
    sections = {5: "销售额", 16: "税款计算", 29: "税款缴纳"} if len(lines) > 30 else {6: "计税依据", 18: "税款计算"}
    for number, label, formula in lines:
        table.row([sections.get(number, ""), label, f"{number}{formula}", *(given[number, column] for column in order)])
    sheet.text(
        x,
        table.y + 6,
        "声明：此表是根据国家税收法律法规及相关规定填写的，本人（单位）对填报内容的真实性、可靠性、完整性负责。",
        size=8,
    )
    sheet.text(
        x,
        table.y + 12,
        f"纳税人（签章）：                {filing.filed.year}年{filing.filed.month}月{filing.filed.day}日",
        size=8,
    )


def _list(
    sheet: Sheet,
    filing: Filing,
    given: Printed,
    lines: Sequence[tuple[int, str, str]],
    title: str,
    order: Sequence[str],
    heads: Sequence[str],
) -> None:
    """No rulings, numbers in front, the year before the month."""
    _head(sheet, filing, title, "")
    columns = [Column(("行次",), 16, "center"), Column(("项  目",), 86), *(Column((h,), 36, "right") for h in heads)]
    table = Table(sheet, columns, Look("head", size=8, row=5.4), x=14, y=44, bottom=sheet.height, turn=one_page)
    for number, label, _ in lines:
        table.row([str(number), label, *(given[number, column] for column in order)])


def _drawn(
    sheet: Sheet,
    filing: Filing,
    given: Printed,
    kind: str,
    lines: Sequence[tuple[int, str, str]],
    order: Sequence[str],
    medium: str,
    seed: int,
    heads: Sequence[str] | None,
) -> Drawn:
    fields: dict[str, object] = {
        "taxpayer_name": filing.name,
        "taxpayer_id": filing.uscc,
        "period": (filing.start, filing.end),
        "fill_date": filing.filed,
    }
    for (number, column), text in given.items():
        if text and text != "——":
            fields[f"line_{number}_{column}"] = Decimal(text.replace(",", ""))
    value = truth(kind, fields, subject={"name": filing.name, "uscc": filing.uscc, "id_no": None})
    stem = f"{kind.replace('_', '-')}-{filing.end:%Y%m}"
    if medium == "xlsx":
        return Drawn(f"{stem}.xlsx", _workbook(filing, given, kind, lines, order, heads), value)
    pdf = sheet.finish()
    if medium == "scan":
        return Drawn(f"{stem}-scan.pdf", scan_pdf(pdf, seed=seed), value).pictured()
    return Drawn(f"{stem}.pdf", pdf, value)


_TITLES = {
    "cur": "一般项目本月数",
    "ytd": "一般项目本年累计",
    "refund_cur": "即征即退项目本月数",
    "refund_ytd": "即征即退项目本年累计",
}
_SMALL_TITLES = {
    "cur": "货物及劳务本期数",
    "ytd": "货物及劳务本年累计",
    "service_cur": "服务、不动产和无形资产本期数",
    "service_ytd": "服务、不动产和无形资产本年累计",
}


def _workbook(
    filing: Filing,
    given: Printed,
    kind: str,
    lines: Sequence[tuple[int, str, str]],
    order: Sequence[str],
    heads: Sequence[str] | None,
) -> bytes:
    """The same as the tax office's export: one sheet."""
    titles = _TITLES if kind == "vat_return_general" else _SMALL_TITLES
    head = heads or ["项目", "栏次", *(titles[column] for column in order)]
    front = (lambda n, label: [str(n), label]) if heads else (lambda n, label: [label, str(n)])
    rows = [[*front(n, label), *(given[n, column] for column in order)] for n, label, _ in lines]
    words = "一般纳税人适用" if kind == "vat_return_general" else "小规模纳税人适用"
    above = (
        (f"税款所属时间：{filing.start} 至 {filing.end}", "", f"填表日期：{filing.filed}"),
        (f"纳税人识别号：{filing.uscc}", "", f"纳税人名称：{filing.name}"),
    )
    grid = Grid(f"增值税及附加税费申报表（{words}）", above, head, rows, (), set(range(2, 2 + len(order))))
    return xlsx_bytes(grid)
