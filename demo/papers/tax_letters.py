"""Tax payment certificates that are letters (文书式), and the older table forms on paper in three copies (documents.md §3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random

from demo.draw import Sheet
from demo.draw_table import Column, Look, Table
from demo.identity import in_words, money
from demo.papers.drawn import Drawn, truth
from demo.papers.one_page import COMPANY, USCC, done, one_page
from demo.papers.tax import TaxLine, vat_lines

OFFICE = "国家税务总局云洲市临屿区税务局"
ISSUED = date(2026, 7, 6)
STYLES = ("letter", "groups", "prose", "copies", "ledger", "office")


def certificate_lines(seed: int) -> list[TaxLine]:
    """Two months of VAT with its surtaxes, and stamp duty in the first."""
    rng = Random(seed)
    found: list[TaxLine] = []
    for month in (1 + seed % 5, 2 + seed % 5):
        stamp = Decimal(rng.randrange(1_000, 90_000)) / 100 if not found else None
        found += vat_lines(
            Decimal(rng.randrange(100_000, 30_000_000)) / 100, 2026, month, first=100 * month, stamp=stamp
        )
    return found


def tax_letter(style: str = "letter", *, medium: str = "pdf", seed: int = 1, altered: Decimal = Decimal(0)) -> Drawn:
    """One of ``STYLES``; ``altered`` is added to the first line and not to the total."""
    lines = certificate_lines(seed)
    total = sum((line.amount for line in lines), Decimal("0.00"))
    if altered:
        first = lines[0]
        lines[0] = TaxLine(
            first.voucher, first.tax, first.item, first.start, first.end, first.paid, first.amount + altered
        )
    cert = f"(26{1 + seed % 9})云证明{seed:08d}"
    keys = _DRAW[style](sheet := _sheet(style), lines, total, cert)
    fields = {
        "cert_no": cert, "issue_date": ISSUED, "tax_authority": OFFICE, "taxpayer_id": USCC, "taxpayer_name": COMPANY,
        "total_cn": total, "total_num": total,
    }  # fmt: skip
    rows = [{key: value for key, value in _row(line).items() if key in keys} for line in lines]
    subject = {"name": COMPANY, "uscc": USCC, "id_no": None}
    value = truth("tax_payment_certificate", fields, {"lines": rows}, subject=subject)
    return done(sheet, f"certificate-{style}", value, medium, seed)


def _sheet(style: str) -> Sheet:
    across = style in ("copies", "ledger")
    return Sheet(landscape=across, title="税收完税证明", size=(170.0, 250.0) if across else (210.0, 297.0))


def _row(line: TaxLine) -> dict[str, object]:
    return {
        "voucher_no": line.voucher, "tax_type": line.tax, "item": line.item, "period": (line.start, line.end),
        "paid_date": line.paid, "amount": line.amount,
    }  # fmt: skip


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


Lines = Sequence[TaxLine]


def _letter(sheet: Sheet, lines: Lines, total: Decimal, cert: str) -> tuple[str, ...]:
    """Sentences about a table: tax, period, day of entry, amount; the office signs below."""
    sheet.text(105, 22, "中华人民共和国", size=12, align="center")
    sheet.text(105, 31, "税 收 完 税 证 明", size=17, align="center", bold=True)
    sheet.text(105, 38, "（文书式）", size=10, align="center")
    sheet.text(190, 38, cert, size=9, align="right")
    sheet.text(20, 50, f"填发日期：{_day(ISSUED)}", size=10)
    sheet.text(190, 50, f"税务机关：{OFFICE}", size=10, align="right")
    sheet.text(20, 60, f"{COMPANY}（纳税人识别号：{USCC}）：", size=11)
    start, end = lines[0].start, lines[-1].end
    sheet.text(28, 69, f"你单位{_day(start)}至{_day(end)}期间在我局缴纳税款情况如下：", size=11)
    heads = (("税种", 42), ("税款所属时期", 56), ("入（退）库日期", 34), ("实缴（退）金额", 40))
    columns = [Column((h,), w, "right" if "额" in h else "left") for h, w in heads]
    table = Table(sheet, columns, Look(size=9, row=7.5), x=19, y=75, bottom=280, turn=one_page)
    for line in lines:
        table.row([line.tax, f"{line.start}至{line.end}", str(line.paid), money(line.amount)])
    sheet.text(20, table.y + 9, f"金额合计（大写）：{in_words(total)}    ￥{money(total)}", size=10)
    sheet.text(28, table.y + 18, "特此证明。", size=11)
    sheet.text(186, table.y + 34, OFFICE, size=11, align="right")
    sheet.text(186, table.y + 42, _day(ISSUED), size=11, align="right")
    sheet.text(20, table.y + 54, "本凭证不作纳税人记账、抵扣凭证。", size=8)
    sheet.seal(160, table.y + 36, OFFICE + "征税专用章", radius=17)
    return "tax_type", "period", "paid_date", "amount"


def _groups(sheet: Sheet, lines: Lines, total: Decimal, cert: str) -> tuple[str, ...]:
    """Who in boxes, two taxes beside each other in each row, the sum in words under it."""
    sheet.text(105, 20, "税收完税证明（文书式）", size=16, align="center", bold=True)
    sheet.text(20, 31, f"证明号：{cert}", size=9)
    sheet.text(190, 31, f"开具日期：{ISSUED:%Y-%m-%d}", size=9, align="right")
    who = [Column((w,), x) for w, x in (("纳税人名称", 32), (COMPANY, 60), ("纳税人识别号", 32), (USCC, 48))]
    top = Table(sheet, who, Look(size=8.5, row=9), x=19, y=36, bottom=280, turn=one_page)
    top.span([(2, f"开具税务机关：{OFFICE}")], height=9)
    heads = (("税种", 36), ("所属期", 24), ("实缴金额", 26)) * 2
    columns = [Column((h,), w, "right" if "额" in h else "left") for h, w in heads]
    table = Table(sheet, columns, Look(size=8, row=7.5), x=19, y=top.y, bottom=280, turn=one_page)
    for left, right in zip(lines[::2], [*lines[1::2], None], strict=False):
        cells = [left.tax, f"{left.start:%Y-%m}", money(left.amount)]
        table.row([*cells, *([right.tax, f"{right.start:%Y-%m}", money(right.amount)] if right else ("", "", ""))])
    table.span([(2, f"合计（大写） {in_words(total)}"), (112, f"合计（小写） ¥{money(total)}")], height=9)
    sheet.text(24, table.y + 12, "我局证明上述税款已入库，特此证明。", size=10)
    return "tax_type", "period", "amount"


def _prose(sheet: Sheet, lines: Lines, total: Decimal, cert: str) -> tuple[str, ...]:
    """Nothing but sentences: one line for each tax."""
    sheet.text(105, 26, "税收完税证明", size=18, align="center", bold=True, spacing=2)
    sheet.text(105, 36, cert, size=10, align="center")
    y = 52.0
    sheet.text(22, y, f"纳税人名称：{COMPANY}", size=11)
    sheet.text(22, y + 9, f"纳税人识别号：{USCC}", size=11)
    start, end = lines[0].start, lines[-1].end
    sheet.text(30, y + 21, f"经查询，该纳税人{_day(start)}至{_day(end)}（税款所属期）", size=11)
    sheet.text(22, y + 29, "在我局缴纳税费如下：", size=11)
    y += 39
    for number, line in enumerate(lines, 1):
        span = f"{line.start:%Y.%m.%d}-{line.end:%Y.%m.%d}"
        end_mark = "；" if number < len(lines) else "。"
        sheet.text(30, y, f"{number}、{line.tax}，所属时期{span}，实缴金额{money(line.amount)}元{end_mark}", size=10.5)
        y += 8
    sheet.text(30, y + 2, f"以上合计人民币（大写）{in_words(total)}（¥{money(total)}）。", size=10.5)
    sheet.text(30, y + 12, "特此证明。", size=11)
    sheet.text(186, y + 30, f"税务机关：{OFFICE}", size=11, align="right")
    sheet.text(186, y + 39, f"填发日期：{_day(ISSUED)}", size=11, align="right")
    return "tax_type", "period", "amount"


def _copies(sheet: Sheet, lines: Lines, total: Decimal, cert: str) -> tuple[str, ...]:
    """The old form in three copies: the amount before the day, the voucher last, remarks beside the seal."""
    middle, edge = sheet.width / 2, 9.0
    sheet.text(edge, 13, "（2026）云临税证", size=8)
    sheet.text(middle, 12, "中华人民共和国", size=11, align="center", spacing=2)
    sheet.text(middle, 20, "税收完税证明", size=16, align="center", bold=True, spacing=3)
    sheet.text(sheet.width - edge, 12, f"№ {cert}", size=9, align="right")
    sheet.text(sheet.width - edge, 20, "第二联（收据）交纳税人作完税证明", size=7.5, align="right")
    sheet.text(edge, 28, f"税务机关 {OFFICE}", size=8.5)
    sheet.text(sheet.width - edge, 28, f"填发日期 {_day(ISSUED)}", size=8.5, align="right")
    who = [Column((w,), x) for w, x in (("纳税人名称", 30), (COMPANY, 86), ("纳税人识别号", 30), (USCC, 86))]
    top = Table(sheet, who, Look(size=8.5, row=7.5), x=edge, y=31, bottom=170, turn=one_page)
    heads = (
        ("税（费）种", 36),
        ("品目名称", 50),
        ("税款所属时期", 46),
        ("实缴（退）金额", 32),
        ("入（退）库日期", 28),
        ("原凭证号", 40),
    )
    columns = [Column((h,), w, "right" if "额" in h else "center") for h, w in heads]
    table = Table(sheet, columns, Look(size=8, row=6.2), x=edge, y=top.y, bottom=170, turn=one_page)
    for line in lines:
        span = f"{line.start:%Y-%m-%d} 至 {line.end:%Y-%m-%d}"
        table.row([line.tax, line.item, span, money(line.amount), f"{line.paid:%Y-%m-%d}", line.voucher])
    table.row(["合计", "", "", f"¥{money(total)}", "", ""])
    table.span([(2, "金额合计"), (26, f"（大写）{in_words(total)}")], height=8)
    table.span([(2, "填票人 电子税务局"), (90, "备注")], height=10)
    return "tax_type", "item", "period", "amount", "paid_date", "voucher_no"


def _ledger(sheet: Sheet, lines: Lines, total: Decimal, cert: str) -> tuple[str, ...]:
    """Light rulings, numbers before the rows, days without dashes, who in one line below the title."""
    edge = 12.0
    sheet.text(edge, 16, "税收完税证明（表格式）", size=15, bold=True)
    sheet.text(sheet.width - edge, 16, f"票证号码：{cert}", size=9, align="right")
    sheet.text(edge, 25, f"{ISSUED:%Y/%m/%d} 填发    征收机关：{OFFICE}", size=8.5)
    sheet.text(edge, 32, f"纳税人：{COMPANY}", size=8.5)
    sheet.text(120, 32, f"统一社会信用代码：{USCC}", size=8.5)
    heads = (
        ("序号", 12),
        ("原凭证号", 44),
        ("税种", 34),
        ("品目名称", 44),
        ("税款所属期", 42),
        ("入库日期", 24),
        ("实缴金额", 26),
    )
    columns = [Column((h,), w, "right" if "额" in h else "left") for h, w in heads]
    table = Table(
        sheet, columns, Look("rows", size=8, row=6.4, digits="Helvetica"), x=edge, y=37, bottom=165, turn=one_page
    )
    for number, line in enumerate(lines, 1):
        span = f"{line.start:%Y%m%d}-{line.end:%Y%m%d}"
        table.row([str(number), line.voucher, line.tax, line.item, span, f"{line.paid:%Y%m%d}", money(line.amount)])
    sheet.text(edge, table.y + 8, f"合计金额（小写）：{money(total)}元", size=9)
    sheet.text(110, table.y + 8, f"合计金额（大写）：{in_words(total)}", size=9)
    sheet.text(edge, table.y + 16, "妥善保管 手写无效", size=8)
    return "voucher_no", "tax_type", "item", "period", "paid_date", "amount"


def _office(sheet: Sheet, lines: Lines, total: Decimal, cert: str) -> tuple[str, ...]:
    """A letter whose table sums each tax under a group head, months in words, the total as its last row."""
    sheet.text(105, 20, OFFICE, size=14, align="center", bold=True)
    sheet.text(105, 29, "税收完税证明", size=15, align="center", bold=True)
    sheet.text(105, 36, f"编号：{cert}", size=9, align="center")
    for number, (label, value) in enumerate((("纳税人识别号", USCC), ("纳税人名称", COMPANY), ("填发日期", _day(ISSUED)),
                                             ("填发税务机关", OFFICE))):  # fmt: skip
        sheet.text(24, 48 + 7 * number, label, size=10)
        sheet.text(62, 48 + 7 * number, value, size=10)
    heads = (("征收项目", 46), ("征收品目", 50), ("税款所属期", 36), ("实缴税额（元）", 36))
    columns = [Column((h,), w, "right" if "额" in h else "left") for h, w in heads]
    table = Table(sheet, columns, Look("head", size=9, row=7.2), x=21, y=80, bottom=280, turn=one_page)
    for line in lines:
        table.row([line.tax, line.item, f"{line.start.year}年{line.start.month:02d}月", money(line.amount)])
    table.row(["合计", "", "", money(total)])
    sheet.text(24, table.y + 9, f"人民币（大写）：{in_words(total)}", size=10)
    sheet.text(24, table.y + 20, "以上税款已缴入国库，特此证明。", size=10)
    return "tax_type", "item", "period", "amount"


_DRAW = {
    "letter": _letter, "groups": _groups, "prose": _prose, "copies": _copies, "ledger": _ledger, "office": _office,
}  # fmt: skip
