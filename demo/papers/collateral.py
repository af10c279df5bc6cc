"""Papers about what secures a loan and about who the borrower is: titles, registrations, inspections, appraisals, licences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any, Literal

from demo.draw import Sheet
from demo.draw_letter import PdfLetter
from demo.draw_photo import scan_pdf
from demo.draw_table import Column, Look, Table
from demo.identity import in_words, money
from demo.papers.court import BORROWER
from demo.papers.drawn import Drawn, truth
from demo.papers.one_page import done, one_page

TITLE_NO = "云（2023）云洲市不动产权第0012345号"
PLACE = "云洲市临屿区恒屿路18号1幢"
BANK = "云洲农村商业银行股份有限公司临屿支行"
USCC = "91990201MA99CF001C"
Medium = Literal["pdf", "scan"]


def _finish(letter: PdfLetter, name: str, kind: str, fields: dict[str, object], medium: Medium, **more: Any) -> Drawn:
    value, data = truth(kind, fields, **more), letter.finish()
    if medium == "scan":
        return Drawn(f"{name}-scan.pdf", scan_pdf(data, seed=7), value).pictured()
    return Drawn(f"{name}.pdf", data, value)


def title_certificate(medium: Medium = "pdf") -> Drawn:
    """A title to a plant; its notes tell of the mortgage."""
    letter = PdfLetter("不动产权证书")
    letter.line(TITLE_NO)
    letter.table(
        [
            ["权利人", BORROWER],
            ["共有情况", "单独所有"],
            ["坐落", PLACE],
            ["不动产单元号", "999901002003GB00045F00010001"],
            ["权利类型", "国有建设用地使用权/房屋所有权"],
            ["用途", "工业用地/工业"],
            ["面积", "宗地面积3,200.50㎡/房屋建筑面积4,128.66㎡"],
            ["使用期限", "2010年5月1日起2060年4月30日止"],
            ["附记", "2026年3月已设立抵押权"],
        ]
    )
    fields = {
        "cert_no": TITLE_NO.replace("（", "(").replace("）", ")"), "holder": BORROWER, "co_ownership": "单独所有",
        "location": PLACE, "unit_no": "999901002003GB00045F00010001", "area": Decimal("4128.66"),
    }  # fmt: skip
    return _finish(letter, "不动产权证书", "property_certificate", fields, medium)


def mortgage_certificate(medium: Medium = "pdf") -> Drawn:
    """The proof that a mortgage for the bank stands in the register."""
    letter = PdfLetter("不动产登记证明")
    number = "云（2026）云洲市不动产证明第0006789号"
    letter.line(number)
    letter.table(
        [
            ["证明权利或事项", "抵押权"],
            ["权利人（申请人）", BANK],
            ["义务人", BORROWER],
            ["坐落", PLACE],
            ["不动产单元号", "999901002003GB00045F00010001"],
            ["不动产权证书号", TITLE_NO],
            ["担保债权数额", "5,000,000.00元"],
            ["债务履行期限", "2026年3月18日至2027年3月17日"],
            ["登记时间", "2026年3月16日"],
            ["附记", "抵押顺位：第1顺位"],
        ]
    )
    fields = {
        "cert_no": number.replace("（", "(").replace("）", ")"), "mortgagee": BANK, "mortgagor": BORROWER, "location": PLACE,
        "property_cert_no": TITLE_NO.replace("（", "(").replace("）", ")"), "secured_amount": Decimal("5000000.00"),
        "debt_term": (date(2026, 3, 18), date(2027, 3, 17)), "reg_date": date(2026, 3, 16), "rank": "1",
    }  # fmt: skip
    return _finish(letter, "不动产登记证明", "mortgage_registration", fields, medium)


def collateral_check(medium: Medium = "pdf", ltv: str = "47.6") -> Drawn:
    """The bank's people looked at the plant: it stands, it is let in part, it was not seized."""
    letter = PdfLetter("押品检查表")
    letter.table(
        [
            ["借款人", BORROWER, "押品编号", "YP20260318001"],
            ["权证号", TITLE_NO, "抵押人", BORROWER],
            ["坐落", PLACE, "建筑面积", "4,128.66"],
            ["评估价值（元）", "9,450,000.00", "贷款余额（元）", "4,500,000.00"],
            ["抵押率", f"{ltv}%", "警戒线", "70%"],
            ["检查日期", "2026年10月20日", "检查人", "周岚、何屿"],
        ]
    )
    letter.text("现状：■完好 □毁损 □灭失 □渗漏水 □违建 □改变用途 □空置")
    letter.text("查封情况：经查询登记簿，未见查封、轮候查封。")
    fields = {
        "cert_no": TITLE_NO.replace("（", "(").replace("）", ")"), "collateral_no": "YP20260318001", "location": PLACE,
        "check_date": date(2026, 10, 20), "total_value": Decimal("9450000.00"), "exposure": Decimal("4500000.00"),
        "state": "完好", "ltv": Decimal(ltv).scaleb(-2), "warn_line": Decimal("0.70"), "customer": BORROWER, "owner": BORROWER,
        "inspectors": ["周岚", "何屿"],
    }  # fmt: skip
    return _finish(letter, "押品检查表", "collateral_inspection", fields, medium)


def several_checked(*, medium: str = "pdf", seed: int = 1) -> Drawn:
    """Three pieces of collateral in one table, looked at on one day; one is let, one stands empty."""
    rng = Random(seed)
    sheet = Sheet(landscape=True, title="押品检查表")
    sheet.text(sheet.width / 2, 18, "押品现场检查表", size=15, align="center", bold=True)
    for place, words in enumerate(
        (f"客户名称：{BORROWER}", "检查日期：2026年10月20日", "检查人：周岚、何屿", "警戒线：70%")
    ):
        sheet.text(14 + 72 * place, 30, words, size=8.5)
    heads = ("序号", "押品编号", "权证号", "坐落", "建筑面积(㎡)", "评估价值(元)", "抵押率", "现状", "查封情况")
    widths = (12, 24, 60, 56, 26, 32, 18, 18, 22)
    columns = [
        Column((h,), w, "right" if h.endswith(")") else "left", wraps=True) for h, w in zip(heads, widths, strict=True)
    ]
    table = Table(sheet, columns, Look(size=8, row=8), x=14, y=36, bottom=200, turn=one_page)
    rows: list[dict[str, object]] = []
    for number, state in enumerate(("完好", "出租", "空置"), 1):
        title = f"云（2023）云洲市不动产权第{rng.randrange(10**7):07d}号"
        row: dict[str, object] = {
            "collateral_no": f"YP00{number}",
            "cert_no": title.replace("（", "(").replace("）", ")"),
            "location": f"云洲市临屿区恒屿路18号{number}幢",
            "area": Decimal(rng.randrange(10_000, 500_000)) / 100,
            "total_value": Decimal(rng.randrange(100, 900)) * Decimal("10000.00"),
            "ltv": Decimal(rng.randrange(40, 69)) / 100,
            "state": state,
            "seizure": "无",
        }
        shown = [row["collateral_no"], title, row["location"], f"{row['area']:,}", f"{row['total_value']:,.2f}"]
        table.row([str(number), *map(str, shown), f"{row['ltv']:.0%}", state, "无"])
        rows.append(row)
    total = sum((Decimal(str(row["total_value"])) for row in rows), Decimal(0))
    table.row(["", "合计", "", "", "", money(total), "", "", ""])
    fields = {
        "check_date": date(2026, 10, 20), "customer": BORROWER, "inspectors": ["周岚", "何屿"],
        "warn_line": Decimal("0.70"), "total_value": total,
    }  # fmt: skip
    return done(sheet, "押品检查表-三件", truth("collateral_inspection", fields, {"items": rows}), medium, seed)


def appraisal(medium: Medium = "pdf", total: Decimal | None = None) -> Drawn:
    """An appraisal by the square metre; the total is rounded to whole yuan. ``total`` prints another one."""
    area, price = Decimal("4128.66"), Decimal(2289)
    value = total if total is not None else (area * price).quantize(Decimal(1))
    letter = PdfLetter("房地产抵押估价报告")
    letter.line("报告编号：云衡房估字（2026）第0611号")
    letter.line("估价机构：云洲衡信房地产评估有限公司")
    letter.heading("估价结果")
    letter.table(
        [
            ["估价对象坐落", PLACE],
            ["权证号", TITLE_NO],
            ["价值时点", "2026年5月31日"],
            ["建筑面积（㎡）", f"{area:,}"],
            ["评估单价（元/㎡）", f"{price:,}"],
            ["评估总价（元）", f"{value:,}"],
            ["大写金额", in_words(value)],
            ["法定优先受偿款（元）", "0"],
            ["抵押价值（元）", f"{value:,}"],
        ]
    )
    letter.text("本估价报告使用有效期自2026年6月11日至2027年6月10日。")
    fields = {
        "report_no": "云衡房估字(2026)第0611号", "agency": "云洲衡信房地产评估有限公司", "location": PLACE,
        "cert_no": TITLE_NO.replace("（", "(").replace("）", ")"), "value_date": date(2026, 5, 31), "area": area,
        "unit_price": price, "total_value": value, "prior_claim": Decimal(0), "mortgage_value": value,
        "valid_until": date(2027, 6, 10),
    }  # fmt: skip
    return _finish(letter, "估价报告", "appraisal_report", fields, medium)


def equity_pledge(medium: Medium = "pdf") -> Drawn:
    """The register's notice that shares were pledged."""
    letter = PdfLetter("股权出质设立登记通知书")
    letter.table(
        [
            ["质权登记编号", "990201202600123"],
            ["出质股权所在公司", BORROWER],
            ["出质股权数额", "600万元"],
            ["出质人", "林某"],
            ["质权人", BANK],
            ["登记日期", "2026年3月15日"],
        ]
    )
    letter.text("云洲市市场监督管理局", align="right")
    fields = {
        "reg_no": "990201202600123", "company": BORROWER, "amount": Decimal(6000000), "pledgor": "林某", "pledgee": BANK,
        "reg_date": date(2026, 3, 15),
    }  # fmt: skip
    return _finish(letter, "股权出质登记", "equity_pledge_doc", fields, medium)


def insurance(medium: Medium = "pdf") -> Drawn:
    """A policy on a mortgaged plant with the bank as the first to be paid."""
    letter = PdfLetter("财产综合险保险单")
    letter.line("星桥安行财产保险股份有限公司")
    letter.line("保险单号：PZYJ202699010000456")
    amount = Decimal("9450000.00")
    letter.table(
        [
            ["投保人", BORROWER],
            ["被保险人", BORROWER],
            ["保险标的地址", PLACE],
            ["保险金额", f"人民币{money(amount)}元"],
            ["保险费", "人民币9,450.00元"],
            ["保险期间", "自2026年3月18日零时起至2027年3月17日二十四时止"],
        ]
    )
    letter.text(f"特别约定：本保险单第一受益人为{BANK}。")
    fields = {
        "policy_no": "PZYJ202699010000456", "beneficiary": BANK, "insured_amount": amount, "premium": Decimal("9450.00"),
        "insured": BORROWER, "holder": BORROWER, "location": PLACE, "period": (date(2026, 3, 18), date(2027, 3, 17)),
        "insurer": "星桥安行财产保险股份有限公司",
    }  # fmt: skip
    return _finish(letter, "财产保险单", "insurance_policy", fields, medium)


def licence(medium: Medium = "pdf") -> Drawn:
    """A business licence; the capital in capital characters, as the form prints it."""
    letter = PdfLetter("营业执照")
    letter.line(f"统一社会信用代码：{USCC}")
    for label, value in (
        ("名　　称", BORROWER),
        ("类　　型", "有限责任公司（自然人投资或控股）"),
        ("法定代表人", "林某"),
        ("注册资本", "壹仟万元整"),
        ("成立日期", "2010年04月12日"),
        ("住　　所", "云洲市临屿区恒屿路18号"),
        ("经营范围", "精密机械零部件制造、销售；金属材料销售。"),
    ):
        letter.line(f"{label}　{value}")
    letter.line("登记机关　云洲市市场监督管理局")
    fields = {
        "name": BORROWER, "uscc": USCC, "legal_rep": "林某", "registered_capital": Decimal("10000000.00"),
        "established": date(2010, 4, 12), "address": "云洲市临屿区恒屿路18号", "authority": "云洲市市场监督管理局",
    }  # fmt: skip
    return _finish(letter, "营业执照", "business_license", fields, medium)


def change_notice(medium: Medium = "pdf") -> Drawn:
    """A change of the one who speaks for a company, and of its capital."""
    letter = PdfLetter("准予变更登记通知书")
    letter.line(f"企业名称：{BORROWER}")
    letter.line(f"统一社会信用代码：{USCC}")
    letter.text("经审查，提交的变更登记申请材料齐全，符合法定形式，准予变更登记。")
    changes = [("法定代表人", "林某", "苏某"), ("注册资本", "1000万元", "600万元")]
    letter.table([["变更事项", "变更前", "变更后"], *map(list, changes)])
    letter.line("核准日期：2026年8月21日")
    letter.text("云洲市市场监督管理局", align="right")
    fields = {"name": BORROWER, "uscc": USCC, "approval_date": date(2026, 8, 21)}
    rows = [{"item": item, "before": before, "after": after} for item, before, after in changes]
    return _finish(letter, "变更登记通知书", "registration_change", fields, medium, tables={"changes": rows})
