"""Income tax returns of firms by assessment (B类, 核定征收), and other prints of class A (documents.md §3.6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from demo.draw import Sheet
from demo.draw_table import Column, Look, Table
from demo.identity import money
from demo.papers.drawn import Drawn, truth
from demo.papers.one_page import CENT, COMPANY, USCC, done, one_page

STYLES = ("assessed", "costs", "older", "export", "window", "middle")

Rows = Sequence[tuple[str | None, str, str]]  #: key of the truth (None: not asked), label, what is printed


def _some(rng: Random, low: int, high: int) -> Decimal:
    return (Decimal(rng.randrange(low, high)) / 100).quantize(CENT)


def assessed(rng: Random, *, costs: bool) -> dict[str, Decimal]:
    """A quarter by assessment: from the sales less what is not taxed, or up from the costs."""
    f = {"assessed_rate": Decimal("0.10") if rng.random() < 0.5 else Decimal("0.07"), "tax_rate": Decimal("0.25")}
    if costs:
        f["costs_total"] = _some(rng, 20_000_000, 90_000_000)
        f["taxable_income"] = (f["costs_total"] / (1 - f["assessed_rate"]) * f["assessed_rate"]).quantize(
            CENT, ROUND_HALF_UP
        )
    else:
        f["revenue"], f["untaxed"] = _some(rng, 40_000_000, 200_000_000), _some(rng, 100_000, 900_000)
        f["exempt_income"] = _some(rng, 100_000, 700_000)
        f["taxable_revenue"] = f["revenue"] - f["untaxed"] - f["exempt_income"]
        f["taxable_income"] = (f["taxable_revenue"] * f["assessed_rate"]).quantize(CENT, ROUND_HALF_UP)
    f["tax_payable"] = (f["taxable_income"] * f["tax_rate"]).quantize(CENT, ROUND_HALF_UP)
    f["tax_relief"] = (f["taxable_income"] * Decimal("0.20")).quantize(CENT, ROUND_HALF_UP)
    f["tax_prepaid"] = ((f["tax_payable"] - f["tax_relief"]) * Decimal("0.3")).quantize(CENT, ROUND_HALF_UP)
    f["tax_due"] = f["tax_payable"] - f["tax_relief"] - f["tax_prepaid"]
    return f


def quarter(rng: Random) -> dict[str, Decimal]:
    """A quarter by the books."""
    f = {"revenue": _some(rng, 1_500_000_000, 3_000_000_000), "cost": _some(rng, 900_000_000, 1_200_000_000)}
    f["total_profit"] = _some(rng, 80_000_000, 250_000_000)
    f["losses_used"] = _some(rng, 100_000, 20_000_000)
    f["taxable_income"], f["tax_rate"] = f["total_profit"] - f["losses_used"], Decimal("0.25")
    f["tax_payable"] = (f["taxable_income"] * f["tax_rate"]).quantize(CENT, ROUND_HALF_UP)
    f["tax_relief"] = (f["tax_payable"] * Decimal("0.1")).quantize(CENT, ROUND_HALF_UP)
    f["tax_prepaid"] = (f["tax_payable"] * Decimal("0.4")).quantize(CENT, ROUND_HALF_UP)
    f["tax_due"] = f["tax_payable"] - f["tax_relief"] - f["tax_prepaid"]
    return f


def income_tax(style: str = "assessed", *, medium: str = "pdf", seed: int = 1, altered: Decimal = Decimal(0)) -> Drawn:
    """One of ``STYLES``; ``altered`` is added to the tax that is due."""
    rng = Random(seed)
    by_books = style in ("window", "middle")
    figures = quarter(rng) if by_books else assessed(rng, costs=style == "costs")
    figures["tax_due"] += altered
    month = 3 * (1 + seed % 4)
    period = date(2026, 1, 1), date(2026, month, 30 if month in (6, 9) else 31)
    sheet = Sheet(title="企业所得税申报表")
    _DRAW[style](sheet, figures, period)
    fields: dict[str, object] = {"taxpayer_name": COMPANY, "taxpayer_id": USCC, "period": period, **figures}
    subject = {"name": COMPANY, "uscc": USCC, "id_no": None}
    return done(sheet, f"income-tax-{style}", truth("cit_return", fields, subject=subject), medium, seed)


def _days(period: tuple[date, date]) -> str:
    return "至".join(f"{day.year}年{day.month}月{day.day}日" for day in period)


def _head(sheet: Sheet, title: str, period: tuple[date, date], number: str) -> None:
    sheet.text(196, 12, number, size=9, align="right")
    sheet.text(105, 20, title, size=12, align="center", bold=True)
    sheet.text(105, 28, f"税款所属期间：{_days(period)}", size=8.5, align="center")
    sheet.text(14, 35, f"纳税人识别号（统一社会信用代码）：{USCC}", size=8.5)
    sheet.text(14, 41, f"纳税人名称：{COMPANY}", size=8.5)
    sheet.text(196, 41, "金额单位：人民币元（列至角分）", size=8.5, align="right")


def _shown(f: dict[str, Decimal], key: str | None, blank: str = "0.00") -> str:
    if key is None or key not in f:
        return blank
    if key in ("tax_rate", "assessed_rate"):
        return f"{f[key] * 100:.0f}%"
    return money(f[key])


B_LINES: tuple[tuple[str | None, str], ...] = (
    ("revenue", "收入总额"),
    ("untaxed", "减：不征税收入"),
    ("exempt_income", "减：免税收入（4+5+10+11）"),
    (None, "国债利息收入免征企业所得税"),
    (None, "符合条件的居民企业之间的股息、红利等权益性投资收益免征企业所得税"),
    ("taxable_revenue", "应税收入额（1-2-3）\\成本费用总额"),
    ("assessed_rate", "税务机关核定的应税所得率（%）"),
    ("taxable_income", "应纳税所得额（第12×13行）\\[第12行÷（1-第13行）×第13行]"),
    ("tax_rate", "税率（25%）"),
    ("tax_payable", "应纳所得税额（14×15）"),
    ("tax_relief", "减：符合条件的小型微利企业减免企业所得税"),
    ("tax_prepaid", "减：实际已缴纳所得税额"),
    ("tax_due", "本期应补（退）所得税额（16-17-18）\\税务机关核定本期应纳所得税额"),
)
_NUMBERS = (1, 2, 3, 4, 5, 12, 13, 14, 15, 16, 17, 18, 19)


def _assessed(sheet: Sheet, f: dict[str, Decimal], period: tuple[date, date], *, costs: bool = False) -> None:
    """B100000: the way of assessing ticked above, 行次 first."""
    _head(sheet, "中华人民共和国企业所得税月（季）度预缴和年度纳税申报表（B类，2018年版）", period, "B100000")
    ways = "■核定应税所得率（能核算收入总额的）  □核定应税所得率（能核算成本费用总额的）  □核定应纳所得税额"
    ways = ways.replace("■", "#").replace("□", "■", 1).replace("#", "□") if costs else ways
    columns = [
        Column(("行次",), 14, "center"),
        Column(("项  目",), 122, wraps=True),
        Column(("本年累计金额",), 46, "right"),
    ]
    sheet.box(14, 45, 182, 8)
    sheet.text(16, 50, f"核定征收方式  {ways}", size=7.5)
    table = Table(sheet, columns, Look(size=8, row=6.4), x=14, y=53, bottom=285, turn=one_page)
    for number, (key, label) in zip(_NUMBERS, B_LINES, strict=True):
        shown = "costs_total" if costs and key == "taxable_revenue" else key
        table.row([str(number), label, _shown(f, shown)])
    sheet.text(
        14,
        table.y + 7,
        "谨声明：本纳税申报表是根据国家税收法律法规及国家有关税收规定填报的，是真实的、可靠的、完整的。",
        size=7.5,
    )


def _costs(sheet: Sheet, f: dict[str, Decimal], period: tuple[date, date]) -> None:
    """The same form where only the costs can be told."""
    _assessed(sheet, f, period, costs=True)


def _older(sheet: Sheet, f: dict[str, Decimal], period: tuple[date, date]) -> None:
    """2015: groups at the left, 行次 between label and figure, both ways of assessing below one another."""
    _head(sheet, "中华人民共和国企业所得税月（季）度和年度预缴纳税申报表（B类，2015年版）", period, "")
    columns = [Column(("项      目",), 110), Column(("行次",), 18, "center"), Column(("累计金额",), 52, "right")]
    table = Table(sheet, columns, Look(size=8.5, row=7), x=15, y=46, bottom=285, turn=one_page)
    table.span([(2, "一、以下由按应税所得率计算应纳所得税额的企业填报")])
    rows: Rows = (
        ("revenue", "收入总额", "1"), ("untaxed", "减：不征税收入", "2"), ("exempt_income", "免税收入", "3"),
        ("taxable_revenue", "应税收入额（1-2-3）", "4"), ("assessed_rate", "税务机关核定的应税所得率（%）", "5"),
        ("taxable_income", "应纳税所得额（4×5）", "6"),
    )  # fmt: skip
    for key, label, number in rows:
        table.row([label, number, _shown(f, key)])
    table.row(["成本费用总额", "7", ""])
    for key, label, number in (
        ("tax_rate", "税率（25%）", "10"), ("tax_payable", "应纳所得税额（6×10或9×10）", "11"),
        ("tax_relief", "减：符合条件的小型微利企业减免所得税额", "12"), ("tax_prepaid", "已预缴所得税额", "14"),
        ("tax_due", "应补（退）所得税额（11-12-14）", "15"),
    ):  # fmt: skip
        table.row([label, number, _shown(f, key)])
    table.span([(2, "二、以下由税务机关核定应纳所得税额的企业填报")])
    table.row(["税务机关核定应纳所得税额", "16", ""])


def _export(sheet: Sheet, f: dict[str, Decimal], period: tuple[date, date]) -> None:
    """What the electronic tax office shows: no rulings, label left, figure right, the rate without its sign."""
    sheet.text(14, 16, "企业所得税（核定征收）季度预缴申报表", size=14, bold=True)
    sheet.text(14, 25, f"纳税人名称 {COMPANY}", size=9)
    sheet.text(110, 25, f"统一社会信用代码 {USCC}", size=9)
    sheet.text(14, 32, f"税款所属期起止 {period[0]} 至 {period[1]}", size=9)
    sheet.text(110, 32, "填报日期 2026-07-12", size=9)
    columns = [Column(("项目名称",), 130), Column(("本年累计",), 50, "right")]
    look = Look("rows", size=9, row=7.4, digits="Helvetica", shade=(0.93, 0.95, 0.98))
    table = Table(sheet, columns, look, x=14, y=38, bottom=285, turn=one_page)
    for key, label in B_LINES:
        if key is None:
            continue
        words = label.split("（1-")[0].split("（4")[0].split("（第")[0].split("（16")[0].split("（14")[0].split("\\")[0]
        shown = _shown(f, key).rstrip("%") if key == "assessed_rate" else _shown(f, key)
        table.row([words, shown])


A_LINES: tuple[tuple[str | None, str], ...] = (
    ("revenue", "营业收入"), ("cost", "营业成本"), ("total_profit", "利润总额"),
    (None, "加：特定业务计算的应纳税所得额"), (None, "减：不征税收入"), (None, "减：资产加速折旧、摊销（扣除）调减额"),
    (None, "减：免税收入、减计收入、加计扣除"), (None, "减：所得减免"), ("losses_used", "减：弥补以前年度亏损"),
    ("taxable_income", "实际利润额（3+4-5-6-7-8-9）\\按照上一纳税年度应纳税所得额平均额确定的应纳税所得额"),
    ("tax_rate", "税率（25%）"), ("tax_payable", "应纳所得税额（10×11）"), ("tax_relief", "减：减免所得税额"),
    ("tax_prepaid", "减：本年实际已缴纳所得税额"), (None, "减：特定业务预缴（征）所得税额"),
    ("tax_due", "本期应补（退）所得税额（12-13-14-15）\\税务机关确定的本期应纳所得税额"),
)  # fmt: skip


def _window(sheet: Sheet, f: dict[str, Decimal], period: tuple[date, date]) -> None:
    """A200000 as the tax office prints it: quarters filled in above, groups as rows of their own, dashes for nothing."""
    _head(sheet, "中华人民共和国企业所得税月（季）度预缴纳税申报表（A类）", period, "A200000")
    heads = ("项 目", "一季度", "二季度", "三季度", "四季度")
    top = Table(
        sheet,
        [Column((h,), 36.4, "center") for h in heads],
        Look(size=7.5, row=6),
        x=14,
        y=45,
        bottom=285,
        turn=one_page,
    )
    top.row(["从业人数（季初/季末）", "82/86", "86/85", "", ""])
    top.row(["资产总额（季初/季末，万元）", "3120/3295", "3295/3318", "", ""])
    columns = [
        Column(("行次",), 16, "center"),
        Column(("项目",), 118, wraps=True),
        Column(("本年累计金额",), 48, "right"),
    ]
    table = Table(sheet, columns, Look(size=8, row=6.2, bold_head=True), x=14, y=top.y + 4, bottom=285, turn=one_page)
    table.span([(60, "预缴税款计算")])
    for number, (key, label) in enumerate(A_LINES, 1):
        table.row([str(number), label, _shown(f, key, "——")])
    table.span([(60, "汇总纳税企业总分机构税款计算")])


def _middle(sheet: Sheet, f: dict[str, Decimal], period: tuple[date, date]) -> None:
    """2015: 项目, 行次, 本期金额, 累计金额; the quarter's own figures before those of the year so far."""
    _head(sheet, "中华人民共和国企业所得税月（季）度预缴纳税申报表（A类，2015年版）", period, "")
    columns = [Column(("项    目",), 96), Column(("行次",), 14, "center"), Column(("本期金额",), 36, "right"),
               Column(("累计金额",), 36, "right")]  # fmt: skip
    table = Table(sheet, columns, Look(size=8, row=6.6), x=14, y=45, bottom=285, turn=one_page)
    table.row(["一、按照实际利润额预缴", "1", "", ""])
    for number, (key, label) in enumerate(A_LINES, 2):
        words = label.split("（3+")[0].split("（10")[0].split("（12-")[0]
        if key is None:
            continue
        whole = key in ("tax_rate", "losses_used")
        part = _shown(f, key) if whole or key not in f else money((f[key] * Decimal("0.37")).quantize(CENT))
        table.row([words, str(number), part, _shown(f, key)])


_DRAW = {
    "assessed": _assessed, "costs": _costs, "older": _older, "export": _export, "window": _window, "middle": _middle,
}  # fmt: skip
