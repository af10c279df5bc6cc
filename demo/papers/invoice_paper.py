"""VAT invoices on paper (documents.md §3.8): code and number without labels, words of three decades, copies and stamps."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from demo.draw import Colour, Sheet
from demo.identity import in_words
from demo.papers.drawn import Drawn, truth
from demo.papers.one_page import CENT, COMPANY, USCC, done

BROWN: Colour = (0.5, 0.1, 0.1)
STYLES = ("special", "ordinary", "before_2016")
SELLER, SELLER_ID = "星桥明岑电气有限公司", "91999902MA9MQNGC01"
#: Title, the words upright beside the parties, the head of the item's column, the label of a party's number.
WORDS = {
    "special": ("云洲增值税专用发票", "购买方", "销售方", "货物或应税劳务、服务名称", "纳税人识别号："),
    "ordinary": ("云洲增值税普通发票", "购买方", "销售方", "货物或应税劳务、服务名称", "纳税人识别号："),
    "before_2016": ("云洲增值税专用发票", "购货单位", "销货单位", "货物或应税劳务名称", "纳税人识别号："),
}
BARS = (8.0, 58.0, 78.0, 90.0, 112.0, 136.0, 164.0, 178.0, 206.0)


def paper_invoice(style: str = "special", *, medium: str = "pdf", seed: int = 1) -> Drawn:
    """One of ``STYLES``, ruled throughout, with the copy's name at the right edge."""
    rng, (title, buyer, seller, head, ident) = Random(seed), WORDS[style]
    number, code, issued = (
        f"{rng.randrange(10**8):08d}",
        "0999214130" if style != "ordinary" else "099002100104",
        date(2021, 3, 9),
    )
    rows: list[dict[str, object]] = []
    for name, unit in (("*金属制品*轴承座", "个"), ("*通用设备*联轴器", "套"), ("*电线电缆*控制电缆", "米"))[
        : rng.randrange(1, 4)
    ]:
        qty, price = rng.randrange(2, 300), (Decimal(rng.randrange(500, 90_000)) / 100).quantize(CENT)
        amount = qty * price
        rows.append({"item": name if style != "before_2016" else name.split("*")[-1], "unit": unit, "qty": str(qty),
                     "price": price, "amount": amount, "rate": Decimal("0.13"),
                     "tax": (amount * Decimal("0.13")).quantize(CENT, ROUND_HALF_UP)})  # fmt: skip
    amount, tax = (sum((Decimal(str(row[key])) for row in rows), Decimal("0.00")) for key in ("amount", "tax"))
    total = amount + tax
    sheet = Sheet(title=title, size=(222.0, 142.0))
    sheet.text(107, 15, title, size=17, align="center", colour=BROWN)
    sheet.line(62, 18, 152, 18, colour=BROWN)
    sheet.text(20, 14, code, size=12, font="Helvetica")
    sheet.text(160, 14, f"No {number}", size=12)
    sheet.text(160, 20, code, size=8)
    sheet.text(160, 25, f"开票日期：{issued.year}年{issued.month:02d}月{issued.day:02d}日", size=9)
    for y in (28, 50, 56, 92, 98, 104, 126):
        sheet.line(8, y, 206, y, colour=BROWN)
    for x in (8.0, 206.0):
        sheet.line(x, 28, x, 126, colour=BROWN)
    for x in BARS[1:-1]:
        sheet.line(x, 50, x, 98, colour=BROWN)
    for x, top, bottom in (
        (14, 28, 50),
        (120, 28, 50),
        (126, 28, 50),
        (14, 104, 126),
        (120, 104, 126),
        (126, 104, 126),
        (58, 98, 104),
    ):
        sheet.line(x, top, x, bottom, colour=BROWN)
    for top, upright, name, tax_id in ((28, buyer, COMPANY, USCC), (104, seller, SELLER, SELLER_ID)):
        for place, letter in enumerate(upright):
            sheet.text(9.3, top + 5 + (22 - 4) / len(upright) * place, letter, size=8.5, colour=BROWN)
        pairs = (("名　　　　称：", name), (ident, tax_id), ("地 址、 电 话：", "云洲市某路8号 0999-8800123"),
                 ("开户行及账号：", "云洲农商银行 990501000012345"))  # fmt: skip
        for place, (label, value) in enumerate(pairs):
            sheet.text(15, top + 4.5 + 5.1 * place, label, size=8.5, colour=BROWN)
            sheet.text(42, top + 4.5 + 5.1 * place, value, size=8.5)
    for place, letter in enumerate("密码区"):
        sheet.text(121.3, 34 + 6 * place, letter, size=8.5, colour=BROWN)
    for place, words in enumerate(
        ("03>7*8<2>-+5/61*9>82+<27", "/0<+59-13*64>>1*7+8/3<-20", "*>2<94+17-6/>5*0+38<72>19")
    ):
        sheet.text(129, 34 + 6 * place, words, size=9.5, font="Courier")
    heads = (head, "规格型号", "单位", "数 量", "单 价", "金 额", "税率", "税 额")
    for place, words in enumerate(heads):
        sheet.text((BARS[place] + BARS[place + 1]) / 2, 54, words, size=8, align="center", colour=BROWN)
    y = 61.0
    for row in rows:
        cells = (
            row["item"],
            "",
            row["unit"],
            row["qty"],
            f"{row['price']}",
            f"{row['amount']:.2f}",
            "13%",
            f"{row['tax']:.2f}",
        )
        for place, words in enumerate(cells):
            left = place in (0, 1)
            at = BARS[place] + 0.8 if left else BARS[place + 1] - 0.8
            sheet.text(at, y, str(words), size=8.5, align="left" if left else "right")
        y += 6
    sheet.text(22, 96, "合          计", size=9, colour=BROWN)
    sheet.text(BARS[6] - 0.8, 96, f"￥{amount:.2f}", size=9, align="right")
    sheet.text(BARS[8] - 0.8, 96, f"￥{tax:.2f}", size=9, align="right")
    sheet.text(16, 102, "价税合计（大写）", size=9, colour=BROWN)
    sheet.text(62, 102, f"⊗{in_words(total)}".replace("元", "圆"), size=9)
    sheet.text(150, 102, "（小写）", size=9, colour=BROWN)
    sheet.text(166, 102, f"￥{total:.2f}", size=9)
    for place, letter in enumerate("备注"):
        sheet.text(121.3, 111 + 8 * place, letter, size=8.5, colour=BROWN)
    for x, words in ((10, "收款人：林某"), (60, "复核：安某"), (105, "开票人：岑某某"), (160, f"{seller}：（章）")):
        sheet.text(x, 131, words, size=9)
    for place, letter in enumerate("第二联抵扣联购买方扣税凭证"):
        sheet.text(210, 40 + 5 * place, letter, size=7.5, colour=BROWN)
    sheet.seal(150, 118, SELLER + "发票专用章", radius=13)
    fields: dict[str, object] = {
        "number": number, "code": code, "issue_date": issued, "buyer_name": COMPANY, "buyer_id": USCC, "seller_name": SELLER,
        "seller_id": SELLER_ID, "total_amount": amount, "total_tax": tax, "total_num": total, "total_cn": total,
        "drawer": "岑某某",
    }  # fmt: skip
    return done(sheet, f"invoice-paper-{style}", truth("vat_invoice", fields, {"lines": rows}), medium, seed)
