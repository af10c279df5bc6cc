"""Invoices of special trades (documents.md §3.8): building, letting, carriage, oil, tax on a difference, exports, vehicles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from demo.draw import Colour, Sheet
from demo.draw_table import Column, Look, Table
from demo.identity import in_words, money
from demo.papers.drawn import Drawn, truth
from demo.papers.one_page import CENT, COMPANY, USCC, done, one_page

BROWN: Colour = (0.5, 0.1, 0.1)
SELLER, SELLER_ID = "星桥明岑建设有限公司", "91999902MA9MQNGC01"
STYLES = ("building", "letting", "carriage", "oil", "difference", "export", "person", "vehicle", "used_car")


@dataclass(frozen=True, slots=True)
class Kind:
    """One trade: its mark, the heads between item and amount, its rate, and what its remark or second table says."""

    mark: str
    between: tuple[tuple[str, float], ...]
    item: str
    cells: tuple[str, ...]
    rate: Decimal
    remark: str = ""
    journey: bool = False
    special: bool = True  #: 增值税专用发票


GOODS = (("规格型号", 20.0), ("单 位", 14.0), ("数 量", 22.0), ("单 价", 26.0))
KINDS = {
    "building": Kind("建筑服务", (("建筑服务发生地", 42.0), ("建筑项目名称", 46.0)), "*建筑服务*厂房扩建工程款",
                     ("云洲市临屿区", "恒屿二期厂房扩建"), Decimal("0.09"), "土地增值税项目编号：无 跨地（市）标志：否"),
    "letting": Kind("不动产经营租赁服务", (("产权证书/不动产权证号", 56.0), ("面积单位", 20.0)), "*经营租赁*厂房租金",
                    ("云2023云洲市不动产权第0012345号", "平方米"), Decimal("0.09"),
                    "不动产地址：云洲市临屿区恒屿路18号 租赁期起止：2026-01-01 2026-12-31 跨地（市）标志：否"),
    "carriage": Kind("货物运输服务", GOODS, "*运输服务*公路货物运输服务", (), Decimal("0.09"), "", True),
    "oil": Kind("成品油", GOODS, "*汽油*92号车用汽油(VIB)", (), Decimal("0.13")),
    "difference": Kind("差额征税", GOODS, "*现代服务*劳务派遣服务", (), Decimal("0.05"), "差额征税：{less}。", special=False),
    "export": Kind("", GOODS, "*通用设备*滚珠丝杠", (), Decimal("0.00"),
                   "出口业务 合同号：HY-2026-077 FOB USD 12,400.00 汇率7.1205", special=False),
    "person": Kind("", GOODS, "*餐饮服务*餐饮服务", (), Decimal("0.01"), "", special=False),
}  # fmt: skip


def special_invoice(style: str = "building", *, medium: str = "pdf", seed: int = 1) -> Drawn:
    """One of ``STYLES``."""
    rng = Random(seed)
    if style in ("vehicle", "used_car"):
        return (_vehicle if style == "vehicle" else _used_car)(rng, medium, seed)
    kind, issued = KINDS[style], date(2026, 1 + seed % 12, 18)
    number = f"2699200000{rng.randrange(10**10):010d}"
    rows = [_line(rng, kind) for _ in range(1 if kind.cells else rng.randrange(1, 4))]
    less = Decimal(0)
    if style == "difference":
        less = (sum((row["amount"] for row in rows), Decimal(0)) * Decimal("0.8")).quantize(CENT, ROUND_HALF_UP)
        tax = ((rows[0]["amount"] * Decimal("1.05") - less) / Decimal("1.05") * kind.rate).quantize(CENT, ROUND_HALF_UP)
        rows = [{**rows[0], "tax": tax}]
        less = (rows[0]["amount"] * Decimal("0.8")).quantize(CENT, ROUND_HALF_UP)
    amount, tax = (sum((row[name] for row in rows), Decimal("0.00")) for name in ("amount", "tax"))
    buyer, buyer_id = {"export": ("Harbour Tools GmbH", None), "person": ("顾临川(个人)", None)}.get(
        style, (COMPANY, USCC)
    )
    remark = kind.remark.format(less=f"{less:.2f}") or None
    sheet = Sheet(title="电子发票", size=(210.0, 150.0))
    _digital(sheet, kind, rows, (amount, tax), (buyer, buyer_id), number, issued, remark)
    fields: dict[str, object] = {
        "number": number, "issue_date": issued, "buyer_name": buyer, "buyer_id": buyer_id, "seller_name": SELLER,
        "seller_id": SELLER_ID, "total_amount": amount, "total_tax": tax, "total_num": amount + tax,
        "total_cn": amount + tax, "drawer": "岑某某",
    }  # fmt: skip
    keys = ("item", "unit", "qty", "price", "amount", "rate", "tax")
    value = truth(
        "vat_invoice", fields, {"lines": [{k: row[k] for k in keys if row.get(k) is not None} for row in rows]}
    )
    return done(sheet, f"invoice-{style}", value, medium, seed)


def _line(rng: Random, kind: Kind) -> dict[str, object]:
    row: dict[str, object] = {"item": kind.item, "rate": kind.rate}
    if kind.cells:
        row["amount"] = (Decimal(rng.randrange(1_000_000, 90_000_000)) / 100).quantize(CENT)
    else:
        qty, price = rng.randrange(2, 400), Decimal(rng.randrange(500, 90_000)) / 100
        row |= {"unit": "升" if kind.mark == "成品油" else "次", "qty": str(qty), "price": price.quantize(CENT)}
        row["amount"] = (qty * price).quantize(CENT)
    row["tax"] = (row["amount"] * kind.rate).quantize(CENT, ROUND_HALF_UP)  # type: ignore[operator]
    return row


Rows = Sequence[dict[str, object]]


def _digital(
    sheet: Sheet, kind: Kind, rows: Rows, sums: tuple[Decimal, Decimal], buyer: tuple[str, str | None],
    number: str, issued: date, remark: str | None,
) -> None:  # fmt: skip
    title = "增值税专用发票" if kind.special else "普通发票"
    if kind.mark:
        sheet.text(8, 14, kind.mark, size=11, colour=BROWN)
    sheet.text(105, 14, f"电子发票（{title}）", size=17, align="center", colour=BROWN)
    sheet.text(150, 14, f"发票号码：{number}", size=9)
    sheet.text(150, 20, f"开票日期：{issued.year}年{issued.month:02d}月{issued.day:02d}日", size=9)
    for y in (28, 48, 104, 112, 134):
        sheet.line(4.5, y, 205.5, y, colour=BROWN)
    for x, top, bottom in (
        (4.5, 28, 134),
        (205.5, 28, 134),
        (10.5, 28, 48),
        (105, 28, 48),
        (111, 28, 48),
        (10.5, 112, 134),
    ):
        sheet.line(x, top, x, bottom, colour=BROWN)
    for x, words, (name, ident) in ((6, "购买方信息", buyer), (106.5, "销售方信息", (SELLER, SELLER_ID))):
        for place, letter in enumerate(words):
            sheet.text(x, 31.5 + 3.7 * place, letter, size=8.5, colour=BROWN)
        sheet.text(x + 5.5, 34.5, f"名称：{name}", size=9)
        sheet.text(x + 5.5, 44, f"统一社会信用代码/纳税人识别号：{ident or ''}", size=9)
    heads = (("项目名称", 44.0), *kind.between, ("金 额", 28.0), ("税率/征收率", 24.0), ("税 额", 0.0))
    x, y = 4.5, 52.5
    edges = [x]
    for _, width in heads:
        x = x + width if width else 205.5
        edges.append(x)
    for place, (head, _) in enumerate(heads):
        sheet.text((edges[place] + edges[place + 1]) / 2, y, head, size=8.5, align="center", colour=BROWN)
    for row in rows:
        y += 6
        rate = f"{(100 * Decimal(str(row['rate']))).normalize():f}%"
        goods = ("", str(row.get("unit", "")), str(row.get("qty", "")), str(row.get("price", "")))
        cells = (*(kind.cells or goods), f"{row['amount']:.2f}", rate, f"{row['tax']:.2f}")
        sheet.text(edges[0] + 0.6, y, str(row["item"]), size=8.5)
        for place, words in enumerate(cells, 1):
            left = bool(kind.cells) and place <= len(kind.cells)
            sheet.text(
                edges[place] + 1 if left else edges[place + 1] - 1, y, words, size=8, align="left" if left else "right"
            )
    if kind.journey:
        y += 9
        for place, (head, words) in enumerate((("运输工具种类", "公路运输"), ("运输工具牌号", "云A99X21"), ("起运地", "云洲市"),
                                               ("到达地", "星桥市"), ("运输货物名称", "钢材"))):  # fmt: skip
            sheet.text(24 + 40 * place, y, head, size=8.5, align="center", colour=BROWN)
            sheet.text(24 + 40 * place, y + 5, words, size=8.5, align="center")
    amount, tax = sums
    sheet.text(14, 102, "合          计", size=9, colour=BROWN)
    sheet.text(edges[-3] - 1, 102, f"¥{amount:.2f}", size=9, align="right")
    sheet.text(edges[-1] - 1, 102, f"¥{tax:.2f}", size=9, align="right")
    sheet.text(14, 109.3, "价税合计（大写）", size=9, colour=BROWN)
    sheet.text(58, 109.3, f"⊗{in_words(amount + tax)}".replace("元", "圆"), size=9)
    sheet.text(143, 109.3, "（小写）", size=9, colour=BROWN)
    sheet.text(157, 109.3, f"¥{amount + tax:.2f}", size=9)
    for place, letter in enumerate("备注"):
        sheet.text(6, 120 + 7 * place, letter, size=8.5, colour=BROWN)
    sheet.text(12, 118, remark or "", size=8.5)
    sheet.text(18, 142, "开票人：岑某某", size=9)


def _boxes(sheet: Sheet, y: float, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> float:
    """Labels and values in ruled boxes."""
    columns = [Column((words,), width) for words, width in zip(rows[0], widths, strict=True)]
    table = Table(sheet, columns, Look(size=8.5, row=8.2), x=10, y=y, bottom=290, turn=one_page)
    for row in rows[1:]:
        table.row(list(row))
    return table.y


def _vehicle(rng: Random, medium: str, seed: int) -> Drawn:
    """机动车销售统一发票: one vehicle in boxes; the tax and the price without it in a line of their own."""
    number, code = f"{rng.randrange(10**8):08d}", "199992622660"
    net = (Decimal(rng.randrange(6_000_000, 40_000_000)) / 100).quantize(CENT)
    tax = (net * Decimal("0.13")).quantize(CENT, ROUND_HALF_UP)
    total, issued = net + tax, date(2026, 1 + seed % 12, 9)
    sheet = Sheet(title="机动车销售统一发票", size=(210.0, 170.0))
    sheet.text(105, 14, "机动车销售统一发票", size=17, align="center", bold=True)
    sheet.text(10, 22, f"开票日期 {issued}", size=9)
    sheet.text(148, 16, f"发票代码 {code}", size=9)
    sheet.text(148, 22, f"发票号码 {number}", size=9)
    wide = (34.0, 66.0, 34.0, 56.0)
    y = _boxes(
        sheet,
        26,
        (("机打代码", code, "税控码", "0395<8>2-77+"), ("机打号码", number, "机器编号", "499099990235")),
        wide,
    )
    for rows in (
        (("购买方名称", COMPANY, "纳税人识别号", USCC), ("车辆类型", "轻型厢式货车", "厂牌型号", "恒屿牌HY5031XXY")),
        (
            ("合格证号", "WEK0199990012345", "发动机号码", "4D20M99001"),
            ("车辆识别代号", "LZWADAGA9N9900123", "产地", "云洲"),
        ),
        (("价税合计", f"⊗{in_words(total)}", "小写", f"￥{total:.2f}"),),
        (("销货单位名称", "星桥明岑汽车销售有限公司", "电话", "0999-8800123"),),
        (
            ("纳税人识别号", SELLER_ID, "账号", "990501000012345"),
            ("地址", "星桥市明岑路8号", "开户银行", "星桥农商银行"),
        ),
        (("增值税税率或征收率", "13%", "增值税税额", f"￥{tax:.2f}"),),
        (("不含税价", f"小写 ￥{net:.2f}", "限乘人数", "2"),),
    ):
        y = _boxes(sheet, y, rows, wide)
    sheet.text(12, y + 9, "开票人：岑某某            备注：一车一票", size=8.5)
    fields: dict[str, object] = {
        "number": number, "code": code, "issue_date": issued, "buyer_name": COMPANY, "buyer_id": USCC,
        "seller_name": "星桥明岑汽车销售有限公司", "seller_id": SELLER_ID, "total_amount": net, "total_tax": tax,
        "total_num": total, "total_cn": total,
    }  # fmt: skip
    return done(sheet, "invoice-vehicle", truth("vat_invoice", fields), medium, seed)


def _used_car(rng: Random, medium: str, seed: int) -> Drawn:
    """二手车销售统一发票: buyer and seller in boxes, one price and no tax."""
    number, code = f"{rng.randrange(10**8):08d}", "099992600117"
    total, issued = Decimal(rng.randrange(20_000, 200_000)).quantize(CENT), date(2026, 1 + seed % 12, 12)
    sheet = Sheet(title="二手车销售统一发票", size=(210.0, 160.0))
    sheet.text(105, 14, "二手车销售统一发票", size=17, align="center", bold=True)
    sheet.text(10, 22, f"开票日期：{issued.year}年{issued.month}月{issued.day}日", size=9)
    sheet.text(148, 16, f"发票代码：{code}", size=9)
    sheet.text(148, 22, f"发票号码：{number}", size=9)
    wide = (34.0, 66.0, 40.0, 50.0)
    y = 27.0
    for rows in (
        (("买方单位/个人", COMPANY, "单位代码/身份证号码", USCC),),
        (("买方单位/个人住址", "云洲市临屿区恒屿路18号", "电话", "0999-8800188"),),
        (("卖方单位/个人", "星桥市某某运输有限公司", "单位代码/身份证号码", SELLER_ID),),
        (("卖方单位/个人住址", "星桥市明岑路9号", "电话", "0999-8800199"),),
        (("车牌照号", "云A99X21", "登记证号", "990012345678"),),
        (("车辆类型", "小型轿车", "车架号/车辆识别代码", "LZWADAGA9N9900124"),),
    ):
        y = _boxes(sheet, y, rows, wide)
    y = _boxes(sheet, y, (("车价合计（大写）", in_words(total), "小写", f"¥{money(total)}"),), wide)
    y = _boxes(sheet, y, (("二手车市场", "星桥二手车交易市场有限公司", "纳税人识别号", "91999902MA9MQNGC01"),), wide)
    sheet.text(12, y + 9, "开票人：安某    备注：", size=8.5)
    fields: dict[str, object] = {
        "number": number, "code": code, "issue_date": issued, "buyer_name": COMPANY, "buyer_id": USCC,
        "seller_name": "星桥市某某运输有限公司", "seller_id": SELLER_ID, "total_num": total, "total_cn": total,
    }  # fmt: skip
    return done(sheet, "invoice-used-car", truth("vat_invoice", fields), medium, seed)
