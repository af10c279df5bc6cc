"""Papers of trade as they are printed from a screen: a declaration with every value under its label, and an invoice that has the
seller's block under the buyer's, not beside it."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from demo.draw import Sheet
from demo.draw_table import Column, Look, Table
from demo.identity import in_words, money
from demo.papers.customs_prints import GOODS
from demo.papers.drawn import Drawn, truth
from demo.papers.invoices import Invoice, invoice_truth
from demo.papers.one_page import CENT, COMPANY, USCC, done, one_page
from demo.papers.unruled import bare


def customs_above(style: str = "above", *, medium: str = "pdf", seed: int = 1, altered: Decimal = Decimal(0)) -> Drawn:
    """``altered`` is added to the first total that is printed."""
    rng, rows = Random(seed), []
    for number, (code, name, unit) in enumerate(GOODS, 1):
        qty, price = rng.randrange(100, 3_000), (Decimal(rng.randrange(200, 9_000)) / 100).quantize(CENT)
        total = qty * price + (altered if number == 1 else 0)
        rows.append(
            {
                "no": str(number),
                "code": code,
                "name": name,
                "qty": str(qty),
                "unit": unit,
                "price": price,
                "total": total,
            }
        )
    number, net = f"990120261{rng.randrange(10**9):09d}", Decimal(rng.randrange(1_000, 9_000))
    sheet = Sheet(landscape=True, title="报关单")
    sheet.text(sheet.width / 2, 16, "海关进口货物报关单（电子数据打印）", size=13, align="center", bold=True)
    pairs = (
        ("海关编号", number), ("申报日期", "2026-05-22"), ("进口日期", "2026-05-20"), ("境内收货人", COMPANY),
        ("统一社会信用代码", USCC), ("境外发货人", "Harbour Fibre Co., Ltd."), ("监管方式", "一般贸易(0110)"),
        ("成交方式", "CIF"), ("币制", "日元(JPY)"), ("件数", "40"), ("毛重(KG)", f"{net + 60}"), ("净重(KG)", f"{net}"),
    )  # fmt: skip
    for place, (label, shown) in enumerate(pairs):
        x, y = 14 + 90 * (place % 3), 28 + 12 * (place // 3)
        sheet.text(x, y, label, size=7)
        sheet.text(x, y + 5, shown, size=9.5)
    heads = (
        ("项号", 14, "left"), ("商品编码", 32, "left"), ("品名规格", 66, "left"), ("成交数量", 30, "right"),
        ("成交单位", 26, "left"), ("单价", 30, "right"), ("总价", 40, "right"),
    )  # fmt: skip
    table = bare(sheet, heads, 82)
    for row in rows:
        table.row(
            [str(row[name]) for name in ("no", "code", "name", "qty", "unit", "price")]
            + [money(Decimal(str(row["total"])))]
        )
    fields: dict[str, object] = {
        "customs_no": number, "owner": COMPANY, "owner_id": USCC, "declare_date": "2026-05-22", "ie_date": "2026-05-20",
        "mode": "0110 一般贸易", "terms": "CIF", "currency": "JPY", "pkgs": "40", "gross": f"{net + 60}", "net": f"{net}",
    }  # fmt: skip
    value = truth(
        "customs_declaration", fields, {"items": rows}, subject={"name": COMPANY, "uscc": USCC, "id_no": None}
    )
    return done(sheet, f"customs-{style}", value, medium, seed)


def stacked_invoice(invoice: Invoice, *, medium: str = "pdf", seed: int = 1) -> Drawn:
    """Both parties above the table, each in a row of its own."""
    sheet = Sheet(landscape=True, title="电子发票")
    sheet.text(sheet.width / 2, 18, invoice.kind, size=15, align="center", bold=True)
    sheet.text(
        282, 28, f"发票号码：{invoice.number}    开票日期：{invoice.issued:%Y年%m月%d日}", size=8.5, align="right"
    )
    columns = [Column(("",), 28), Column(("",), 240)]
    parties = Table(sheet, columns, Look(size=8.5, row=9), x=14, y=34, bottom=200, turn=one_page, headless=True)
    for side, (name, number) in (("购买方信息", invoice.buyer), ("销售方信息", invoice.seller)):
        parties.row([side, f"名称：{name}　　统一社会信用代码/纳税人识别号：{number}"])
    heads = ("项目名称", "规格型号", "单位", "数量", "单价", "金额", "税率/征收率", "税额")
    widths = (66, 24, 16, 26, 34, 38, 28, 36)
    columns = [
        Column((h,), w, "right" if h in ("数量", "单价", "金额", "税额") else "left")
        for h, w in zip(heads, widths, strict=True)
    ]
    table = Table(sheet, columns, Look(size=8, row=7), x=14, y=parties.y, bottom=200, turn=one_page)
    for each in invoice.lines:
        rate = "免税" if each.rate is None else f"{each.rate * 100:.0f}%"
        qty = "" if each.qty is None else f"{each.qty:f}"
        table.row(
            [each.item, each.spec or "", each.unit or "", qty, each.price or "", f"{each.amount}", rate, f"{each.tax}"]
        )
    table.row(["合    计", "", "", "", "", f"¥{invoice.amount}", "", f"¥{invoice.tax}"])
    total = invoice.amount + invoice.tax
    sheet.text(16, table.y + 8, f"价税合计（大写）  {in_words(total)}        （小写）¥{total}", size=9)
    sheet.text(16, table.y + 16, f"开票人：{invoice.drawer}", size=8.5)
    return done(sheet, f"invoice-stacked-{invoice.number[-6:]}", invoice_truth(invoice), medium, seed)
