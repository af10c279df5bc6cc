"""Other tax papers (documents.md §3.2, §3.3, §3.6, §3.7): vouchers of payment, standing, income tax of firms and of persons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Literal

from demo.draw import Sheet
from demo.draw_table import Column, Look, Table
from demo.identity import id_card, in_words, money
from demo.papers.drawn import Drawn, truth
from demo.papers.one_page import CENT, COMPANY, USCC, done, one_page
from demo.papers.tax import TaxLine, vat_lines

OFFICE = "国家税务总局云洲市临屿区税务局"


# --- §3.2 -----------------------------------------------------------------------------------------------------------------


def tax_voucher(
    lines: Sequence[TaxLine] | None = None,
    *,
    style: Literal["bank", "office"] = "bank",
    medium: str = "pdf",
    seed: int = 1,
    altered: Decimal = Decimal(0),
) -> Drawn:
    """The bank's voucher without rulings, or the tax office's 缴款书 in boxes; ``altered`` is added to the first line."""
    lines = lines or vat_lines(Decimal("41327.58"), 2026, 5)
    total = sum((line.amount for line in lines), Decimal("0.00"))
    account, voucher, paid = "9905010000000012345", f"4990162605{seed:08d}", lines[0].paid
    sheet = Sheet(
        landscape=style == "office",
        title="电子缴税付款凭证" if style == "bank" else "税收缴款书",
        size=(150.0, 215.0) if style == "office" else (210.0, 297.0),
    )
    draw = _bank_voucher if style == "bank" else _office_voucher
    draw(
        sheet,
        [(line, line.amount + (altered if n == 0 else 0)) for n, line in enumerate(lines)],
        total,
        account,
        voucher,
        paid,
    )
    fields = {
        "voucher_no": voucher,
        "taxpayer_name": COMPANY,
        "taxpayer_id": USCC,
        "pay_date": paid,
        "total_cn": total,
        "total_num": total,
        "payer_account": account,
    }
    rows = [
        {"tax_type": x.tax, "period": (x.start, x.end), "amount": x.amount + (altered if n == 0 else 0)}
        for n, x in enumerate(lines)
    ]
    value = truth(
        "tax_payment_voucher", fields, {"items": rows}, subject={"name": COMPANY, "uscc": USCC, "id_no": None}
    )
    return done(sheet, f"voucher-{style}", value, medium, seed)


Lines = Sequence[tuple[TaxLine, Decimal]]


def _bank_voucher(sheet: Sheet, lines: Lines, total: Decimal, account: str, voucher: str, paid: date) -> None:
    sheet.text(105, 20, "云洲农商银行电子缴税付款凭证", size=15, align="center", bold=True)
    sheet.text(20, 32, f"转账日期：{paid.year}年{paid.month:02d}月{paid.day:02d}日")
    sheet.text(130, 32, "凭证字号：20260615029901")
    sheet.text(20, 40, f"纳税人全称及纳税人识别号：{COMPANY} {USCC}")
    sheet.text(20, 48, f"付款人全称：{COMPANY}")
    sheet.text(20, 55, f"付款人账号：{account}")
    sheet.text(110, 55, f"征收机关名称（委托方）：{OFFICE}")
    sheet.text(20, 62, "付款人开户银行：云洲农商银行临屿支行")
    sheet.text(110, 62, "收款国库（银行）名称：国家金库云洲市临屿区支库")
    sheet.text(20, 69, f"小写（合计）金额：￥{money(total)}")
    sheet.text(110, 69, "缴款书交易流水号：2026061598712345")
    sheet.text(20, 76, f"大写（合计）金额：{in_words(total)}")
    sheet.text(110, 76, f"税票号码：{voucher}")
    columns = [Column(("税（费）种名称",), 60), Column(("所属时期",), 60), Column(("实缴金额",), 40, "right")]
    table = Table(sheet, columns, Look("none", row=7), x=20, y=82, bottom=250, turn=one_page)
    for line, amount in lines:
        table.row([line.tax, f"{line.start:%Y%m%d}-{line.end:%Y%m%d}", f"¥{money(amount)}"])
    sheet.text(20, table.y + 8, "第1次打印            打印时间：2026-06-16 10:20:31", size=8)
    sheet.seal(150, table.y + 4, "云洲农商银行业务专用章", radius=15)


def _office_voucher(sheet: Sheet, lines: Lines, total: Decimal, account: str, voucher: str, paid: date) -> None:
    middle, edge = sheet.width / 2, 10.0
    sheet.text(middle, 12, "中华人民共和国", size=11, align="center")
    sheet.text(middle, 19, "税收缴款书（银行经收专用）", size=14, align="center", bold=True)
    sheet.text(sheet.width - edge, 19, f"No.{voucher}", size=9, align="right")
    sheet.text(edge, 27, f"填发日期：{paid.year}年{paid.month}月{max(paid.day - 2, 1)}日", size=8)
    sheet.text(sheet.width - edge, 27, f"税务机关：{OFFICE}", size=8, align="right")
    wide = sheet.width - 2 * edge
    look = Look(size=8, row=7)
    for cells in (
        (("纳税人识别号", USCC), ("开户银行", "云洲农商银行临屿支行")),
        (("纳税人名称", COMPANY), ("账号", account)),
    ):
        columns = [c for a, b in cells for c in (Column((a,), 28), Column((b,), wide / 2 - 28))]
        table = Table(
            sheet, columns, look, x=edge, y=30 if cells[0][0] == "纳税人识别号" else 37, bottom=200, turn=one_page
        )
    heads = (("税种", 40), ("品目名称", 50), ("课税数量", 20), ("计税金额", 0), ("税款所属时期", 50), ("实缴金额", 35))
    columns = [Column((h,), w, "right" if "金额" in h else "left") for h, w in heads if w]
    table = Table(sheet, columns, look, x=edge, y=44, bottom=200, turn=one_page)
    for line, amount in lines:
        table.row([line.tax, line.item, "", f"{line.start}至{line.end}", money(amount)])
    table.span([(2, f"金额合计（大写）{in_words(total)}"), (150, f"¥{money(total)}")], height=8)
    table.span(
        [
            (2, "税务机关（盖章）"),
            (60, f"上列款项已收妥并划转收款单位账户  国库（银行）盖章  {paid.year}年{paid.month}月{paid.day}日"),
        ],
        height=12,
    )


# --- §3.3 -----------------------------------------------------------------------------------------------------------------


def tax_status(
    style: Literal["no_arrears", "reply", "grade"] = "no_arrears", *, medium: str = "pdf", seed: int = 1
) -> Drawn:
    """A certificate of no arrears, a reply to a query with arrears and sums, or a certificate of the credit grade."""
    sheet = Sheet(title="纳税证明")
    fields: dict[str, object] = {"taxpayer_name": COMPANY, "taxpayer_id": USCC}
    if style == "no_arrears":
        sheet.text(105, 30, "无欠税证明", size=18, align="center", bold=True)
        sheet.text(170, 42, "云临税 无欠税证〔2026〕37号", size=9, align="right")
        for y, words in (
            (58, f"{COMPANY}（纳税人识别号：{USCC}）："),
            (68, "    经查询税收征管信息系统，截至2026年6月30日，未发现有欠税情形。"),
            (78, "    特此证明。"),
        ):
            sheet.text(25, y, words, size=11)
        sheet.text(185, 110, OFFICE, size=11, align="right")
        sheet.text(185, 120, "2026年7月3日", size=11, align="right")
        fields |= {"as_of_date": date(2026, 6, 30), "arrears_amount": Decimal("0.00")}
    elif style == "reply":
        sheet.text(105, 30, "涉税信息查询结果告知书", size=16, align="center", bold=True)
        for y, words in (
            (50, f"纳税人名称：{COMPANY}"),
            (58, f"纳税人识别号：{USCC}"),
            (66, "查询期间：2026年1月1日至2026年6月30日"),
            (74, "查询截止日期：2026年7月2日"),
            (84, "一、查询期间缴纳税款合计：1,286,402.17元。"),
            (92, "二、欠税余额：35,210.66元。"),
        ):
            sheet.text(25, y, words, size=10.5)
        sheet.text(185, 130, "国家税务总局云洲市税务局办税服务厅", align="right")
        fields |= {
            "as_of_date": date(2026, 7, 2),
            "arrears_amount": Decimal("35210.66"),
            "period_tax_total": Decimal("1286402.17"),
        }
    else:
        sheet.text(105, 30, "纳税信用等级证明", size=16, align="center", bold=True)
        columns = [Column((w,), x) for w, x in (("纳税人名称", 35), (COMPANY, 60), ("纳税人识别号", 35), (USCC, 46))]
        table = Table(sheet, columns, Look(size=8.5, row=9), x=17, y=45, bottom=280, turn=one_page)
        table.row(["评价年度", "2025年度", "纳税信用级别", "A级"])
        table.row(["评定日期", "2026年4月20日", "出具机关", "临屿区税务局"])
        fields |= {"as_of_date": date(2026, 4, 20), "credit_grade": "A"}
    value = truth("tax_status_certificate", fields, subject={"name": COMPANY, "uscc": USCC, "id_no": None})
    return done(sheet, f"tax-status-{style}", value, medium, seed)


# --- §3.6 -----------------------------------------------------------------------------------------------------------------

_QUARTER = (
    ("revenue", "营业收入"),
    ("cost", "营业成本"),
    ("total_profit", "利润总额"),
    ("special_income", "加：特定业务计算的应纳税所得额"),
    ("untaxed", "减：不征税收入"),
    ("depreciation_adjust", "减：资产加速折旧、摊销（扣除）调减额"),
    ("relief_income", "减：免税收入、减计收入、加计扣除"),
    ("income_relief", "减：所得减免"),
    ("losses_used", "减：弥补以前年度亏损"),
    ("taxable_income", "实际利润额（3+4-5-6-7-8-9）\\按照上一纳税年度应纳税所得额平均额确定的应纳税所得额"),
    ("tax_rate", "税率(25%)"),
    ("tax_payable", "应纳所得税额（10×11）"),
    ("tax_relief", "减：减免所得税额"),
    ("tax_prepaid", "减：本年实际已缴纳所得税额"),
    ("special_prepaid", "减：特定业务预缴（征）所得税额"),
    ("tax_due", "本期应补（退）所得税额（12-13-14-15）\\税务机关确定的本期应纳所得税额"),
)
_YEAR = (
    ("revenue", "一、营业收入(填写A101010\\101020\\103000)"),
    ("cost", "减：营业成本(填写A102010\\102020\\103000)"),
    ("taxes", "减：税金及附加"),
    ("selling", "减：销售费用(填写A104000)"),
    ("admin", "减：管理费用(填写A104000)"),
    ("finance", "减：财务费用(填写A104000)"),
    ("impairment", "减：资产减值损失"),
    ("fair_value", "加：公允价值变动收益"),
    ("inv_income", "加：投资收益"),
    ("op_profit", "二、营业利润(1-2-3-4-5-6-7+8+9)"),
    ("nonop_in", "加：营业外收入(填写A101010\\101020\\103000)"),
    ("nonop_out", "减：营业外支出(填写A102010\\102020\\103000)"),
    ("total_profit", "三、利润总额（10+11-12）"),
    ("foreign_income", "减：境外所得（填写A108010）"),
    ("adjust_up", "加：纳税调整增加额（填写A105000）"),
    ("adjust_down", "减：纳税调整减少额（填写A105000）"),
    ("relief_income", "减：免税、减计收入及加计扣除（填写A107010）"),
    ("foreign_offset", "加：境外应税所得抵减境内亏损（填写A108000）"),
    ("adjusted_income", "四、纳税调整后所得（13-14+15-16-17+18）"),
    ("income_relief", "减：所得减免（填写A107020）"),
    ("losses_used", "减：弥补以前年度亏损（填写A106000）"),
    ("deduction", "减：抵扣应纳税所得额（填写A107030）"),
    ("taxable_income", "五、应纳税所得额（19-20-21-22）"),
    ("tax_rate", "税率（25%）"),
    ("tax_payable", "六、应纳所得税额（23×24）"),
    ("tax_relief", "减：减免所得税额（填写A107040）"),
    ("tax_offset", "减：抵免所得税额（填写A107050）"),
    ("tax_domestic", "七、应纳税额（25-26-27）"),
    ("foreign_tax", "加：境外所得应纳所得税额（填写A108000）"),
    ("foreign_credit", "减：境外所得抵免所得税额（填写A108000）"),
    ("tax_actual", "八、实际应纳所得税额（28+29-30）"),
    ("tax_prepaid", "减：本年累计实际已缴纳的所得税额"),
    ("tax_due", "九、本年应补（退）所得税额（31-32）"),
)


def cit_figures(rng: Random, annual: bool) -> dict[str, Decimal]:
    """A year (so far): everything follows from sales, costs and adjustments."""

    def some(low: int, high: int) -> Decimal:
        return (Decimal(rng.randrange(low, high)) / 100).quantize(CENT)

    zero = Decimal("0.00")
    f = dict.fromkeys((key for key, _ in (_YEAR if annual else _QUARTER)), zero)
    f["revenue"], f["cost"] = some(1_500_000_000, 3_000_000_000), some(900_000_000, 1_200_000_000)
    f["tax_rate"] = Decimal("0.25")
    if annual:
        f |= {k: some(1_000_000, 60_000_000) for k in ("taxes", "selling", "admin", "finance")} | {
            "nonop_in": some(1, 900_000),
            "nonop_out": some(1, 400_000),
        }
        f["op_profit"] = f["revenue"] - f["cost"] - f["taxes"] - f["selling"] - f["admin"] - f["finance"]
        f["total_profit"] = f["op_profit"] + f["nonop_in"] - f["nonop_out"]
        f["adjust_up"], f["adjust_down"] = some(10_000, 9_000_000), some(10_000, 3_000_000)
        f["adjusted_income"] = f["total_profit"] + f["adjust_up"] - f["adjust_down"]
        f["taxable_income"] = f["adjusted_income"]
    else:
        f["total_profit"] = some(80_000_000, 250_000_000)
        f["losses_used"] = some(100_000, 20_000_000)
        f["taxable_income"] = f["total_profit"] - f["losses_used"]
    f["tax_payable"] = (f["taxable_income"] * f["tax_rate"]).quantize(CENT, ROUND_HALF_UP)
    f["tax_relief"] = (f["tax_payable"] * Decimal("0.1")).quantize(CENT, ROUND_HALF_UP)
    f["tax_prepaid"] = (f["tax_payable"] * Decimal("0.4")).quantize(CENT, ROUND_HALF_UP)
    f["tax_due"] = f["tax_payable"] - f["tax_relief"] - f["tax_prepaid"]
    if annual:
        f["tax_domestic"] = f["tax_actual"] = f["tax_payable"] - f["tax_relief"]
    return f


def cit_return(
    kind: Literal["quarter", "year"] = "quarter",
    *,
    medium: str = "pdf",
    seed: int = 1,
    alter: dict[str, Decimal] | None = None,
) -> Drawn:
    """A200000 of a quarter (one column, 本年累计金额), or A100000 of a year with the groups of lines at the left."""
    figures = cit_figures(Random(seed), kind == "year") | (alter or {})
    sheet = Sheet(title="企业所得税纳税申报表")
    period = (date(2026, 1, 1), date(2026, 3, 31)) if kind == "quarter" else (date(2025, 1, 1), date(2025, 12, 31))
    title = (
        "中华人民共和国企业所得税月（季）度预缴纳税申报表（A类）"
        if kind == "quarter"
        else "中华人民共和国企业所得税年度纳税申报表（A类）"
    )
    sheet.text(196, 12, "A200000" if kind == "quarter" else "A100000", size=9, align="right")
    sheet.text(105, 20, title, size=13, align="center", bold=True)
    sheet.text(
        105,
        28,
        f"税款所属期间：{period[0].year}年{period[0].month}月{period[0].day}日至{period[1].year}年{period[1].month}月{period[1].day}日",
        size=8.5,
        align="center",
    )
    sheet.text(14, 35, f"纳税人识别号（统一社会信用代码）：{USCC}", size=8.5)
    sheet.text(14, 41, f"纳税人名称：{COMPANY}", size=8.5)
    sheet.text(196, 41, "金额单位：人民币元（列至角分）", size=8.5, align="right")
    if kind == "quarter":
        columns = [
            Column(("行次",), 16, "center"),
            Column(("项  目",), 116, wraps=True),
            Column(("本年累计金额",), 50, "right"),
        ]
    else:
        columns = [
            Column(("行次",), 14, "center"),
            Column(("类别",), 20, "center"),
            Column(("项目",), 102),
            Column(("金额",), 46, "right"),
        ]
    table = Table(sheet, columns, Look(size=8, row=6.2), x=14, y=45, bottom=285, turn=one_page)
    groups = {7: "利润总额计算", 18: "应纳税所得额", 28: "应纳税额计算"}
    for number, (key, label) in enumerate(_QUARTER if kind == "quarter" else _YEAR, 1):
        shown = "25%" if key == "tax_rate" else money(figures[key])
        table.row(
            [str(number), label, shown] if kind == "quarter" else [str(number), groups.get(number, ""), label, shown]
        )
    sheet.text(
        14,
        table.y + 7,
        "谨声明：本纳税申报表是根据国家税收法律法规及相关规定填报的，是真实的、可靠的、完整的。",
        size=8,
    )
    fields: dict[str, object] = {"taxpayer_name": COMPANY, "taxpayer_id": USCC, "period": period, **figures}
    return done(
        sheet,
        f"cit-{kind}",
        truth("cit_return", fields, subject={"name": COMPANY, "uscc": USCC, "id_no": None}),
        medium,
        seed,
    )


# --- §3.7 -----------------------------------------------------------------------------------------------------------------


def iit_record(style: Literal["office", "app"] = "office", *, medium: str = "pdf", seed: int = 1) -> Drawn:
    """The record that the tax office prints, or the list of the app with income before tax; months without tax are there."""
    rng, number = Random(seed), id_card("999901", date(1988, 3, 9), 21)
    sheet = Sheet(title="个人所得税纳税记录")
    rows: list[dict[str, object]] = []
    for month in range(1, 7):
        tax = Decimal("0.00") if month == 1 else (Decimal(rng.randrange(2_000, 90_000)) / 100).quantize(CENT)
        income = (Decimal(rng.randrange(1_200_000, 1_500_000)) / 100).quantize(CENT)
        rows.append(
            {
                "period": f"2026-{month:02d}",
                "item": "工资薪金所得" if style == "office" else "正常工资薪金",
                "amount": tax,
                "income": income,
                "declare_date": date(2026, month + 1, 12),
                "paid_date": date(2026, month + 1, 15),
            }
        )
    total = sum((Decimal(str(row["amount"])) for row in rows), Decimal("0.00"))
    if style == "office":
        sheet.text(105, 20, "中华人民共和国", size=11, align="center")
        sheet.text(105, 28, "个人所得税纳税记录", size=15, align="center", bold=True)
        sheet.text(14, 38, "记录期间：2026年1月至2026年6月", size=8.5)
        sheet.text(196, 38, "纳税记录验证码：9X2M-77QK-31", size=8.5, align="right")
        sheet.text(14, 45, "纳税人名称：顾听澜", size=8.5)
        sheet.text(90, 45, f"身份证件号码：{number}", size=8.5)
        heads = (
            ("申报日期", 24),
            ("实缴（退）金额", 30),
            ("入（退）库日期", 28),
            ("所得项目", 30),
            ("税款所属期", 22),
            ("入库税务机关", 40),
            ("备注", 10),
        )
        columns = [Column((h,), w, "right" if "金额" in h else "left", wraps=w == 40) for h, w in heads]
        table = Table(sheet, columns, Look(size=7.5, row=7.5), x=13, y=49, bottom=280, turn=one_page)
        for row in rows:
            table.row(
                [
                    str(row["declare_date"]),
                    money(Decimal(str(row["amount"]))),
                    str(row["paid_date"]),
                    str(row["item"]),
                    str(row["period"]),
                    "临屿区税务局",
                    "",
                ]
            )
        table.row(["金额合计", money(total), "", "", "", "", ""])
        keys = ("declare_date", "amount", "item", "period", "paid_date")
    else:
        sheet.text(105, 20, "收入纳税明细", size=15, align="center", bold=True)
        sheet.text(14, 32, "姓名：顾听澜")
        sheet.text(90, 32, f"身份证号码：{number}")
        sheet.text(14, 39, "自然人电子税务局  国家税务总局", size=8)
        heads = (("所得项目", 34), ("扣缴义务人", 62), ("税款所属期", 26), ("收入", 30), ("已申报税额", 30))
        columns = [Column((h,), w, "right" if h in ("收入", "已申报税额") else "left") for h, w in heads]
        table = Table(sheet, columns, Look("head", size=8.5, row=8), x=14, y=44, bottom=280, turn=one_page)
        for row in rows:
            table.row(
                [
                    str(row["item"]),
                    COMPANY,
                    str(row["period"]).replace("-", "年") + "月",
                    money(Decimal(str(row["income"]))),
                    money(Decimal(str(row["amount"]))),
                ]
            )
        sheet.text(14, table.y + 8, f"已申报税额合计：{money(total)}元")
        keys = ("item", "period", "income", "amount")
    fields = {"name": "顾听澜", "id_no": number, "total_num": total}
    value = truth("iit_record", fields, {"lines": [{k: row[k] for k in keys} for row in rows]})
    return done(sheet, f"iit-{style}", value, medium, seed)
