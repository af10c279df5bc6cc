"""The miniature samples of the specification (documents.md §14.1, 14.2, 14.3, 14.5) as real text PDFs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D  # noqa: N817 - a page full of figures reads better

from demo.draw import Sheet
from demo.draw_table import Column, Look, Table
from demo.papers.drawn import Drawn, truth

COMPANY, USCC = "杭州临屿机械有限公司", "91330106MA2TEXT017"
NEVER = 290.0  #: these papers have one page


def _no_turn() -> float:
    raise RuntimeError("a miniature has one page")


def _row(day: str, clock: str | None, summary: str, amount: str, balance: str, *rest: str | None) -> dict[str, object]:
    name, serial, channel, remark = rest
    time = f"{clock[:2]}:{clock[2:4]}:{clock[4:]}" if clock else None
    return {
        "date": date(int(day[:4]), int(day[4:6]), int(day[6:])), "time": time, "summary": summary, "amount": D(amount),
        "balance": D(balance), "counterparty_name": name, "serial_no": serial, "channel": channel, "remark": remark,
    }  # fmt: skip


def miniature_personal() -> Drawn:
    """§14.1: an ABC statement, signed amounts, empty cells printed as a dash."""
    rows = [
        _row("20240501", "090001", "消费", "-12.34", "87.66", "某超市", "A000000001", "网上支付", None),
        _row("20240503", "101522", "代发工资", "12860.00", "12947.66", COMPANY, "B000000002", "批量代发", "5月工资"),
        _row("20240510", None, "贷款还款", "-4312.56", "8635.10", None, "C000000003", "系统批扣", None),
        _row("20240515", "153010", "转存", "3000.00", "11635.10", "沈某某", "D000000004", "超级网银", None),
        _row("20240521", None, "结息", "0.87", "11635.97", None, "E000000005", None, None),
    ]
    sheet = Sheet(title="活期交易明细")
    sheet.text(105, 20, "中国农业银行账户活期交易明细清单", size=15, align="center", bold=True)
    sheet.text(12, 30, "户名：沈某某")
    sheet.text(90, 30, "账户：6228480000000004566")
    sheet.text(12, 36, "币种：人民币")
    sheet.text(60, 36, "汇钞标识：本币")
    sheet.text(12, 42, "起止日期：20240501-20240531")
    sheet.text(90, 42, "电子流水号：24060100000000000001")
    heads = ("交易日期", "交易时间", "交易摘要", "交易金额", "本次余额", "对手信息", "日志号", "交易渠道", "交易附言")
    widths = (17, 16, 19, 21, 21, 33, 22, 18, 19)
    columns = [
        Column((h,), w, "right" if "额" in h else "left", wraps=w > 30) for h, w in zip(heads, widths, strict=True)
    ]
    table = Table(sheet, columns, Look(size=7.5), x=12, y=46, bottom=NEVER, turn=_no_turn)
    for row in rows:
        amount = row["amount"]
        time = str(row["time"] or "").replace(":", "")
        cells = [f"{row['date']:%Y%m%d}", time, row["summary"], f"{amount:+.2f}", f"{row['balance']:.2f}"]
        cells += [row[key] or "-" for key in ("counterparty_name", "serial_no", "channel", "remark")]
        table.row([str(cell) for cell in cells])
    sheet.text(105, table.y + 10, "第1页，共1页", align="center", size=8)
    fields = {
        "bank_name": "中国农业银行", "account_name": "沈某某", "account_no": "6228480000000004566", "currency": "CNY",
        "period": (date(2024, 5, 1), date(2024, 5, 31)),
    }  # fmt: skip
    return Drawn(
        "miniature-personal.pdf", sheet.finish(), truth("bank_statement_personal", fields, {"transactions": rows})
    )


_CORPORATE = (
    (date(2024, 5, 6), "货款", "486000.00", "1348315.40", "绍兴瑶川纺织有限公司"),
    (date(2024, 5, 8), "采购款", "-312450.00", "1035865.40", "宁波恒屿金属有限公司"),
    (date(2024, 5, 15), "缴税 实时扣税", "-41327.58", "994537.82", "国家金库××支库"),
    (date(2024, 5, 20), "贷款利息", "-16458.33", "978079.49", "贷款利息户"),
    (date(2024, 5, 28), "货款", "275600.50", "1253679.99", "苏州锦岚服饰有限公司"),
)


def miniature_corporate() -> Drawn:
    """§14.2: a CCB statement, 借方 pays and 贷方 receives, carried-forward balance in the header."""
    sheet = Sheet(title="账户明细信息")
    sheet.text(105, 18, "中国建设银行账户明细信息", size=15, align="center", bold=True)
    sheet.text(198, 26, "单位：元", align="right")
    sheet.text(12, 33, "账号：33050100000000012345")
    sheet.text(80, 33, f"户名：{COMPANY}")
    sheet.text(198, 33, "承前余额：862,315.40", align="right")
    heads = ("交易日期", "摘要", "借方发生额(支取)", "贷方发生额(收入)", "余额", "对方户名")
    columns = [
        Column((h,), w, "right" if "额" in h else "left") for h, w in zip(heads, (22, 30, 32, 32, 30, 40), strict=True)
    ]
    table = Table(sheet, columns, Look(size=8.5, row=7), x=12, y=37, bottom=NEVER, turn=_no_turn)
    rows: list[dict[str, object]] = []
    for day, summary, amount, balance, other in _CORPORATE:
        out = f"{-D(amount):,.2f}" if amount[0] == "-" else ""
        table.row([str(day), summary, out, "" if out else f"{D(amount):,.2f}", f"{D(balance):,.2f}", other])
        cells = {
            "date": day,
            "summary": summary,
            "amount": D(amount),
            "balance": D(balance),
            "counterparty_name": other,
        }
        rows.append(cells)
    sheet.text(12, table.y + 8, "借方合计 370,235.91 3笔")
    sheet.text(80, table.y + 8, "贷方合计 761,600.50 2笔")
    sheet.text(198, table.y + 8, "期末余额 1,253,679.99", align="right")
    fields = {
        "bank_name": "中国建设银行", "account_name": COMPANY, "account_no": "33050100000000012345",
        "opening_balance": D("862315.40"), "closing_balance": D("1253679.99"), "total_in": D("761600.50"),
        "total_out": D("370235.91"), "count_in": "2", "count_out": "3",
    }  # fmt: skip
    return Drawn(
        "miniature-corporate.pdf", sheet.finish(), truth("bank_statement_corporate", fields, {"transactions": rows})
    )


_TAX = (
    ("333016240500001111", "增值税", "商业(13%)", "98765.43"),
    ("333016240500001112", "城市维护建设税", "市区(增值税附征)", "6913.58"),
    ("333016240500001113", "教育费附加", "增值税教育费附加", "2962.96"),
    ("333016240500001114", "地方教育附加", "增值税地方教育附加", "1975.31"),
)


def miniature_tax() -> Drawn:
    """§14.3: a tax payment certificate, table form, with its sum in words."""
    sheet = Sheet(title="税收完税证明")
    sheet.text(105, 18, "中华人民共和国", size=12, align="center")
    sheet.text(105, 26, "税收完税证明", size=17, align="center", bold=True, spacing=2)
    sheet.text(198, 26, "No.(241)浙证明00012345", size=8, align="right")
    sheet.text(12, 35, "填发日期：2024年6月3日")
    sheet.text(90, 35, "税务机关：国家税务总局杭州市××区税务局")
    wide = Table(sheet, [Column(("纳税人识别号",), 32), Column((USCC,), 52), Column(("纳税人名称",), 32), Column((COMPANY,), 70)],
                 Look(size=8.5, row=8), x=12, y=39, bottom=NEVER, turn=_no_turn)  # fmt: skip
    heads = ("原凭证号", "税种", "品目名称", "税款所属时期", "入(退)库日期", "实缴(退)金额")
    columns = [
        Column((h,), w, "right" if "额" in h else "left") for h, w in zip(heads, (34, 27, 33, 42, 24, 26), strict=True)
    ]
    table = Table(sheet, columns, Look(size=8, row=7), x=12, y=wide.y, bottom=NEVER, turn=_no_turn)
    rows: list[dict[str, object]] = []
    period, paid = (date(2024, 4, 1), date(2024, 4, 30)), date(2024, 5, 15)
    for voucher, kind, item, amount in _TAX:
        table.row([voucher, kind, item, "2024-04-01至2024-04-30", "2024-05-15", f"{D(amount):,.2f}"])
        cells = {"voucher_no": voucher, "tax_type": kind, "item": item, "period": period, "paid_date": paid}
        rows.append({**cells, "amount": D(amount)})
    table.span([(1, "金额合计（大写）壹拾壹万零陆佰壹拾柒元贰角捌分"), (150, "¥110,617.28")], height=8)
    table.span([(60, "妥善保管  手写无效")], height=8)
    fields = {
        "cert_no": "(241)浙证明00012345", "issue_date": date(2024, 6, 3), "tax_authority": "国家税务总局杭州市××区税务局",
        "taxpayer_id": USCC, "taxpayer_name": COMPANY, "total_num": D("110617.28"), "total_cn": D("110617.28"),
    }  # fmt: skip
    return Drawn("miniature-tax.pdf", sheet.finish(), truth("tax_payment_certificate", fields, {"lines": rows}))


_METERS = (
    ("有功(总)", "1820.50", "3960.50", 128400), ("尖峰", "120.10", "261.60", 8490), ("峰", "640.20", "1422.70", 46950),
    ("平", "610.00", "1320.00", 42600), ("谷", "450.20", "956.20", 30360),
)  # fmt: skip
_CHARGES = (
    ("电量电费 尖峰", "8490kWh × 1.0312", "8,754.89"), ("电量电费 峰", "46950kWh × 0.8935", "41,949.82"),
    ("电量电费 平", "42600kWh × 0.5946", "25,329.96"), ("电量电费 谷", "30360kWh × 0.3012", "9,144.43"),
    ("容量电费", "630kVA × 30.00", "18,900.00"), ("政府性基金及附加", "128400kWh × 0.0292", "3,749.28"),
    ("功率因数调整电费", "(力率0.94, -0.75%)", "-780.59"),
)  # fmt: skip


def miniature_electricity() -> Drawn:
    """§14.5: an electricity bill, meters with a multiplier of 60 and a power factor reward."""
    sheet = Sheet(title="电费账单")
    sheet.text(105, 20, "电费账单", size=17, align="center", bold=True, spacing=3)
    sheet.text(12, 32, "户号 3301234567")
    sheet.text(60, 32, f"户名 {COMPANY}")
    sheet.text(130, 32, "电费年月 2024-05")
    sheet.text(12, 38, "用电类别 大工业")
    sheet.text(60, 38, "计费容量 630kVA")
    heads = ("示数类型", "上次示数", "本次示数", "倍率", "抄见电量(kWh)")
    columns = [
        Column((h,), w, "left" if h == "示数类型" else "right")
        for h, w in zip(heads, (44, 36, 36, 24, 46), strict=True)
    ]
    meters = Table(sheet, columns, Look(size=9, row=7), x=12, y=43, bottom=NEVER, turn=_no_turn)
    for row in _METERS:
        meters.row([row[0], row[1], row[2], "60", str(row[3])])
    heads = ("费用项目", "计算", "金额(元)")
    columns = [Column((h,), w, a) for h, w, a in zip(heads, (66, 70, 50), ("left", "left", "right"), strict=True)]
    charges = Table(sheet, columns, Look(size=9, row=7), x=12, y=meters.y + 6, bottom=NEVER, turn=_no_turn)
    for charge in _CHARGES:
        charges.row(charge)
    sheet.text(12, charges.y + 9, "本期应付电费", size=11, bold=True)
    sheet.text(197, charges.y + 9, "107,047.79", size=11, align="right", bold=True)
    fields = {
        "user_no": "3301234567", "user_name": COMPANY, "bill_month": "2024-05", "category": "大工业", "capacity": "630",
        "kwh_total": "128400", "kwh_sharp": "8490", "kwh_peak": "46950", "kwh_flat": "42600", "kwh_valley": "30360",
        "basic_fee": D("18900.00"), "pf_adjust": D("-780.59"), "power_factor": "0.94", "amount_total": D("107047.79"),
    }  # fmt: skip
    rows = [{"last": D(r[1]), "this": D(r[2]), "multiplier": "60", "kwh": str(r[3])} for r in _METERS]
    return Drawn("miniature-electricity.pdf", sheet.finish(), truth("electricity_bill", fields, {"meters": rows}))
