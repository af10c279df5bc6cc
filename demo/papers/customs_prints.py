"""Other prints of customs declarations (documents.md §9.4): the form before 2018, a list from the single window, in yuan too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random

from demo.draw import Sheet
from demo.draw_table import Column, Look, Table
from demo.identity import money
from demo.papers.drawn import Drawn, truth
from demo.papers.one_page import CENT, COMPANY, USCC, done, one_page

STYLES = ("older", "window", "yuan")
GOODS = (("8544492900", "铜芯电线", "千克"), ("8481804090", "不锈钢阀门", "个"), ("8466930090", "机床零件", "件"))


def customs_print(style: str = "older", *, medium: str = "pdf", seed: int = 1, altered: Decimal = Decimal(0)) -> Drawn:
    """``older`` has labels beside values in boxes, ``window`` columns of their own for price, total and currency, ``yuan`` is
    an import settled in yuan; ``altered`` is added to the first total."""
    rng = Random(seed)
    currency, export = ("CNY" if style == "yuan" else "USD"), style != "yuan"
    rows: list[dict[str, object]] = []
    for number, (code, name, unit) in enumerate(GOODS, 1):
        qty, price = rng.randrange(100, 3_000), (Decimal(rng.randrange(200, 9_000)) / 100).quantize(CENT)
        total = qty * price + (altered if number == 1 else 0)
        rows.append({"no": str(number), "code": code, "name": name, "qty": str(qty), "unit": unit, "price": price,
                     "total": total, "currency": currency})  # fmt: skip
    number = f"99012026{0 if export else 1}{rng.randrange(10**9):09d}"
    declared, moved = date(2026, 1 + seed % 12, 12), date(2026, 1 + seed % 12, 15 if export else 10)
    net = Decimal(rng.randrange(1_000, 9_000))
    facts = {
        "customs_no": number, "owner": COMPANY, "owner_id": USCC, "ie_date": moved, "declare_date": declared,
        "mode": "0110 一般贸易" if style == "yuan" else "一般贸易", "terms": "CIF" if style == "window" else "FOB",
        "currency": currency, "net": f"{net}",
        "gross": f"{net + 60}",
    }  # fmt: skip
    sheet = Sheet(landscape=True, title="报关单")
    title = f"中华人民共和国海关{'出' if export else '进'}口货物报关单"
    sheet.text(sheet.width / 2, 14, title, size=15, align="center", bold=True)
    {"older": _older, "window": _window, "yuan": _yuan}[style](sheet, facts, rows)
    value = truth("customs_declaration", facts, {"items": rows}, subject={"name": COMPANY, "uscc": USCC, "id_no": None})
    return done(sheet, f"customs-{style}", value, medium, seed)


Facts = dict[str, object]
Rows = Sequence[dict[str, object]]


def _older(sheet: Sheet, facts: Facts, rows: Rows) -> None:
    """Labels and values in boxes of their own; the name of a currency in words."""
    sheet.text(14, 22, "预录入编号：2026990100123", size=8)
    sheet.text(150, 22, f"海关编号：{facts['customs_no']}", size=8)
    grid = (
        ("收发货人", f"{facts['owner']}", "统一社会信用代码", f"{facts['owner_id']}", "出口口岸", "云洲海关"),
        ("出口日期", f"{facts['ie_date']}", "申报日期", f"{facts['declare_date']}", "运输方式", "水路运输"),
        ("监管方式", f"{facts['mode']}", "征免性质", "一般征税", "成交方式", f"{facts['terms']}"),
        ("件数", "26", "毛重（千克）", f"{facts['gross']}", "净重（千克）", f"{facts['net']}"),
    )
    wide = (26.0, 66.0, 34.0, 56.0, 28.0, 58.0)
    table = Table(sheet, [Column((w,), x) for w, x in zip(grid[0], wide, strict=True)], Look(size=8, row=8), x=14, y=26,
                  bottom=200, turn=one_page)  # fmt: skip
    for row in grid[1:]:
        table.row(list(row))
    heads = (
        ("项号", 14),
        ("商品编号", 32),
        ("商品名称、规格型号", 64),
        ("数量及单位", 36),
        ("单价", 30),
        ("总价", 38),
        ("币制", 24),
        ("征免", 30),
    )
    columns = [Column((h,), w, "right" if h in ("单价", "总价") else "left") for h, w in heads]
    items = Table(sheet, columns, Look(size=8, row=9), x=14, y=table.y, bottom=200, turn=one_page)
    for row in rows:
        items.row([str(row["no"]), str(row["code"]), str(row["name"]), f"{row['qty']}{row['unit']}", str(row["price"]),
                   f"{row['total']}", "美元", "照章征税"])  # fmt: skip


def _window(sheet: Sheet, facts: Facts, rows: Rows) -> None:
    """A list without boxes: quantity, unit, price, total and currency each in a column, days without dashes."""
    pairs = (
        ("海关编号", facts["customs_no"]), ("境内发货人", facts["owner"]), ("境内发货人统一社会信用代码", facts["owner_id"]),
        ("出口日期", f"{facts['ie_date']:%Y%m%d}"), ("申报日期", f"{facts['declare_date']:%Y%m%d}"),
        ("监管方式", facts["mode"]), ("成交方式", facts["terms"]), ("毛重(千克)", facts["gross"]), ("净重(千克)", facts["net"]),
    )  # fmt: skip
    for place, (label, value) in enumerate(pairs):
        sheet.text(14 + 92 * (place % 3), 24 + 7 * (place // 3), f"{label}：{value}", size=8)
    heads = (
        ("序号", 14),
        ("商品编码", 32),
        ("商品名称", 60),
        ("数量", 24),
        ("成交单位", 24),
        ("单价", 30),
        ("总价", 38),
        ("币制", 24),
    )
    columns = [Column((h,), w, "right" if h in ("单价", "总价", "数量") else "left") for h, w in heads]
    table = Table(
        sheet, columns, Look("rows", size=8, row=8, digits="Helvetica"), x=14, y=50, bottom=200, turn=one_page
    )
    for row in rows:
        table.row([str(row["no"]), str(row["code"]), str(row["name"]), str(row["qty"]), str(row["unit"]), str(row["price"]),
                   money(Decimal(str(row["total"]))), "USD"])  # fmt: skip


def _yuan(sheet: Sheet, facts: Facts, rows: Rows) -> None:
    """An import settled in yuan; price, total and currency below one another in one column, the head in two lines."""
    pairs = (
        ("海关编号", facts["customs_no"]), ("境内收货人", f"{facts['owner']}({facts['owner_id']})"),
        ("进口日期", facts["ie_date"]), ("申报日期", facts["declare_date"]), ("监管方式", "一般贸易(0110)"),
        ("成交方式", facts["terms"]), ("毛重(千克)", facts["gross"]), ("净重(千克)", facts["net"]),
    )  # fmt: skip
    for place, (label, value) in enumerate(pairs):
        sheet.text(14 + 140 * (place % 2), 24 + 7 * (place // 2), f"{label}：{value}", size=8.5)
    heads = (
        ("项号", 16),
        ("商品编号", 36),
        ("商品名称及规格型号", 80),
        ("数量及单位", 40),
        ("单价/总价/币制", 46),
        ("征免", 40),
    )
    table = Table(
        sheet, [Column((h,), w) for h, w in heads], Look(size=8, row=14), x=14, y=56, bottom=200, turn=one_page
    )
    for row in rows:
        table.row([str(row["no"]), str(row["code"]), str(row["name"]), f"{row['qty']}{row['unit']}",
                   f"{row['price']}\n{row['total']}\n人民币", "照章征税"])  # fmt: skip
