"""VAT invoices (documents.md §3.8): the fully digital one, the older electronic one; as PDF, scan, photo, OFD or bare XML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from demo.draw import Colour, Sheet, width_of
from demo.draw_ofd import OfdSheet
from demo.draw_photo import photo_jpeg, scan_pdf
from demo.draw_table import wrap
from demo.papers.drawn import Drawn, Truth, truth
from demo.papers.invoice_data import day_of, digital_xml, old_xml, words_of

CENT = Decimal("0.01")
BROWN: Colour = (0.5, 0.1, 0.1)
Medium = Literal["pdf", "scan", "photo", "ofd", "xml"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an invoice; without a quantity it carries its amount (a discount)."""

    item: str
    spec: str | None
    unit: str | None
    qty: Decimal | None
    price: str | None  #: as printed
    amount: Decimal
    rate: Decimal | None  #: None: 免税
    tax: Decimal


def line(
    item: str, qty: str, price: str, rate: str | None = "0.13", *, unit: str | None = "件", spec: str | None = None
) -> Line:
    """A line whose amount and tax follow from quantity, price and rate."""
    amount = (Decimal(qty) * Decimal(price)).quantize(CENT, ROUND_HALF_UP)
    tax = (amount * Decimal(rate or 0)).quantize(CENT, ROUND_HALF_UP)
    return Line(item, spec, unit, Decimal(qty), price, amount, Decimal(rate) if rate else None, tax)


@dataclass(frozen=True, slots=True)
class Invoice:
    """What an invoice says."""

    lines: Sequence[Line]
    number: str = "26992000000000018867"
    code: str | None = None
    issued: date = date(2026, 6, 18)
    kind: str = "电子发票（增值税专用发票）"
    buyer: tuple[str, str] = ("云洲恒屿精密机械有限公司", "91999901MA9HENGY0D")
    seller: tuple[str, str] = ("星桥明岑电气有限公司", "91999902MA9MQNGC01")
    remark: str | None = None
    drawer: str = "岑某某"
    printed: Mapping[str, str] = field(default_factory=dict)  #: figures printed otherwise than the lines say, by field

    @property
    def amount(self) -> Decimal:
        return sum((each.amount for each in self.lines), Decimal("0.00"))

    @property
    def tax(self) -> Decimal:
        return sum((each.tax for each in self.lines), Decimal("0.00"))


def vat_invoice(
    invoice: Invoice | None = None, *, style: Literal["digital", "old"] = "digital", medium: Medium = "pdf",
    data: bool = True, altered: Mapping[str, str] | None = None, seed: int = 1,
) -> Drawn:  # fmt: skip
    """An invoice. An OFD carries its data unless ``data`` is false; ``altered`` changes values of the data by their names."""
    invoice = invoice or Invoice([line("*通用设备*滚珠丝杠", "12", "1830.5", spec="SFU2005"),
                                  line("*金属制品*轴承座", "40", "96.46017699", spec="BK15", unit="个")])  # fmt: skip
    stem, value = f"invoice-{invoice.number[-8:]}", invoice_truth(invoice)
    if medium == "xml":
        return Drawn(f"{stem}.xml", digital_xml(invoice, altered or {}).encode(), value)
    sheet = (OfdSheet if medium == "ofd" else Sheet)(size=(210.0, 140.0), title="发票")
    (_digital if style == "digital" else _old)(sheet, invoice)
    if isinstance(sheet, OfdSheet):
        xml = (digital_xml if style == "digital" else old_xml)(invoice, altered or {})
        return Drawn(f"{stem}.ofd", sheet.finish({"original_invoice.xml": xml} if data else None), value)
    pdf = sheet.finish()
    if medium == "scan":
        return Drawn(f"{stem}-scan.pdf", scan_pdf(pdf, seed=seed), value).pictured()
    if medium == "photo":
        return Drawn(f"{stem}-photo.jpg", photo_jpeg(pdf, seed=seed), value).pictured()
    return Drawn(f"{stem}.pdf", pdf, value)


def miniature_invoice(medium: Medium = "pdf") -> Drawn:
    """§14.7: one line of copper wire."""
    wire = Line("*电线电缆*铜芯线", "BV2.5", "米", Decimal(1850), "55.297772972973", Decimal("102300.88"), Decimal("0.13"),
                Decimal("13299.11"))  # fmt: skip
    invoice = Invoice(
        [wire], "24332000000012345678", issued=date(2024, 5, 16), buyer=("杭州临屿机械有限公司", "91330106MA2TEXT017"),
        seller=("深圳明岑电气有限公司", "91440300MA5DEMQ12M"),
    )  # fmt: skip
    return vat_invoice(invoice, medium=medium).called(f"miniature-invoice.{medium}")


def old_invoice(medium: Medium = "pdf", **options: bool) -> Drawn:
    """An electronic invoice from before 2022: two rates, a remark of two lines."""
    lines = [line("*电力设备*变压器", "2", "15800", unit="台", spec="S11-200"),
             line("*经纪代理服务*代理费", "1", "943.40", "0.06", unit="项")]  # fmt: skip
    invoice = Invoice(
        lines, "18867001", "099002600111", kind="云洲增值税电子普通发票", remark="合同号：2026-77\n分两批交货"
    )
    return vat_invoice(invoice, style="old", medium=medium, **options)


def red_invoice(medium: Medium = "pdf", **options: bool) -> Drawn:
    """A red invoice that takes one line back."""
    remark = "红字发票信息确认单编号:99992606100000000001\n对应正数发票号码:26992000000000018867"
    invoice = Invoice([line("*通用设备*滚珠丝杠", "-2", "1830.5")], "26992000000000018999", remark=remark)
    return vat_invoice(invoice, medium=medium, **options)


def discounted_invoice(medium: Medium = "pdf", **options: bool) -> Drawn:
    """Items of several lines, a discount without a quantity, a price printed hard against its quantity."""
    lines = [
        line("*信息技术服务*云服务器租赁及数据中心运维技术服务费", "3", "33333.333333", "0.06", unit="月"),
        Line(
            "*信息技术服务*云服务器租赁折扣",
            None,
            None,
            None,
            None,
            Decimal("-2000.00"),
            Decimal("0.06"),
            Decimal("-120.00"),
        ),
        line("*电线*线", "1850", "55.297772972973", unit="米"),
    ]
    invoice = Invoice(lines, "26992000000000019002", remark="服务期：2026年1-3月")
    return vat_invoice(invoice, medium=medium, **options)


def long_names_invoice(medium: Medium = "pdf", **options: bool) -> Drawn:
    """Two parties whose names go on over two lines."""
    buyer = ("白榆石油天然气股份有限公司云洲市临屿区销售分公司第一加油站经营部", "91999901MA9HENGY0D")
    seller = ("星桥市云溪区人民政府机关事务管理局后勤服务中心物资采购供应管理处", "91999902MA9MQNGC01")
    return vat_invoice(Invoice([line("*布*布", "3", "9.90")], buyer=buyer, seller=seller), medium=medium, **options)


def free_invoice(medium: Medium = "pdf", **options: bool) -> Drawn:
    """Free of tax: 免税 and *** in place of figures."""
    lines = [line("*谷物*稻谷", "1000", "2.80", None, unit="公斤")]
    return vat_invoice(Invoice(lines, "26992000000000019001", kind="电子发票（普通发票）"), medium=medium, **options)


def invoice_truth(invoice: Invoice) -> Truth:
    total = invoice.amount + invoice.tax
    fields: dict[str, object] = {
        "number": invoice.number, "code": invoice.code, "issue_date": invoice.issued, "buyer_name": invoice.buyer[0],
        "buyer_id": invoice.buyer[1], "seller_name": invoice.seller[0], "seller_id": invoice.seller[1],
        "total_amount": invoice.amount, "total_tax": invoice.tax, "total_num": total, "total_cn": total,
        "remark": invoice.remark and invoice.remark.replace("\n", " "), "drawer": invoice.drawer,
    }  # fmt: skip
    rows = [
        {
            "item": each.item, "spec": each.spec, "unit": each.unit, "qty": None if each.qty is None else f"{each.qty:f}",
            "price": None if each.price is None else Decimal(each.price), "amount": each.amount,
            "rate": "免税" if each.rate is None else each.rate, "tax": None if each.rate is None else each.tax,
        }
        for each in invoice.lines
    ]  # fmt: skip
    subject = {"name": invoice.buyer[0], "uscc": invoice.buyer[1], "id_no": None}
    return truth("vat_invoice", fields, {"lines": rows}, subject=subject)


# --- the two looks ------------------------------------------------------------------------------------------------------

_HEADS = ("项目名称", "规格型号", "单 位", "数 量", "单 价", "金 额", "税率/征收率", "税 额")
_BARS = (4.5, 41.5, 64.0, 77.5, 102.5, 127.5, 153.5, 179.5, 205.5)


def _digital(sheet: Sheet | OfdSheet, invoice: Invoice) -> None:
    """The layout of 数电票: both parties above the table, no inner upright lines in it."""
    sheet.text(105, 14, invoice.kind, size=17, align="center", colour=BROWN)
    sheet.line(65, 18, 145, 18, colour=BROWN)
    _labelled(sheet, 152, 13.5, "发票号码：", invoice.number)
    _labelled(sheet, 152, 19.5, "开票日期：", day_of(invoice.issued))
    for y in (30, 52, 96, 104, 124):
        sheet.line(4.5, y, 205.5, y, colour=BROWN)
    for x, top, bottom in ((4.5, 30, 124), (205.5, 30, 124), (10.5, 30, 52), (105, 30, 52), (111, 30, 52),
                           (10.5, 104, 124), (56.5, 96, 104)):  # fmt: skip
        sheet.line(x, top, x, bottom, colour=BROWN)
    for x, words, (name, number) in ((6, "购买方信息", invoice.buyer), (106.5, "销售方信息", invoice.seller)):
        _upright(sheet, x, 33.5, words, 4.2)
        first, *rest = wrap(name, 80, 9)
        _labelled(sheet, x + 5.5, 36.5, "名称：", first)
        for place, words in enumerate(rest, 1):
            sheet.text(x + 5.5 + width_of("名称：", 9) + 0.5, 36.5 + 4 * place, words, size=9)
        _labelled(sheet, x + 5.5, 46.5, "统一社会信用代码/纳税人识别号：", number)
    _table(sheet, invoice, _HEADS, 56.5)
    _totals(sheet, invoice)
    _upright(sheet, 6, 111, "备注", 7)
    for place, words in enumerate((invoice.remark or "").split("\n")):
        sheet.text(12, 108.5 + 4 * place, words, size=8.5)
    _labelled(sheet, 18, 132, "开票人：", invoice.drawer)


def _old(sheet: Sheet | OfdSheet, invoice: Invoice) -> None:
    """The layout of 增值税电子普通发票: the seller below the table, a cipher beside the buyer, letter-spaced labels."""
    sheet.text(105, 13, invoice.kind, size=19, align="center", colour=BROWN)
    _labelled(sheet, 148, 9, "发票代码：", invoice.code or "")
    _labelled(sheet, 148, 14.5, "发票号码：", invoice.number)
    _labelled(sheet, 148, 20, "开票日期：", day_of(invoice.issued))
    _labelled(sheet, 148, 25.5, "校 验 码：", "16197 83356 74145 07415")
    _labelled(sheet, 5, 27, "机器编号：", "929990002360")
    for y in (30, 52, 96, 104, 124):
        sheet.line(4.5, y, 205.5, y, colour=BROWN)
    bars = [(x, 52, 96) for x in _BARS[1:-1]] + [(4.5, 30, 124), (205.5, 30, 124), (56.5, 96, 104)]
    bars += [(12.5, 30, 52), (119.5, 30, 52), (124.5, 30, 52), (12.5, 104, 124), (119.5, 104, 124), (124.5, 104, 124)]
    for x, top, bottom in bars:
        sheet.line(x, top, x, bottom, colour=BROWN)
    for top, words, (name, number) in ((30, "购买方", invoice.buyer), (104, "销售方", invoice.seller)):
        _upright(sheet, 7, top + 5, words, 6)
        for place, (label, value) in enumerate((("名        称：", name), ("纳税人识别号：", number),
                                                ("地 址、电 话：", ""), ("开户行及账号：", ""))):  # fmt: skip
            _labelled(sheet, 13.5, top + 4.3 + 5 * place, label, value, at=37)
    _upright(sheet, 120.5, 35, "密码区", 6)
    for place, words in enumerate(
        ("0062477>548-1109>61*9-52160+", "2>+<79<931-426-8*+38+412394<", "/+-9-18810/<3/3+8<1-553*3*+/")
    ):
        sheet.text(130, 36 + 5 * place, words, size=11)
    _table(sheet, invoice, ("货物或应税劳务、服务名称", *_HEADS[1:6], "税率", "税 额"), 56)
    _totals(sheet, invoice)
    _upright(sheet, 120.5, 110, "备注", 8)
    for place, words in enumerate((invoice.remark or "").split("\n")):
        sheet.text(126, 109 + 4 * place, words, size=8.5)
    for x, label, name in ((5, "收 款 人：", "林某"), (60, "复 核：", "安某"), (110, "开 票 人：", invoice.drawer)):
        _labelled(sheet, x, 129, label, name)


def _labelled(sheet: Sheet | OfdSheet, x: float, y: float, label: str, value: str, *, at: float | None = None) -> None:
    sheet.text(x, y, label, size=9, colour=BROWN)
    sheet.text(at if at is not None else x + width_of(label, 9) + 0.5, y, value, size=9)


def _upright(sheet: Sheet | OfdSheet, x: float, y: float, words: str, step: float) -> None:
    for place, letter in enumerate(words):
        sheet.text(x, y + step * place, letter, size=9, colour=BROWN)


def _table(sheet: Sheet | OfdSheet, invoice: Invoice, heads: Sequence[str], y: float) -> None:
    for place, head in enumerate(heads):
        sheet.text((_BARS[place] + _BARS[place + 1]) / 2, y, head, size=8.5, align="center", colour=BROWN)
    y += 5
    for each in invoice.lines:
        for row, words in enumerate(wrap(each.item, 36.0, 8.5)):
            sheet.text(_BARS[0] + 0.6, y + 4 * row, words, size=8.5)
        sheet.text(_BARS[1] + 1, y, each.spec or "", size=8.5)
        sheet.text((_BARS[2] + _BARS[3]) / 2, y, each.unit or "", size=8.5, align="center")
        rate = "免税" if each.rate is None else f"{(100 * each.rate).normalize():f}%"
        figures = (
            "" if each.qty is None else f"{each.qty:f}", each.price or "", f"{each.amount:.2f}", rate,
            "***" if each.rate is None else f"{each.tax:.2f}",
        )  # fmt: skip
        for place, words in enumerate(figures, 3):
            sheet.text(_BARS[place + 1] - 0.8, y, words, size=8.5, align="right")
        y += 4 * len(wrap(each.item, 36.0, 8.5)) + 0.8


def _totals(sheet: Sheet | OfdSheet, invoice: Invoice) -> None:
    sheet.text(14, 94, "合          计", size=9, colour=BROWN)
    free = all(each.rate is None for each in invoice.lines)
    said = invoice.printed
    sheet.text(_BARS[6] - 0.8, 94, "¥" + said.get("total_amount", f"{invoice.amount:.2f}"), size=9, align="right")
    tax = "***" if free else "¥" + said.get("total_tax", f"{invoice.tax:.2f}")
    sheet.text(_BARS[8] - 0.8, 94, tax, size=9, align="right")
    total = invoice.amount + invoice.tax
    sheet.text(18, 101.3, "价税合计（大写）", size=9, colour=BROWN)
    words = words_of(total).replace("元", "圆")
    sheet.text(62, 101.3, said.get("total_cn", words), size=9)
    sheet.text(143, 101.3, "（小写）", size=9, colour=BROWN)
    sheet.text(157, 101.3, "¥" + said.get("total_num", f"{total:.2f}"), size=9)
