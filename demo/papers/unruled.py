"""Papers of tax, trade and supply as desks print them from a screen: few rulings, labels over their values, days apart.

``dated_certificate``  tax payments with the first and the last day of the period in columns of their own
``return_print``       ``joined``: heads carry their group (即征即退本月) · ``listed``: the line's number first, one column
``power_print``        ``app``: labels at the left rim, values at the right one · ``message``: all of it in a sentence
``stepped_water``      a table of price steps that is about the water alone; sewage stands beside it
``one_row_gas``        a ruled row of heads over one row of values, the name broken in its cell
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from random import Random

from demo.draw import Sheet
from demo.draw_table import Column, Look, Table
from demo.identity import in_words, money
from demo.papers import electricity
from demo.papers.drawn import Drawn, truth
from demo.papers.one_page import CENT, COMPANY, USCC, done, one_page
from demo.papers.returns import GENERAL, general_filing
from demo.papers.tax import certificate_truth, vat_lines
from demo.papers.tax_prints import cell_of, returned

BARE = Look("none", size=8, row=6.5)


def bare(sheet: Sheet, heads: tuple[tuple[str, float, str], ...], y: float, look: Look = BARE, x: float = 14) -> Table:
    columns = [Column((head,), width, align) for head, width, align in heads]
    return Table(sheet, columns, look, x=x, y=y, bottom=sheet.height - 8, turn=one_page)


def _said(sheet: Sheet, y: float, *pairs: tuple[str, str], step: float = 95, size: float = 8.5) -> float:
    """Labels with their values behind them, two and more to a line."""
    most = int((sheet.width - 20) // step)
    for n, (label, value) in enumerate(pairs):
        sheet.text(14 + step * (n % most), y + 6.5 * (n // most), f"{label}：{value}", size=size)
    return y + 6.5 * ((len(pairs) - 1) // most + 1)


def _boxed(sheet: Sheet, y: float, *pairs: tuple[str, str]) -> float:
    """Labels and values in ruled boxes, two pairs to a row."""
    columns = [Column(("",), width) for width in (28, 62, 28, 62)]
    table = Table(sheet, columns, Look(size=8, row=6), x=14, y=y, bottom=280, turn=one_page, headless=True)
    for first, second in zip(pairs[::2], pairs[1::2], strict=True):
        table.row([*first, *second])
    return table.y + 3


def dated_certificate(
    style: str = "dated", *, medium: str = "pdf", seed: int = 1, altered: Decimal = Decimal(0)
) -> Drawn:
    """``altered`` is added to what is printed as the total."""
    vat = Decimal(Random(seed).randrange(100_000, 30_000_000)) / 100
    lines = [*vat_lines(vat, 2026, 3), *vat_lines(vat * 2, 2026, 4, first=2221)]
    number, authority = f"25-9999-88{seed:06d}", "国家税务总局云洲市临屿区税务局"
    value = certificate_truth(lines, COMPANY, USCC, number, lines[-1].paid, authority)
    sheet = Sheet(landscape=True, title="税收完税证明")
    sheet.text(sheet.width / 2, 18, "中华人民共和国税收完税证明", size=14, align="center", bold=True)
    who = (
        ("证明编号", number),
        ("开具日期", f"{lines[-1].paid:%Y/%m/%d}"),
        ("开具税务机关", authority),
        ("纳税人名称", COMPANY),
    )
    y = _said(sheet, 30, *who, ("统一社会信用代码（纳税人识别号）", USCC), step=130)
    heads = (
        ("序号", 12, "left"), ("电子税票号码", 44, "left"), ("征收项目", 38, "left"), ("征收品目", 44, "left"),
        ("所属期起", 28, "left"), ("所属期止", 28, "left"), ("入库日期", 28, "left"), ("入库金额", 36, "right"),
    )  # fmt: skip
    table = bare(sheet, heads, y)
    for n, line in enumerate(lines, 1):
        days = (f"{day:%Y.%m.%d}" for day in (line.start, line.end, line.paid))
        table.row([str(n), line.voucher, line.tax, line.item, *days, money(line.amount)])
    total = sum((line.amount for line in lines), Decimal(0)) + altered
    sheet.text(270, table.y + 7, f"合计金额：{money(total)}", size=8.5, align="right")
    sheet.text(14, table.y + 14, f"金额大写：人民币{in_words(total - altered)}", size=8.5)
    return done(sheet, f"tax-{style}", value, medium, seed)


def return_print(style: str = "joined", *, medium: str = "pdf", seed: int = 1) -> Drawn:
    """The return of a general taxpayer without rulings; above ``joined`` the taxpayer stands in boxes, which are none of its
    columns."""
    filing = general_filing(seed)
    sheet, cells = Sheet(title="增值税及附加税费申报表"), {}
    sheet.text(105, 14, "增值税及附加税费申报表（一般纳税人适用）", size=13, align="center", bold=True)
    who = [("纳税人识别号", filing.uscc), ("纳税人名称", filing.name)]
    if style == "listed":
        who += [("税款所属期起", str(filing.start)), ("税款所属期止", str(filing.end)), ("申报日期", str(filing.filed))]
        heads = (("行次", 14, "left"), ("项目名称", 104, "left"), ("本期金额", 44, "right"))
    else:
        who += [("税款所属时间", f"{filing.start}至{filing.end}"), ("填表日期", str(filing.filed))]
        heads = (
            ("项目", 62, "left"), ("栏次", 10, "left"), ("本月数", 28, "right"), ("本年累计", 30, "right"),
            ("即征即退本月", 26, "right"), ("即征即退累计", 26, "right"),
        )  # fmt: skip
    y = _said(sheet, 24, *who) if style == "listed" else _boxed(sheet, 20, *who)
    table = bare(sheet, heads, y, Look("none", size=7.5, row=5.7))
    for number, label, _ in GENERAL:
        values = {column: cell_of(filing, number, column) for column in ("cur", "ytd")}
        kept = {"cur": values["cur"]} if style == "listed" else values
        if "" in kept.values():
            continue
        cells |= {f"line_{number}_{column}": value for column, value in kept.items()}
        row = (
            [str(number), label, values["cur"]]
            if style == "listed"
            else [label, str(number), *values.values(), "——", "——"]
        )
        table.row(row)
    return returned(sheet, filing, "vat_return_general", cells, medium, seed)


def power_print(style: str = "app", *, medium: str = "pdf", seed: int = 1) -> Drawn:
    """The bill of a works as its app shows it, or as a message tells it."""
    rng = Random(seed)
    site = electricity.Site(user_no=f"99{rng.randrange(10**8):08d}", multiplier=rng.choice((40, 60, 80)))
    given, _ = electricity.bill(site, 2026, rng.randrange(1, 13), rng.randrange(20_000, 400_000))
    value, month = electricity.bill_truth(given, "list", Decimal(0)), f"{given.year}年{given.month:02d}月"
    sheet = Sheet(title="电费账单", size=(210.0, 250.0))
    if style == "message":
        sheet.text(105, 18, "电费账单通知", size=14, align="center", bold=True)
        sharp, peak, flat, valley = given.kwh
        told = (
            f"【国网云洲供电】尊敬的{site.name}（户号{site.user_no}）：您{month}用电量",
            f"{sum(given.kwh):,}度，电费合计{money(given.total)}元，其中尖峰电量{sharp:,}度、峰电量{peak:,}度、",
            f"平电量{flat:,}度、谷电量{valley:,}度。请按时缴清。",
        )
        for place, words in enumerate(told):
            sheet.text(16, 32 + 8 * place, words, size=10.5)
        names = (
            "user_no",
            "user_name",
            "bill_month",
            "kwh_total",
            "kwh_sharp",
            "kwh_peak",
            "kwh_flat",
            "kwh_valley",
            "amount_total",
        )
        kept = {name: value["fields"][name] for name in names}
        return done(sheet, "power-message", {**value, "fields": kept, "tables": {}}, medium, seed)
    sheet.text(105, 18, "电费账单", size=15, align="center", bold=True)
    pairs = (
        ("用户编号", site.user_no), ("用户名称", site.name), ("账单月份", month), ("用电类别", "大工业"),
        ("合同容量", f"{site.capacity}kVA"), ("功率因数", "0.95"), ("本期电量", f"{sum(given.kwh):,}千瓦时"),
        ("本期电费", f"￥{money(given.total)}"),
    )  # fmt: skip
    for place, (label, shown) in enumerate(pairs):
        sheet.text(16, 30 + 7 * place, label, size=9.5)
        sheet.text(194, 30 + 7 * place, shown, size=9.5, align="right")
    heads = (
        ("时段", 34, "left"),
        ("上期示数", 36, "right"),
        ("本期示数", 36, "right"),
        ("综合倍率", 30, "right"),
        ("电量(千瓦时)", 40, "right"),
    )
    meters = bare(sheet, heads, 90)
    for name, last, this, kwh in given.rows:
        meters.row([name, f"{last.quantize(CENT)}", f"{this.quantize(CENT)}", str(site.multiplier), str(kwh)])
    fees = bare(
        sheet,
        (("电费构成", 60, "left"), ("电量/容量", 36, "right"), ("单价", 30, "right"), ("金额（元）", 50, "right")),
        meters.y + 6,
    )
    for name, kwh, price, fee in zip(electricity.PERIODS, given.kwh, electricity.PRICES, given.energy, strict=True):
        fees.row([f"电度电费（{name}）", str(kwh), str(price), money(fee)])
    fees.row(["基本电费", str(site.capacity), str(electricity.CAPACITY_PRICE), money(given.capacity_fee)])
    fees.row(["政府性基金及附加", str(sum(given.kwh)), str(electricity.FUND), money(given.fund)])
    fees.row(["功率因数调整电费", "", "", money(given.factor)])
    return done(sheet, "power-app", value, medium, seed)


def stepped_water(style: str = "steps", *, medium: str = "pdf", seed: int = 1, altered: int = 0) -> Drawn:
    """``altered`` is added to the reading that is printed."""
    rng = Random(seed)
    last, first, second = rng.randrange(1_000, 60_000), rng.randrange(500, 2_000), rng.randrange(50, 900)
    used, user = first + second, f"88{rng.randrange(10**8):08d}"
    fees = [(first * Decimal("2.85")).quantize(CENT), (second * Decimal("3.60")).quantize(CENT)]
    sewage = (used * Decimal("1.40")).quantize(CENT)
    sheet = Sheet(title="水费账单", size=(210.0, 150.0))
    sheet.text(105, 18, "云洲水务集团水费账单", size=14, align="center", bold=True)
    shown = last + used + altered
    y = _said(
        sheet,
        30,
        ("用户号", user),
        ("户名", COMPANY),
        ("水费月份", "2026年05月"),
        ("上期抄码", f"{last}"),
        ("本期抄码", f"{shown}"),
    )
    heads = (
        ("阶梯水量", 44, "left"),
        ("水量(m³)", 40, "right"),
        ("单价(元/m³)", 40, "right"),
        ("金额(元)", 50, "right"),
    )
    table = bare(sheet, heads, y, Look(size=8, row=7))
    table.row(["第一阶梯", str(first), "2.85", money(fees[0])])
    table.row(["第二阶梯", str(second), "3.60", money(fees[1])])
    total = sum(fees, sewage)
    _said(
        sheet,
        table.y + 8,
        ("用水量", f"{used} m³"),
        ("水费", money(sum(fees))),
        ("污水处理费", money(sewage)),
        ("合计", f"{money(total)} 元"),
    )
    fields: dict[str, object] = {
        "user_no": user, "name": COMPANY, "month": "2026-05", "last_reading": str(last), "this_reading": str(shown),
        "volume": str(used), "water_fee": sum(fees), "sewage_fee": sewage, "amount_total": total,
    }  # fmt: skip
    return done(sheet, f"water-{style}", truth("water_bill", fields), medium, seed)


def one_row_gas(style: str = "row", *, medium: str = "pdf", seed: int = 1) -> Drawn:
    """One ruled row of heads, one of values; the name does not fit on a line of its cell."""
    rng = Random(seed)
    last, used, user = rng.randrange(1_000, 60_000), rng.randrange(500, 9_000), f"77{rng.randrange(10**8):08d}"
    fee = (used * Decimal("4.05")).quantize(CENT, ROUND_HALF_UP)
    sheet = Sheet(title="燃气费", size=(210.0, 110.0))
    sheet.text(105, 18, "管道天然气缴费通知单", size=14, align="center", bold=True)
    heads = ("用户号", "户名", "上期读数", "本期读数", "用气量(m³)", "单价", "气费", "账期")
    columns = [Column((w,), x, wraps=True) for w, x in zip(heads, (24, 36, 20, 20, 22, 14, 26, 20), strict=True)]
    table = Table(sheet, columns, Look(size=8, row=8), x=14, y=28, bottom=100, turn=one_page)
    table.row([user, COMPANY, str(last), str(last + used), str(used), "4.05", money(fee), "2026-05"])
    sheet.text(14, table.y + 9, f"本期应缴：{money(fee)}元    缴费截止日期：2026年6月20日", size=9)
    fields: dict[str, object] = {
        "user_no": user, "name": COMPANY, "month": "2026-05", "last_reading": str(last), "this_reading": str(last + used),
        "volume": str(used), "unit_price": Decimal("4.05"), "amount_total": fee,
    }  # fmt: skip
    return done(sheet, f"gas-{style}", truth("gas_bill", fields), medium, seed)
