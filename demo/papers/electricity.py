"""Electricity bills (documents.md §4.1): meters with a multiplier, prices by time of use, capacity, funds, power factor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from demo.draw import GREY, Sheet
from demo.draw_photo import photo_jpeg, scan_pdf
from demo.draw_table import Column, Look, Table
from demo.identity import money
from demo.papers.drawn import Drawn, truth
from demo.papers.one_page import CENT, one_page

PERIODS = ("尖峰", "峰", "平", "谷")
SHARES = (Decimal("0.07"), Decimal("0.36"), Decimal("0.33"), Decimal("0.24"))
PRICES = (Decimal("1.0312"), Decimal("0.8935"), Decimal("0.5946"), Decimal("0.3012"))
FUND = Decimal("0.0292")
CAPACITY_PRICE = Decimal("30.00")


@dataclass(frozen=True, slots=True)
class Site:
    """A metering point: whose it is and what its transformer and meters are."""

    user_no: str = "9901234567"
    name: str = "云洲恒屿精密机械有限公司"
    address: str = "云洲市临屿区恒屿路18号"
    capacity: int = 630
    multiplier: int = 60
    meters: tuple[Decimal, ...] = tuple(Decimal(x) for x in ("120.10", "640.20", "610.00", "450.20"))  #: last readings


@dataclass(frozen=True, slots=True)
class Bill:
    """One month: readings before and after, from which everything else follows."""

    site: Site
    year: int
    month: int
    steps: tuple[Decimal, ...]  #: by how much each meter moved

    @property
    def kwh(self) -> list[int]:
        return [int(step * self.site.multiplier) for step in self.steps]

    @property
    def energy(self) -> list[Decimal]:
        return [(k * price).quantize(CENT, ROUND_HALF_UP) for k, price in zip(self.kwh, PRICES, strict=True)]

    @property
    def capacity_fee(self) -> Decimal:
        return self.site.capacity * CAPACITY_PRICE

    @property
    def fund(self) -> Decimal:
        return (sum(self.kwh) * FUND).quantize(CENT, ROUND_HALF_UP)

    @property
    def factor(self) -> Decimal:
        """The reward for a good power factor: 0.75 % of energy and capacity."""
        return -((sum(self.energy) + self.capacity_fee) * Decimal("0.0075")).quantize(CENT, ROUND_HALF_UP)

    @property
    def total(self) -> Decimal:
        return sum(self.energy) + self.capacity_fee + self.fund + self.factor

    @property
    def rows(self) -> list[tuple[str, Decimal, Decimal, int]]:
        """Total first, then sharp, peak, flat, valley: name, last, this, kWh."""
        last, step = sum(self.site.meters), sum(self.steps)
        parts = zip(PERIODS, self.site.meters, self.steps, self.kwh, strict=True)
        return [
            ("有功(总)", Decimal(last), Decimal(last) + step, sum(self.kwh)),
            *((n, a, a + s, k) for n, a, s, k in parts),
        ]


def bill(site: Site, year: int, month: int, kwh: int) -> tuple[Bill, Site]:
    """The bill of a month with about this many kWh, and the site as the meter reader leaves it."""
    half = Decimal("0.50")
    steps = tuple(((kwh * share / site.multiplier) / half).quantize(Decimal(1)) * half for share in SHARES)
    after = tuple((meter + step).quantize(CENT) for meter, step in zip(site.meters, steps, strict=True))
    return Bill(site, year, month, steps), replace(site, meters=after)


def electricity_bill(
    given: Bill | None = None,
    style: Literal["list", "grid", "notice"] = "list",
    medium: Literal["pdf", "scan", "photo"] = "pdf",
    *,
    seed: int = 1,
    paid_before: Decimal = Decimal("0.00"),
) -> Drawn:
    """``list`` is plain lines, ``grid`` the bill of the grid company, ``notice`` an older form with a balance brought over."""
    given = given or bill(Site(), 2026, 5, 128400)[0]
    size = (210.0, 190.0) if style == "list" else (210.0, 240.0)
    sheet = Sheet(title="电费账单", size=size)
    {"list": _list, "grid": _as_grid, "notice": _notice}[style](sheet, given, paid_before)
    value, pdf = bill_truth(given, style, paid_before), sheet.finish()
    stem = f"power-{given.site.user_no}-{given.year}{given.month:02d}"
    if medium == "scan":
        return Drawn(f"{stem}-scan.pdf", scan_pdf(pdf, seed=seed), value).pictured()
    if medium == "photo":
        return Drawn(f"{stem}-photo.jpg", photo_jpeg(pdf, seed=seed), value).pictured()
    return Drawn(f"{stem}.pdf", pdf, value)


def bill_truth(given: Bill, style: str, paid_before: Decimal) -> dict[str, object]:
    sharp, peak, flat, valley = given.kwh
    fields: dict[str, object] = {
        "user_no": given.site.user_no, "user_name": given.site.name, "bill_month": f"{given.year}-{given.month:02d}",
        "category": "大工业", "capacity": str(given.site.capacity), "kwh_total": str(sum(given.kwh)), "kwh_sharp": str(sharp),
        "kwh_peak": str(peak), "kwh_flat": str(flat), "kwh_valley": str(valley), "basic_fee": given.capacity_fee,
        "pf_adjust": given.factor, "power_factor": "0.95", "amount_total": given.total,
    }  # fmt: skip
    if style != "list":
        fields |= {"address": given.site.address, "meter_period": _span(given)}
    if style == "notice":
        due = given.total - paid_before
        fields |= {
            "balance_bf": paid_before,
            "penalty": Decimal("0.00"),
            "amount_due": due,
            "due_date": _deadline(given),
        }
    rows = [
        {"last": a.quantize(CENT), "this": b.quantize(CENT), "multiplier": str(given.site.multiplier), "kwh": str(k)}
        for _, a, b, k in given.rows
    ]
    subject = {"name": given.site.name, "uscc": None, "id_no": None}
    return truth("electricity_bill", fields, {"meters": rows}, subject=subject)


def _span(given: Bill) -> tuple[date, date]:
    following = date(given.year + given.month // 12, given.month % 12 + 1, 1)
    return date(given.year, given.month, 1), date.fromordinal(following.toordinal() - 1)


def _deadline(given: Bill) -> date:
    return date.fromordinal(_span(given)[1].toordinal() + 20)


def _charges(given: Bill) -> list[tuple[str, str, str]]:
    rows = [
        (f"电量电费 {name}", f"{k}kWh × {price}", money(amount))
        for name, k, price, amount in zip(PERIODS, given.kwh, PRICES, given.energy, strict=True)
    ]
    rows.append(("容量电费", f"{given.site.capacity}kVA × {CAPACITY_PRICE}", money(given.capacity_fee)))
    rows.append(("政府性基金及附加", f"{sum(given.kwh)}kWh × {FUND}", money(given.fund)))
    return [*rows, ("功率因数调整电费", "(力率0.95, -0.75%)", money(given.factor))]


def _list(sheet: Sheet, given: Bill, _: Decimal) -> None:
    site = given.site
    sheet.text(105, 18, "国网云洲供电公司电费账单", size=15, align="center", bold=True)
    sheet.text(14, 30, f"户号 {site.user_no}")
    sheet.text(62, 30, f"户名 {site.name}")
    sheet.text(148, 30, f"电费年月 {given.year}-{given.month:02d}")
    sheet.text(14, 37, "用电类别 大工业")
    sheet.text(62, 37, f"计费容量 {site.capacity}kVA")
    heads = (("示数类型", 44), ("上次示数", 36), ("本次示数", 36), ("倍率", 24), ("抄见电量(kWh)", 42))
    columns = [Column((words,), width, "left" if width == 44 else "right") for words, width in heads]
    meters = Table(
        sheet, columns, Look("head", size=9, row=7, digits="Helvetica"), x=14, y=42, bottom=185, turn=one_page
    )
    for name, last, this, kwh in given.rows:
        meters.row([name, f"{last:.2f}", f"{this:.2f}", str(site.multiplier), str(kwh)])
    y = meters.y + 10
    for name, how, amount in _charges(given):
        sheet.text(16, y, f"{name} {how}")
        sheet.text(194, y, amount, align="right", font="Helvetica")
        y += 6.5
    sheet.line(14, y - 3, 196, y - 3)
    sheet.text(16, y + 4, "本期应付电费", size=11, bold=True)
    sheet.text(194, y + 4, money(given.total), size=11, align="right", bold=True)


def _as_grid(sheet: Sheet, given: Bill, _: Decimal) -> None:
    site, (start, end) = given.site, _span(given)
    sheet.box(0, 0, 210, 24, fill=(0.0, 0.42, 0.4), stroke=0)
    white = (1.0, 1.0, 1.0)
    sheet.text(14, 11, "国家电网 STATE GRID", size=9, colour=white)
    sheet.text(14, 19, f"{given.year}年{given.month:02d}月电费账单", size=14, colour=white, bold=True)
    pairs = (("户 号", site.user_no), ("户 名", site.name), ("用电地址", site.address), ("用电性质", "大工业"),
             ("运行容量", f"{site.capacity} kVA"), ("用电期间", f"{start}至{end}"))  # fmt: skip
    for i, (label, value) in enumerate(pairs):
        sheet.text(14 + 94 * (i % 2), 34 + 7 * (i // 2), f"{label}：{value}", size=9)
    look = Look("rows", size=8.5, row=7, shade=(0.9, 0.96, 0.95))
    heads = (
        ("示数类型", 32),
        ("上期示数", 28),
        ("本期示数", 28),
        ("综合倍率", 22),
        ("抄见电量", 26),
        ("退补电量", 22),
        ("合计电量", 26),
    )
    columns = [Column((words,), width, "left" if width == 32 else "right") for words, width in heads]
    meters = Table(sheet, columns, look, x=13, y=58, bottom=230, turn=one_page)
    for name, last, this, kwh in given.rows:
        meters.row([name, f"{last:.2f}", f"{this:.2f}", str(site.multiplier), f"{kwh:,}", "0", f"{kwh:,}"])
    heads = (("费用名称", 62), ("电量(kWh)/容量", 40), ("单价(元)", 36), ("金额(元)", 46))
    columns = [Column((words,), width, "left" if width == 62 else "right") for words, width in heads]
    table = Table(sheet, columns, look, x=13, y=meters.y + 7, bottom=230, turn=one_page)
    for name, kwh, price, amount in zip(PERIODS, given.kwh, PRICES, given.energy, strict=True):
        table.row([f"电量电费（{name}）", f"{kwh:,}", str(price), money(amount)])
    table.row(["容量电费", str(site.capacity), str(CAPACITY_PRICE), money(given.capacity_fee)])
    table.row(["政府性基金及附加", f"{sum(given.kwh):,}", str(FUND), money(given.fund)])
    table.row(["功率因数调整电费（实际力率0.95）", "", "", money(given.factor)])
    sheet.text(14, table.y + 10, f"总电量：{sum(given.kwh):,} kWh", size=10)
    sheet.text(196, table.y + 10, f"应付电费：{money(given.total)} 元", size=12, align="right", bold=True)
    sheet.text(14, 232, "如有疑问请拨打95598，本账单不作报销凭证。", size=7.5, colour=GREY)


def _notice(sheet: Sheet, given: Bill, paid_before: Decimal) -> None:
    site, (start, end) = given.site, _span(given)
    sheet.text(105, 20, "云洲供电局电费通知单", size=16, align="center", bold=True)
    y = 32.0
    pairs = (("用户编号", site.user_no), ("用户名称", site.name), ("用电地址", site.address),
             ("结算月份", f"{given.year}年{given.month:02d}月"),
             ("抄表周期", f"{start:%Y.%m.%d}-{end:%Y.%m.%d}"), ("用电类别", "大工业"),
             ("合同容量", f"{site.capacity}千伏安"))  # fmt: skip
    for label, value in pairs:
        sheet.text(16, y, f"{label}：", size=9.5)
        sheet.text(44, y, value, size=9.5)
        y += 6.6
    look = Look("grid", size=9, row=7.4, digits="Times-Roman")
    heads = (("表计", 30), ("起码", 34), ("止码", 34), ("倍率", 22), ("计费电量(千瓦时)", 58))
    columns = [Column((words,), width, "center") for words, width in heads]
    meters = Table(sheet, columns, look, x=16, y=y, bottom=230, turn=one_page)
    for name, last, this, kwh in given.rows:
        meters.row([name, f"{last:.2f}", f"{this:.2f}", str(site.multiplier), str(kwh)])
    columns = [
        Column((words,), width, a)
        for words, width, a in (("项目", 66, "left"), ("计算", 62, "left"), ("金额（元）", 50, "right"))
    ]
    table = Table(sheet, columns, look, x=16, y=meters.y + 5, bottom=230, turn=one_page)
    for row in _charges(given):
        table.row(row)
    y, due = table.y + 9, given.total - paid_before
    sheet.text(16, y, f"总电量：{sum(given.kwh)}千瓦时")
    sheet.text(100, y, f"本期电费：{money(given.total)}")
    sheet.text(16, y + 7, f"上期结余：{money(paid_before)}")
    sheet.text(70, y + 7, "违约金：0.00")
    sheet.text(110, y + 7, f"本期应缴：{money(due)}", bold=True)
    sheet.text(16, y + 14, f"缴费截止日：{_deadline(given)}")
