"""Power bills from others than the grid company we know: 南方电网, and parks and landlords that pass power on (转供电)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from demo.draw import Sheet
from demo.draw_table import Column, Look, Table
from demo.identity import in_words, money
from demo.papers.drawn import Drawn, truth
from demo.papers.one_page import CENT, COMPANY, done, one_page

POWER = ("southern", "southern_list", "park", "landlord", "shared", "slip")


def _fee(units: Decimal | int, price: Decimal) -> Decimal:
    return (Decimal(units) * price).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Meter:
    """One meter of a bill: what it is called, its readings, its factor, what went through it."""

    name: str
    last: Decimal
    this: Decimal
    factor: int

    @property
    def units(self) -> int:
        return int((self.this - self.last) * self.factor)


def _meters(rng: Random, names: Sequence[str], factor: int) -> list[Meter]:
    found = []
    for name in names:
        last = Decimal(rng.randrange(10_000, 900_000)) / 100
        found.append(Meter(name, last, last + Decimal(rng.randrange(50, 900)) / 2, factor))
    return found


# --- power ----------------------------------------------------------------------------------------------------------------


def power_bill(style: str = "southern", *, medium: str = "pdf", seed: int = 1, altered: int = 0) -> Drawn:
    """One of ``POWER``; ``altered`` is added to the last reading that is printed first."""
    rng = Random(seed)
    month = 1 + seed % 12
    user = (
        f"03{rng.randrange(10**14):014d}"
        if style.startswith("southern")
        else f"B{rng.randrange(1, 9)}-{rng.randrange(101, 999)}"
    )
    sheet = Sheet(title="电费", size=(210.0, 230.0))
    fields, rows = _POWER[style](sheet, rng, user, month, altered)
    fields = {"user_no": user, "user_name": COMPANY, "bill_month": f"2026-{month:02d}", **fields}
    if not style.startswith("southern"):
        fields.pop("user_no")  # a room is no supply point
    subject = {"name": COMPANY, "uscc": None, "id_no": None}
    value = truth("electricity_bill", fields, {"meters": rows}, subject=subject)
    return done(sheet, f"power-{style}-2026{month:02d}", value, medium, seed)


def _rows(meters: Sequence[Meter], altered: int = 0) -> list[dict[str, object]]:
    return [
        {
            "last": m.last.quantize(CENT), "this": (m.this + (altered if n == 0 else 0)).quantize(CENT),
            "multiplier": str(m.factor), "kwh": str(m.units),
        }
        for n, m in enumerate(meters)
    ]  # fmt: skip


Filled = tuple[dict[str, object], list[dict[str, object]]]


def _by_time(rng: Random, names: Sequence[str], factor: int) -> list[Meter]:
    """The total and its three times of day."""
    peak, flat, valley = _meters(rng, names[1:], factor)
    last, this = (sum((getattr(m, side) for m in (peak, flat, valley)), Decimal(0)) for side in ("last", "this"))
    return [Meter(names[0], last, this, factor), peak, flat, valley]


def _southern(sheet: Sheet, rng: Random, user: str, month: int, altered: int) -> Filled:
    """南方电网: who in two columns of boxes, meters with their number and 读数类型, fees as a table, the sum in a box."""
    sheet.text(14, 14, "中国南方电网 CHINA SOUTHERN POWER GRID", size=9)
    sheet.text(105, 24, "云海供电局有限公司电费通知单", size=15, align="center", bold=True)
    meters = _by_time(rng, ("正向有功（总）", "正向有功（峰）", "正向有功（平）", "正向有功（谷）"), 80)
    total, peak, flat, valley = (m.units for m in meters)
    who = [Column((w,), x) for w, x in (("用户编号", 26), (user, 62), ("用户名称", 26), (COMPANY, 68))]
    top = Table(sheet, who, Look(size=8.5, row=7.5), x=14, y=30, bottom=220, turn=one_page)
    top.row(["用电地址", "云海市恒屿区工业路6号", "用电类别", "大工业用电"])
    top.row(["电费年月", f"2026年{month:02d}月", "抄表周期", f"2026.{month:02d}.01-2026.{month:02d}.28"])
    top.row(["合同容量", "800 kVA", "电压等级", "10kV"])
    heads = (
        ("电表资产号", 36),
        ("读数类型", 34),
        ("上次行度", 28),
        ("本次行度", 28),
        ("倍率", 18),
        ("实用电量(kWh)", 38),
    )
    columns = [Column((h,), w, "right" if w in (28, 38, 18) else "left") for h, w in heads]
    table = Table(
        sheet, columns, Look(size=8.5, row=6.8, digits="Helvetica"), x=14, y=top.y + 4, bottom=220, turn=one_page
    )
    for n, m in enumerate(meters):
        table.row(
            [
                "0601000012",
                m.name,
                f"{m.last:.2f}",
                f"{m.this + (altered if n == 0 else 0):.2f}",
                str(m.factor),
                str(m.units),
            ]
        )
    prices = (Decimal("1.0321"), Decimal("0.6172"), Decimal("0.2648"))
    fees = [
        (f"电度电费（{n}）", str(u), str(p), _fee(u, p))
        for n, u, p in zip("峰平谷", (peak, flat, valley), prices, strict=True)
    ]
    basic, fund = Decimal("18400.00"), _fee(total, Decimal("0.0271"))
    factor = -_fee(1, (sum((f[3] for f in fees), basic)) * Decimal("0.0075"))
    fees += [("基本电费（容量）", "800", "23.00", basic), ("代征基金及附加", str(total), "0.0271", fund),
             ("力调电费", "", "", factor)]  # fmt: skip
    due = sum((fee[3] for fee in fees), Decimal(0))
    heads = (("电费项目", 62), ("计费电量/容量", 40), ("电价(元)", 36), ("金额(元)", 44))
    columns = [Column((h,), w, "left" if w == 62 else "right") for h, w in heads]
    charges = Table(
        sheet, columns, Look(size=8.5, row=6.8, digits="Helvetica"), x=14, y=table.y + 4, bottom=220, turn=one_page
    )
    for name, units, price, amount in fees:
        charges.row([name, units, price, money(amount)])
    charges.span([(2, f"应收电费（大写）：{in_words(due)}"), (120, f"应收电费合计：￥{money(due)}")], height=8)
    sheet.text(14, charges.y + 9, f"缴费截止日期：2026-{month:02d}-28    服务热线：95598", size=8.5)
    return {
        "kwh_total": str(total), "kwh_peak": str(peak), "kwh_flat": str(flat), "kwh_valley": str(valley),
        "amount_total": due, "basic_fee": basic, "pf_adjust": factor, "capacity": "800",
    }, _rows(meters, altered)  # fmt: skip


def _southern_list(sheet: Sheet, rng: Random, user: str, month: int, altered: int) -> Filled:
    """The list of the southern grid's app: labels over values, one meter, no rulings."""
    (meter,) = _meters(rng, ("有功总",), 1)
    price, total = Decimal("0.7238"), meter.units
    due = _fee(total, price)
    sheet.text(20, 18, "南方电网", size=10)
    sheet.text(20, 28, f"2026年{month}月电费账单", size=15, bold=True)
    for n, (label, value) in enumerate(
        (("户号", user), ("户名", COMPANY), ("用电地址", "云海市恒屿区工业路6号3栋"), ("应缴电费", f"{money(due)}元"),
         ("总用电量", f"{total}千瓦时"), ("上次表码", f"{meter.last:.2f}"), ("本次表码", f"{meter.this + altered:.2f}"),
         ("倍率", "1"), ("电价", f"{price}元/千瓦时"), ("缴费状态", "未缴"))
    ):  # fmt: skip
        sheet.text(20, 42 + 8 * n, label, size=9.5)
        sheet.text(190, 42 + 8 * n, value, size=9.5, align="right")
    return {"kwh_total": str(total), "amount_total": due}, []


def _park(sheet: Sheet, rng: Random, user: str, month: int, altered: int) -> Filled:
    """A park's notice of fees: every meter of the tenant in a row with price and money, loss below, the sum in words."""
    meters = _meters(rng, (f"{user}动力", f"{user}照明"), 40)
    price = Decimal("0.8650")
    loss = int(sum(m.units for m in meters) * 0.02)
    sheet.text(105, 18, "云洲恒屿产业园管理有限公司", size=13, align="center", bold=True)
    sheet.text(105, 27, f"2026年{month:02d}月电费收费通知单", size=13, align="center")
    sheet.text(16, 38, f"租户名称：{COMPANY}", size=9)
    sheet.text(120, 38, f"房号：{user}", size=9)
    sheet.text(16, 45, f"计费期间：2026-{month:02d}-01至2026-{month:02d}-28", size=9)
    heads = (
        ("表号", 32),
        ("上月底数", 26),
        ("本月底数", 26),
        ("倍率", 16),
        ("用电量（度）", 28),
        ("单价（元）", 22),
        ("电费金额（元）", 32),
    )
    columns = [Column((h,), w, "left" if w == 32 and h == "表号" else "right") for h, w in heads]
    table = Table(sheet, columns, Look(size=8.5, row=7.4), x=14, y=50, bottom=220, turn=one_page)
    for n, m in enumerate(meters):
        table.row(
            [
                m.name,
                f"{m.last:.2f}",
                f"{m.this + (altered if n == 0 else 0):.2f}",
                str(m.factor),
                str(m.units),
                str(price),
                money(_fee(m.units, price)),
            ]
        )
    table.row(["公摊线损", "", "", "", str(loss), str(price), money(_fee(loss, price))])
    total = sum(m.units for m in meters) + loss
    due = sum((_fee(u, price) for u in (*(m.units for m in meters), loss)), Decimal(0))
    table.row(["合计", "", "", "", str(total), "", money(due)])
    sheet.text(16, table.y + 9, f"应缴金额（大写）：{in_words(due)}", size=9)
    sheet.text(16, table.y + 17, "请于每月25日前缴纳，逾期按日加收违约金。", size=8)
    return {"kwh_total": str(total), "amount_total": due}, _rows(meters, altered)


def _landlord(sheet: Sheet, rng: Random, user: str, month: int, altered: int) -> Filled:
    """A landlord's list: one meter by labels in boxes, power and the share of the transformer as fees, no row of heads."""
    (meter,) = _meters(rng, ("总表",), 60)
    price, share = Decimal("0.9120"), Decimal(rng.randrange(50_000, 200_000)) / 100
    power = _fee(meter.units, price)
    due = power + share
    sheet.text(105, 20, "电费结算单", size=16, align="center", bold=True)
    sheet.text(190, 30, f"结算月份：2026年{month}月", size=9, align="right")
    boxes = (
        ("出租方（供电方）", "云洲恒屿实业有限公司"), ("承租方（用电方）", COMPANY), ("上次抄表数", f"{meter.last:.2f}"),
        ("本次抄表数", f"{meter.this + altered:.2f}"), ("倍率", "60"), ("本期用电量（kWh）", str(meter.units)),
        ("电价（元/kWh）", str(price)), ("电量电费", money(power)), ("变压器容量分摊", money(share)),
        ("应付电费合计", money(due)),
    )  # fmt: skip
    columns = [Column((w,), x) for w, x in zip(boxes[0], (60, 112), strict=True)]
    table = Table(sheet, columns, Look(size=9.5, row=8.4), x=19, y=36, bottom=220, turn=one_page)
    for row in boxes[1:]:
        table.row(list(row))
    sheet.text(24, table.y + 12, "出租方（盖章）：                承租方确认：", size=9)
    return {"kwh_total": str(meter.units), "amount_total": due}, []


def _shared(sheet: Sheet, rng: Random, user: str, month: int, altered: int) -> Filled:
    """A park's list with the day's times: heads of two lines, the readings under 起止示数, 倍率 before them."""
    meters = _by_time(rng, ("总", "峰", "平", "谷"), 100)
    total, peak, flat, valley = (m.units for m in meters)
    sheet.text(105, 16, "云洲临屿科技园转供电电费清单", size=14, align="center", bold=True)
    sheet.text(14, 26, f"客户名称：{COMPANY}    单元号：{user}", size=9)
    sheet.text(196, 26, f"账期：2026-{month:02d}", size=9, align="right")
    heads = (
        ("时段",),
        ("综合", "倍率"),
        ("上期", "示数"),
        ("本期", "示数"),
        ("抄见电量", "(kWh)"),
        ("电价", "(元/kWh)"),
        ("电费", "(元)"),
    )
    columns = [
        Column(h, w, "right" if n else "left")
        for n, (h, w) in enumerate(zip(heads, (22, 20, 30, 30, 30, 24, 26), strict=True))
    ]
    table = Table(
        sheet, columns, Look(size=8.5, row=7, shade=(0.94, 0.94, 0.94)), x=14, y=31, bottom=220, turn=one_page
    )
    prices = (None, Decimal("1.1020"), Decimal("0.7010"), Decimal("0.3305"))
    fees: list[Decimal] = []
    for n, (m, p) in enumerate(zip(meters, prices, strict=True)):
        fee = _fee(m.units, p) if p else None
        fees += [fee] if fee else []
        table.row(
            [
                m.name,
                str(m.factor),
                f"{m.last:.2f}",
                f"{m.this + (altered if n == 0 else 0):.2f}",
                f"{m.units:,}",
                str(p or ""),
                money(fee) if fee else "",
            ]
        )
    service = Decimal(rng.randrange(20_000, 90_000)) / 100
    due = sum(fees, service)
    sheet.text(16, table.y + 8, f"电量电费小计：{money(sum(fees, Decimal(0)))}", size=9)
    sheet.text(90, table.y + 8, f"配电设施服务费：{money(service)}", size=9)
    sheet.text(16, table.y + 17, f"本期应付合计：¥{money(due)}", size=11, bold=True)
    return {
        "kwh_total": str(total), "kwh_peak": str(peak), "kwh_flat": str(flat), "kwh_valley": str(valley), "amount_total": due,
    }, _rows(meters, altered)  # fmt: skip


def _slip(sheet: Sheet, rng: Random, user: str, month: int, altered: int) -> Filled:
    """A small slip: heads over one row."""
    (meter,) = _meters(rng, ("",), 30)
    price = Decimal("0.8800")
    due = _fee(meter.units, price)
    sheet.text(105, 18, "恒屿工业园电费单", size=14, align="center", bold=True)
    sheet.text(14, 28, f"户名 {COMPANY}", size=9)
    sheet.text(120, 28, f"电费月份 2026年{month:02d}月", size=9)
    heads = (
        ("铺位", 22),
        ("上月读数", 26),
        ("本月读数", 26),
        ("倍率", 16),
        ("实用电量", 26),
        ("单价", 22),
        ("应收电费", 34),
    )
    columns = [Column((h,), w, "center") for h, w in heads]
    table = Table(sheet, columns, Look("rows", size=9, row=8), x=14, y=33, bottom=220, turn=one_page)
    table.row(
        [user, f"{meter.last:.2f}", f"{meter.this + altered:.2f}", "30", str(meter.units), str(price), money(due)]
    )
    sheet.text(14, table.y + 9, "收费员：陈某    恒屿物业服务中心", size=8.5)
    return {"kwh_total": str(meter.units), "amount_total": due}, _rows([meter], altered)


_POWER = {
    "southern": _southern, "southern_list": _southern_list, "park": _park, "landlord": _landlord, "shared": _shared,
    "slip": _slip,
}  # fmt: skip
