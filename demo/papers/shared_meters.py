"""Bills with several meters and their totals, with fees of local names, and with levies that few bills have."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from demo.draw import Sheet
from demo.draw_table import Column, Look, Table
from demo.identity import in_words, money
from demo.papers.drawn import Drawn, truth
from demo.papers.one_page import CENT, COMPANY, done, one_page

#: Kinds of bill by style.
STYLES = {
    "several power meters": "electricity_bill",
    "several water meters": "water_bill",
    "local fees": "water_bill",
    "local levies": "electricity_bill",
}
Cells = Sequence[tuple[str, float]]


def _fee(units: int, price: str) -> Decimal:
    return (units * Decimal(price)).quantize(CENT, ROUND_HALF_UP)


def shared_bill(style: str, *, medium: str = "pdf", seed: int = 1, altered: int = 0) -> Drawn:
    """One of ``STYLES``; ``altered`` is added to the first reading that is printed."""
    rng, month = Random(seed), f"2026-{1 + seed % 12:02d}"
    drawers = {"local fees": _local_fees, "local levies": _levies}
    return drawers.get(style, _meters)(style, rng, month, medium, seed, altered)


def _table(sheet: Sheet, heads: Cells, y: float, ruling: str = "grid") -> Table:
    columns = [Column((head,), width, "left" if not n else "right") for n, (head, width) in enumerate(heads)]
    return Table(sheet, columns, Look(ruling, size=8.5, row=7), x=14, y=y, bottom=150, turn=one_page)


def _meters(style: str, rng: Random, month: str, medium: str, seed: int, altered: int) -> Drawn:
    power = style == "several power meters"
    what, price = ("电", "0.8236") if power else ("水", "5.35")
    sheet = Sheet(title=f"{what}费", size=(210.0, 160.0))
    sheet.text(105, 16, f"临屿科技园租户{what}费缴费通知单", size=13, align="center", bold=True)
    sheet.text(14, 26, f"承租单位：{COMPANY}    费用月份：{month}", size=9)
    heads = [("表位" if power else "表名", 26), ("上月表底", 26), ("本月表底", 26)]
    heads += [("倍率", 16)] if power else []
    heads += [(f"用{what}量（{'度' if power else '吨'}）", 30), ("单价（元）", 24), ("金额（元）", 32)]
    table = _table(sheet, heads, 31)
    rows: list[dict[str, object]] = []
    for number in range(1, 4):
        last, units = rng.randrange(1_000, 60_000), rng.randrange(120, 2_400)
        factor = rng.choice((1, 40, 60)) if power else 1
        used, this = units * factor, last + units + (altered if number == 1 else 0)
        row = {"last": str(last), "this": str(this), "unit_price": Decimal(price)}
        row |= {"multiplier": str(factor), "kwh": str(used), "fee": _fee(used, price)} if power else {}
        row |= {} if power else {"item": f"{number}号表", "volume": str(used), "amount": _fee(used, price)}
        factors = [str(factor)] if power else []
        table.row([f"{number}号表", str(last), str(this), *factors, str(used), price, money(_fee(used, price))])
        rows.append(row)
    quantity, amount = ("kwh", "fee") if power else ("volume", "amount")
    used = sum(int(str(row[quantity])) for row in rows)
    due = sum((Decimal(str(row[amount])) for row in rows), Decimal(0))
    table.row(["合计", "", "", *([""] if power else []), str(used), "", money(due)])
    names = ("user_name", "bill_month", "kwh_total") if power else ("name", "month", "volume")
    fields = dict(zip(names, (COMPANY, month, str(used)), strict=True)) | {"amount_total": due}
    value = truth(STYLES[style], fields, {"meters" if power else "fees": rows})
    return done(sheet, f"{STYLES[style].replace('_', '-')}-{month}", value, medium, seed)


def _local_fees(style: str, rng: Random, month: str, medium: str, seed: int, altered: int) -> Drawn:
    last, used = rng.randrange(2_000, 60_000), rng.randrange(300, 4_000)
    fee, sewage, lift, works = (_fee(used, price) for price in ("3.15", "1.40", "0.62", "0.08"))
    due, user = fee + sewage + lift + works + 60, f"20{rng.randrange(10**6):06d}"
    sheet = Sheet(title="水费", size=(210.0, 130.0))
    sheet.text(105, 16, "云洲水务集团水费账单", size=13, align="center", bold=True)
    lines = (
        (f"用户号：{user}", f"用户名称：{COMPANY}", f"水费月份：{month}"),
        (f"上次抄码：{last}", f"本次抄码：{last + used + altered}", f"用水量：{used}吨"),
        ("单价：3.15", f"水费：{money(fee)}", f"污水处理费：{money(sewage)}"),
        (f"二次供水加压费：{money(lift)}", f"水利建设附加：{money(works)}", "环境卫生服务费：60.00"),
        (f"应缴金额：{money(due)}", f"（大写）{in_words(due)}", ""),
    )
    for number, parts in enumerate(lines):
        for x, text in zip((14, 76, 138), parts, strict=True):
            sheet.text(x, 28 + 8 * number, text, size=8.5)
    fields = {
        "user_no": user, "name": COMPANY, "month": month, "last_reading": str(last), "this_reading": str(last + used + altered),
        "volume": str(used), "unit_price": Decimal("3.15"), "water_fee": fee, "sewage_fee": sewage, "amount_total": due,
    }  # fmt: skip
    return done(sheet, f"water-local-{month}", truth("water_bill", fields), medium, seed)


def _levies(style: str, rng: Random, month: str, medium: str, seed: int, altered: int) -> Drawn:
    last, units = rng.randrange(10_000, 60_000), rng.randrange(200, 2_000)
    used, user = units * 40, f"03{rng.randrange(10**8):08d}"
    sheet = Sheet(title="电费", size=(210.0, 150.0))
    sheet.text(105, 16, "临屿供电局电费通知单", size=13, align="center", bold=True)
    sheet.text(14, 26, f"户名：{COMPANY}    客户编号：{user}    电费年月：{month.replace('-', '')}", size=8.5)
    heads = (("计量点", 26), ("上期行度", 30), ("本期行度", 30), ("倍率", 20), ("电量（度）", 30))
    meters = _table(sheet, heads, 30, "rows")
    meters.row(["1", str(last), str(last + units + altered), "40", str(used)])
    prices = (("电度电费", "0.7125"), ("可再生能源附加", "0.019"), ("水库移民后期扶持资金", "0.0062"))
    table = _table(sheet, (("项目", 56), ("电量", 34), ("单价", 30), ("金额", 36)), meters.y + 5, "rows")
    for name, price in prices:
        table.row([name, str(used), price, money(_fee(used, price))])
    total = sum((_fee(used, price) for _, price in prices), Decimal(0))
    due = total - 200 + Decimal("12.40")
    sheet.text(
        14,
        table.y + 8,
        f"本期电费：{money(total)}    上期余额：200.00    违约金：12.40    本期应缴：{money(due)}",
        size=8.5,
    )
    fields = {
        "user_no": user, "user_name": COMPANY, "bill_month": month, "kwh_total": str(used), "amount_total": total,
        "balance_bf": Decimal("200.00"), "penalty": Decimal("12.40"), "amount_due": due,
    }  # fmt: skip
    rows = [{"last": str(last), "this": str(last + units + altered), "multiplier": "40", "kwh": str(used)}]
    return done(sheet, f"power-local-{month}", truth("electricity_bill", fields, {"meters": rows}), medium, seed)
