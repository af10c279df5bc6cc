"""Other prints of the same tax papers: returns renumbered or in two pages, records and vouchers in other words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random

from demo.draw import Sheet
from demo.draw_table import Column, Look, Table
from demo.identity import id_card, in_words, money
from demo.papers.drawn import Drawn, truth
from demo.papers.one_page import CENT, COMPANY, USCC, done, one_page
from demo.papers.returns import GENERAL, SMALL, STRUCK, Filing, general_filing, small_filing
from demo.papers.tax import vat_lines

GENERAL_STYLES = ("renumbered", "two_pages", "old_words", "one_column")
SMALL_STYLES = ("goods_only", "renumbered")
RECORD_STYLES = ("year", "cards")
VOUCHER_STYLES = ("social", "grid")
OFFICE = "国家税务总局云洲市临屿区税务局"
#: What the form before 2021 called its lines, and lines that nobody fills in and a re-issued form may leave out.
OLD_WORDS = {
    1: "（一）按适用税率征税销售额", 5: "（二）按简易征收办法征税销售额", 7: "（三）免、抵、退办法出口销售额",
    15: "免、抵、退货物应退税额", 21: "按简易征收办法计算的应纳税额", 34: "本期应补（退）税额",
}  # fmt: skip
LEFT_OUT = {4, 6, 10, 22, 26, 35, 36, 37, 38}


def _who(sheet: Sheet, filing: Filing, y: float, *, boxed: bool = False) -> float:
    """Who files, for which time."""
    pairs = (("纳税人识别号", filing.uscc), ("纳税人名称", filing.name), ("税款所属期", f"{filing.start}至{filing.end}"),
             ("填表日期", str(filing.filed)))  # fmt: skip
    if boxed:
        columns = [Column((w,), x) for w, x in zip((*pairs[0], *pairs[1]), (28, 62, 28, 64), strict=True)]
        table = Table(sheet, columns, Look(size=8, row=7), x=14, y=y, bottom=290, turn=one_page)
        table.row([*pairs[2], *pairs[3]])
        return table.y + 3
    for n, (label, value) in enumerate(pairs):
        sheet.text(14 + 95 * (n % 2), y + 6 * (n // 2), f"{label}：{value}", size=8.5)
    return y + 11


def cell_of(filing: Filing, number: int, column: str) -> str:
    if (column, number) in STRUCK:
        return "——"
    value = filing.columns.get(column, {}).get(number)
    return "" if value is None else money(filing.alter.get(f"line_{number}_{column}", value))


def returned(sheet: Sheet, filing: Filing, kind: str, cells: dict[str, str], medium: str, seed: int) -> Drawn:
    fields: dict[str, object] = {
        "taxpayer_name": filing.name, "taxpayer_id": filing.uscc, "period": (filing.start, filing.end), "fill_date": filing.filed,
    }  # fmt: skip
    fields |= {name: Decimal(text.replace(",", "")) for name, text in cells.items() if text and text != "——"}
    value = truth(kind, fields, subject={"name": filing.name, "uscc": filing.uscc, "id_no": None})
    return done(sheet, kind.replace("_", "-"), value, medium, seed)


def general_print(style: str = "renumbered", *, medium: str = "pdf", seed: int = 1) -> Drawn:
    """``renumbered`` leaves lines out and counts anew, ``two_pages`` prints no heads on the second, ``old_words`` is the form
    before 2021, ``one_column`` has the month alone."""
    filing = general_filing(seed)
    order = ("cur",) if style == "one_column" else ("cur", "ytd")
    sheet = Sheet(title="增值税申报表")
    sheet.text(
        105,
        14,
        "增值税及附加税费申报表" if style != "old_words" else "增值税纳税申报表",
        size=14,
        align="center",
        bold=True,
    )
    sheet.text(105, 21, "（一般纳税人适用）", size=9, align="center")
    y = _who(sheet, filing, 29, boxed=style == "two_pages")
    heads = {"cur": "本月数" if style != "one_column" else "本期金额", "ytd": "本年累计"}
    front = [Column(("项目",), 92), Column(("栏次",), 16, "center")]
    columns = [*front, *(Column((heads[c],), 74 / len(order), "right") for c in order)]
    if style == "renumbered":
        columns = [Column(("行号",), 14, "center"), Column(("申报项目",), 92), *columns[2:]]
    look = Look("rows" if style == "one_column" else "grid", size=8, row=5.6 if style != "two_pages" else 8.2)
    table = Table(sheet, columns, look, x=14, y=y, bottom=284, turn=one_page)
    lines = [line for line in GENERAL if style != "renumbered" or line[0] not in LEFT_OUT]
    cells: dict[str, str] = {}
    for place, (number, label, _) in enumerate(lines, 1):
        shown = [cell_of(filing, number, column) for column in order]
        cells |= {f"line_{number}_{column}": text for column, text in zip(order, shown, strict=True)}
        words = OLD_WORDS.get(number, label) if style == "old_words" else label
        if style == "two_pages" and place == 24:
            sheet.next_page()
            table = Table(sheet, columns, look, x=14, y=16, bottom=284, turn=one_page, headless=True)
        table.row([str(place), words, *shown] if style == "renumbered" else [words, str(number), *shown])
    return returned(sheet, filing, "vat_return_general", cells, medium, seed)


def small_print(style: str = "goods_only", *, medium: str = "pdf", seed: int = 1) -> Drawn:
    """``goods_only`` has one pair of columns, ``renumbered`` leaves lines out that nobody fills in."""
    filing = small_filing(seed)
    order = ("cur", "ytd") if style == "goods_only" else ("cur", "service_cur")
    sheet = Sheet(title="增值税申报表")
    sheet.text(105, 14, "增值税及附加税费申报表（小规模纳税人适用）", size=13, align="center", bold=True)
    y = _who(sheet, filing, 24, boxed=style == "goods_only")
    heads = {
        "cur": ("货物及劳务", "本期数"),
        "ytd": ("货物及劳务", "本年累计"),
        "service_cur": ("服务、不动产和无形资产", "本期数"),
    }
    columns = [Column(("项目",), 86, wraps=True), Column(("栏次",), 16, "center")]
    columns += [Column(heads[c], 40, "right") for c in order]
    table = Table(sheet, columns, Look(size=8, row=6.6), x=14, y=y, bottom=284, turn=one_page)
    cells: dict[str, str] = {}
    for number, label, _ in SMALL:
        if style == "renumbered" and number in (5, 6, 8, 11, 14, 19):
            continue
        shown = [cell_of(filing, number, column) for column in order]
        cells |= {f"line_{number}_{column}": text for column, text in zip(order, shown, strict=True)}
        table.row([label, str(number), *shown])
    return returned(sheet, filing, "vat_return_small", cells, medium, seed)


# --- records of personal income tax ---------------------------------------------------------------------------------------


def record_print(style: str = "year", *, medium: str = "pdf", seed: int = 1) -> Drawn:
    """``year`` prints twelve months with the payer and a refund, ``cards`` each month as a block of labels."""
    rng, number = Random(seed), id_card("999901", date(1990, 5, 17), 33)
    rows: list[dict[str, object]] = []
    for month in range(1, 13 if style == "year" else 5):
        tax = (Decimal(rng.randrange(1_000, 80_000)) / 100).quantize(CENT)
        income = (Decimal(rng.randrange(900_000, 1_900_000)) / 100).quantize(CENT)
        rows.append(
            {"period": f"2025-{month:02d}", "item": "工资薪金", "income": income, "amount": tax, "payer": COMPANY}
        )
    if style == "year":
        rows.append({"period": "2025-12", "item": "综合所得年度汇算", "amount": Decimal("-321.40"), "payer": "——"})
    total = sum((Decimal(str(row["amount"])) for row in rows), Decimal("0.00"))
    sheet = Sheet(title="个人所得税纳税记录")
    sheet.text(
        105,
        18,
        "个人所得税收入纳税明细查询" if style == "cards" else "个人所得税纳税清单",
        size=15,
        align="center",
        bold=True,
    )
    sheet.text(14, 28, f"纳税人姓名：顾听澜    居民身份证号码：{number}", size=9)
    sheet.text(14, 35, "查询期间：2025年1月至2025年12月    国家税务总局", size=9)
    if style == "year":
        heads = (
            ("序号", 12),
            ("税款所属期", 24),
            ("所得项目", 38),
            ("扣缴义务人", 58),
            ("收入额", 26),
            ("已缴税额", 26),
        )
        columns = [Column((h,), w, "right" if "额" in h else "left") for h, w in heads]
        table = Table(
            sheet, columns, Look("rows", size=8, row=7, digits="Helvetica"), x=13, y=40, bottom=285, turn=one_page
        )
        for n, row in enumerate(rows, 1):
            income = money(Decimal(str(row["income"]))) if "income" in row else ""
            table.row(
                [
                    str(n),
                    str(row["period"]),
                    str(row["item"]),
                    str(row["payer"]),
                    income,
                    money(Decimal(str(row["amount"]))),
                ]
            )
        table.row(["", "合计", "", "", "", money(total)])
    else:
        y = 45.0
        for row in rows:
            sheet.text(16, y, f"{row['item']}    {row['period']}", size=10, bold=True)
            sheet.text(16, y + 7, f"收入：{money(Decimal(str(row['income'])))}", size=9)
            sheet.text(90, y + 7, f"已申报税额：{money(Decimal(str(row['amount'])))}", size=9)
            sheet.text(16, y + 13, f"扣缴义务人：{COMPANY}", size=9)
            y += 22
    keys = ("period", "item", "income", "amount")
    lines = [{k: row[k] for k in keys if k in row} for row in rows]
    fields: dict[str, object] = {"name": "顾听澜", "id_no": number}
    if style == "year":
        fields["total_num"] = total
    return done(sheet, f"iit-{style}", truth("iit_record", fields, {"lines": lines}), medium, seed)


# --- vouchers -------------------------------------------------------------------------------------------------------------


def voucher_print(style: str = "social", *, medium: str = "pdf", seed: int = 1) -> Drawn:
    """``social`` pays social insurance beside a tax, ``grid`` has every value in a box of its own."""
    lines = vat_lines(Decimal(Random(seed).randrange(100_000, 9_000_000)) / 100, 2026, 1 + seed % 12)
    names = [line.tax for line in lines]
    if style == "social":
        names[1:] = ["企业职工基本养老保险费", "失业保险费", "工伤保险费"]
    total = sum((line.amount for line in lines), Decimal("0.00"))
    voucher, account, paid = f"3990162605{seed:08d}", "9905010000000012345", lines[0].paid
    sheet = Sheet(title="电子缴款凭证", size=(210.0, 200.0))
    sheet.text(
        105, 16, "电子缴税付款凭证" if style == "grid" else "云洲银行电子缴款凭证", size=15, align="center", bold=True
    )
    pairs: Sequence[tuple[str, str]] = (
        ("缴款日期", f"{paid:%Y-%m-%d}"), ("电子税票号码", voucher), ("缴款单位名称", COMPANY), ("纳税人识别号", USCC),
        ("付款账号", account), ("征收机关名称", OFFICE), ("收款国库（银行）名称", "国家金库云洲市临屿区支库"),
        ("缴款书交易流水号", "2026061598712345"),
    )  # fmt: skip
    y = 24.0
    if style == "grid":
        for left, right in zip(pairs[::2], pairs[1::2], strict=True):
            columns = [Column((w,), x) for w, x in zip((*left, *right), (32, 60, 36, 60), strict=True)]
            y = Table(sheet, columns, Look(size=8, row=7.6), x=11, y=y, bottom=190, turn=one_page).y
    else:
        for n, (label, value) in enumerate(pairs):
            sheet.text(14 + 95 * (n % 2), y + 7 * (n // 2), f"{label}：{value}", size=8.5)
        y += 30
    columns = [Column(("税（费）种",), 70), Column(("所属期",), 60), Column(("实缴金额",), 58, "right")]
    table = Table(
        sheet,
        columns,
        Look("grid" if style == "grid" else "head", size=8.5, row=7),
        x=11,
        y=y + 2,
        bottom=190,
        turn=one_page,
    )
    for name, line in zip(names, lines, strict=True):
        table.row([name, f"{line.start:%Y-%m-%d}至{line.end:%Y-%m-%d}", money(line.amount)])
    table.row(["合计", "", money(total)])
    sheet.text(14, table.y + 9, f"金额合计（大写）：{in_words(total)}", size=9)
    sheet.text(14, table.y + 16, f"金额合计（小写）：￥{money(total)}", size=9)
    fields = {
        "voucher_no": voucher, "taxpayer_name": COMPANY, "taxpayer_id": USCC, "pay_date": paid, "total_cn": total,
        "total_num": total, "payer_account": account,
    }  # fmt: skip
    rows = [{"tax_type": n, "period": (x.start, x.end), "amount": x.amount} for n, x in zip(names, lines, strict=True)]
    return done(sheet, f"voucher-{style}", truth("tax_payment_voucher", fields, {"items": rows}), medium, seed)
