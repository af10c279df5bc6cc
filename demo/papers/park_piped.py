"""Water and gas that a park or its property company passes on to its tenants (documents.md §4.2, §4.3)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from random import Random

from demo.draw import Sheet
from demo.draw_table import Column, Look, Table
from demo.identity import in_words, money
from demo.papers.drawn import Drawn, truth
from demo.papers.one_page import CENT, COMPANY, done, one_page

PIPED = ("park", "property", "receipt")


def _fee(units: int, price: Decimal) -> Decimal:
    return (units * price).quantize(CENT, ROUND_HALF_UP)


def piped_bill(
    kind: str = "water", style: str = "park", *, medium: str = "pdf", seed: int = 1, altered: int = 0
) -> Drawn:
    """Water or gas that a park or its property company passes on, in one of ``PIPED``; ``altered`` goes to a reading."""
    rng, month = Random(seed), 1 + seed % 12
    last, used = rng.randrange(1_000, 60_000), rng.randrange(200, 4_000)
    what, unit, price = ("水", "吨", Decimal("4.60")) if kind == "water" else ("燃气", "立方米", Decimal("3.98"))
    room = f"{rng.choice('ABC')}{rng.randrange(1, 9)}-{rng.randrange(101, 999)}"
    fee = _fee(used, price)
    extra = _fee(used, Decimal("1.40")) if kind == "water" else Decimal("0.00")
    due = fee + extra
    sheet = Sheet(title=f"{what}费", size=(210.0, 160.0))
    shown = last + used + altered
    if style == "park":
        sheet.text(105, 18, f"恒屿产业园{what}费收费通知单", size=14, align="center", bold=True)
        sheet.text(16, 28, f"承租单位：{COMPANY}", size=9)
        sheet.text(120, 28, f"房号：{room}    费用月份：2026年{month:02d}月", size=9)
        heads = (
            ("表号", 26),
            ("上月底数", 26),
            ("本月底数", 26),
            (f"用量（{unit}）", 28),
            ("单价（元）", 24),
            ("金额（元）", 30),
        )
        columns = [Column((h,), w, "left" if h == "表号" else "right") for h, w in heads]
        table = Table(sheet, columns, Look(size=8.5, row=7.5), x=16, y=33, bottom=150, turn=one_page)
        table.row([f"{what}表01", str(last), str(shown), str(used), str(price), money(fee)])
        if extra:
            table.row(["污水处理费", "", "", str(used), "1.40", money(extra)])
        table.row(["合计", "", "", "", "", money(due)])
        sheet.text(16, table.y + 9, f"应缴金额（大写）：{in_words(due)}", size=9)
    elif style == "property":
        sheet.text(20, 18, "恒屿物业服务有限公司", size=11)
        sheet.text(20, 28, f"{what}费缴费单", size=15, bold=True)
        pairs = [("业主/租户", COMPANY), ("单元", room), ("账单月份", f"2026-{month:02d}"), ("上次读数", str(last)),
                 ("本次读数", str(shown)), (f"本期用量（{unit}）", str(used)), ("单价", f"{price}"),
                 (f"{what}费", money(fee))]  # fmt: skip
        pairs += [("污水处理费", money(extra))] if extra else []
        for n, (label, value) in enumerate([*pairs, ("应付金额", f"{money(due)}元")]):
            sheet.text(24, 42 + 8 * n, label, size=9.5)
            sheet.text(80, 42 + 8 * n, value, size=9.5)
    else:
        sheet.text(105, 18, f"{what}费收据", size=15, align="center", bold=True)
        sheet.text(18, 30, f"今收到 {COMPANY}", size=10)
        sheet.text(18, 38, f"2026年{month}月{what}费，用量{used}{unit}（{last}—{shown}），单价{price}元", size=10)
        sheet.text(18, 46, f"金额合计：¥{money(due)}    人民币（大写）{in_words(due)}", size=10)
        if extra:
            sheet.text(18, 54, f"其中：{what}费{money(fee)}元，污水处理费{money(extra)}元", size=10)
        sheet.text(190, 70, "收款单位（章）：恒屿产业园管理有限公司", size=9, align="right")
    fields: dict[str, object] = {
        "name": COMPANY, "month": f"2026-{month:02d}", "last_reading": str(last), "this_reading": str(shown),
        "volume": str(used), "unit_price": price, ("water_fee" if kind == "water" else "gas_fee"): fee, "amount_total": due,
    }  # fmt: skip
    fields |= {"sewage_fee": extra} if extra else {}
    if style == "receipt" and not extra:
        fields.pop("gas_fee")  # nothing but the sum is printed
    return done(sheet, f"{kind}-{style}-2026{month:02d}", truth(f"{kind}_bill", fields), medium, seed)
