"""Tax payment certificates (documents.md §3.1), table form: lines that follow from the VAT, their sum in figures and in words."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from demo.draw import Sheet
from demo.draw_photo import photo_jpeg, scan_pdf
from demo.draw_table import Column, Look, Table
from demo.identity import in_words, money
from demo.papers.drawn import Drawn, truth
from demo.papers.one_page import CENT, one_page

SURTAXES = (
    ("城市维护建设税", "市区(增值税附征)", Decimal("0.07")),
    ("教育费附加", "增值税教育费附加", Decimal("0.03")),
    ("地方教育附加", "增值税地方教育附加", Decimal("0.02")),
)


@dataclass(frozen=True, slots=True)
class TaxLine:
    """One payment: its voucher, tax, item, what period it is for, when it came in, how much (refunds are negative)."""

    voucher: str
    tax: str
    item: str
    start: date
    end: date
    paid: date
    amount: Decimal


def vat_lines(
    vat: Decimal, year: int, month: int, *, first: int = 1111, late: Decimal | None = None, stamp: Decimal | None = None
) -> list[TaxLine]:
    """A month's VAT with its surtaxes; ``late`` adds the late fee that a payment after the deadline costs."""
    start, end = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    paid = end + timedelta(15 if late is None else 52)
    items = [("增值税", "商业(13%)", vat)]
    items += [(tax, item, (vat * rate).quantize(CENT, ROUND_HALF_UP)) for tax, item, rate in SURTAXES]
    if stamp:
        items.append(("印花税", "买卖合同", stamp))
    if late:
        items.append(("增值税", "增值税滞纳金", late))
    vouchers = (f"3999{paid:%y%m%d}{first + i:08d}" for i in range(len(items)))
    return [TaxLine(next(vouchers), tax, item, start, end, paid, amount) for tax, item, amount in items]


def tax_certificate(
    lines: list[TaxLine] | None = None,
    *,
    name: str = "云洲恒屿精密机械有限公司",
    uscc: str = "91999901MA9HENGY0D",
    cert_no: str = "(261)云证明00012345",
    issued: date = date(2026, 7, 6),
    authority: str = "国家税务总局云洲市临屿区税务局",
    style: Literal["plain", "boxed"] = "plain",
    medium: Literal["pdf", "scan", "photo"] = "pdf",
    seed: int = 1,
) -> Drawn:
    """A certificate; ``plain`` is the electronic one, ``boxed`` the older form with remarks, print count and wrapped periods."""
    lines = lines or vat_lines(Decimal("98765.43"), 2026, 5)
    sheet = Sheet(landscape=True, title="税收完税证明", size=(165.0, 240.0) if style == "boxed" else (170.0, 250.0))
    (_boxed if style == "boxed" else _plain)(sheet, lines, name, uscc, cert_no, issued, authority)
    pdf, stem = sheet.finish(), f"tax-{issued:%Y%m%d}-{cert_no[-5:]}"
    value = certificate_truth(lines, name, uscc, cert_no, issued, authority)
    if style == "boxed":
        value["fields"] |= {"print_count": "1", "remark": _REMARK}
    if medium == "scan":
        return Drawn(f"{stem}-scan.pdf", scan_pdf(pdf, seed=seed), value).pictured()
    if medium == "photo":
        return Drawn(f"{stem}-photo.jpg", photo_jpeg(pdf, seed=seed), value).pictured()
    return Drawn(f"{stem}.pdf", pdf, value)


_REMARK = "正常申报一般申报正税自行申报"


def certificate_truth(
    lines: list[TaxLine], name: str, uscc: str, cert_no: str, issued: date, authority: str
) -> dict[str, object]:
    total = sum((line.amount for line in lines), Decimal("0.00"))
    fields = {
        "cert_no": cert_no, "issue_date": issued, "tax_authority": authority, "taxpayer_id": uscc, "taxpayer_name": name,
        "total_num": total, "total_cn": total,
    }  # fmt: skip
    rows = [
        {
            "voucher_no": x.voucher,
            "tax_type": x.tax,
            "item": x.item,
            "period": (x.start, x.end),
            "paid_date": x.paid,
            "amount": x.amount,
        }
        for x in lines
    ]
    return truth(
        "tax_payment_certificate", fields, {"lines": rows}, subject={"name": name, "uscc": uscc, "id_no": None}
    )


def _plain(
    sheet: Sheet, lines: list[TaxLine], name: str, uscc: str, cert_no: str, issued: date, authority: str
) -> None:
    middle = sheet.width / 2
    sheet.text(middle, 15, "中华人民共和国", size=12, align="center", spacing=1)
    sheet.text(middle, 23, "税收完税证明", size=18, align="center", bold=True, spacing=2.4)
    sheet.text(sheet.width - 14, 23, f"No.{cert_no}", size=9, align="right")
    sheet.text(14, 32, f"填发日期：{issued.year}年{issued.month}月{issued.day}日")
    sheet.text(sheet.width - 14, 32, f"税务机关：{authority}", align="right")
    who = [
        Column((words,), width) for words, width in (("纳税人识别号", 34), (uscc, 70), ("纳税人名称", 34), (name, 84))
    ]
    top = Table(sheet, who, Look(size=9, row=8), x=14, y=36, bottom=sheet.height, turn=one_page)
    heads = (
        ("原凭证号", 44),
        ("税种", 34),
        ("品目名称", 44),
        ("税款所属时期", 48),
        ("入(退)库日期", 24),
        ("实缴(退)金额", 28),
    )
    columns = [Column((words,), width, "right" if "额" in words else "left") for words, width in heads]
    table = Table(sheet, columns, Look(size=8.5, row=7), x=14, y=top.y, bottom=sheet.height, turn=one_page)
    for line in lines:
        period = f"{line.start}至{line.end}"
        table.row([line.voucher, line.tax, line.item, period, str(line.paid), money(line.amount)])
    total = sum((line.amount for line in lines), Decimal("0.00"))
    table.span([(2, f"金额合计（大写）{in_words(total)}"), (178, f"¥{money(total)}")], height=8)
    table.span([(2, "税务机关（盖章）"), (100, "填票人：电子税务局"), (178, "备注：")], height=12)
    sheet.text(middle, table.y + 8, "妥 善 保 管    手 写 无 效", size=10, align="center")
    sheet.seal(60, table.y - 6, authority + "征税专用章", radius=17)


def _boxed(
    sheet: Sheet, lines: list[TaxLine], name: str, uscc: str, cert_no: str, issued: date, authority: str
) -> None:
    middle, edge = sheet.width / 2, 10.0
    sheet.text(edge + 2, 14, "第1次打印", size=8)
    sheet.text(middle, 13, "中 华 人 民 共 和 国", size=11, align="center")
    sheet.text(middle, 20, "税 收 完 税 证 明", size=16, align="center", bold=True)
    sheet.text(sheet.width - edge, 14, cert_no, size=9, align="right")
    sheet.text(edge, 29, f"填 发 日 期： {issued.year} 年 {issued.month:02d} 月 {issued.day:02d} 日", size=8.5)
    sheet.text(sheet.width - edge, 29, f"税 务 机 关： {authority}", size=8.5, align="right")
    who = [
        Column((words,), width) for words, width in (("纳税人识别号", 30), (uscc, 74), ("纳税人名称", 30), (name, 86))
    ]
    top = Table(sheet, who, Look(size=8.5, row=7.5), x=edge, y=32, bottom=sheet.height, turn=one_page)
    heads = (
        ("原 凭 证 号", 40),
        ("税 种", 34),
        ("品 目 名 称", 46),
        ("税款所属时期", 40),
        ("入(退)库日期", 28),
        ("实缴(退)金额", 32),
    )
    columns = [Column((words,), width, "right" if "额" in words else "center", wraps=True) for words, width in heads]
    table = Table(sheet, columns, Look(size=8, row=7), x=edge, y=top.y, bottom=sheet.height, turn=one_page)
    for line in lines:
        period = f"{line.start:%Y.%m.%d}-\n{line.end:%Y.%m.%d}"
        table.row([line.voucher, line.tax, line.item, period, f"{line.paid:%Y.%m.%d}", money(line.amount)])
    total = sum((line.amount for line in lines), Decimal("0.00"))
    table.span([(2, f"金额合计   （大写）人民币{in_words(total)}"), (178, f"￥{money(total)}")], height=8)
    table.span([(2, "税务机关"), (44, "填票人"), (84, f"备注：{_REMARK}")], height=9)
    table.span([(2, "（盖章）"), (44, "自助办税")], height=9)
    sheet.text(middle, table.y + 6, "妥善保管、手写无效", size=9, align="center")
    sheet.seal(46, table.y - 8, authority + "业务专用章", radius=15)
