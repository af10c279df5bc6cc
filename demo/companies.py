"""The papers of the two companies: one whose machines stand still more and more, one that is being sued."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from demo.book import MACHINES, STEEL, TEXTILES, TOOLS, YARN, LoanNote
from demo.papers import (
    About,
    Business,
    Drawn,
    Ledger,
    Site,
    Told,
    bill,
    corporate_ledger,
    electricity_bill,
    first_inspection,
    post_loan_inspection,
    statement,
    tax_certificate,
    vat_lines,
    visit_text,
)
from demo.papers.statements import CUSTOMERS, SUPPLIERS


def about(loan: LoanNote, name: str, secured: str) -> About:
    """The loan as an inspector copies it into a report."""
    return About(
        name, loan.loan_note_no, loan.contract_no, loan.amount, loan.balance, loan.granted,
        loan.classification, loan.purpose, secured,
    )  # fmt: skip


def belonging_to(customer_no: str, papers: Iterable[Drawn]) -> Iterator[Drawn]:
    """These papers are about the customer, unless one says otherwise."""
    for paper in papers:
        yield paper if "loan_note_no" in paper.truth else paper.belonging(customer_no)


# --- 恒屿机械: two loans, a factory that runs down in autumn ---------------------------------------------------------

#: kWh from September 2025 to October 2026: a year like any other, then two months far below the year before.
KWH = (131400, 128400, 126000, 121800, 109200, 84600, 117600, 122400, 128400, 125400, 119400, 111600, 86400, 78000)
_FALLING = {(2026, 8): Decimal("1180000"), (2026, 9): Decimal("820000"), (2026, 10): Decimal("640000")}
_MACHINES_TRADE = Business(CUSTOMERS, SUPPLIERS, Decimal("1860000"), Decimal("218000"), sales_by_month=_FALLING)

_RUNNING_DOWN = Told(
    (
        ("四、生产经营情况", ("产能利用率由上季度的82%降至47%，三条线仅开一条。员工由210人减至96人，车间设备大面积闲置。",)),
        ("五、账户监测", ("结算户日均余额由86万元降至4万元。经核对，未见拖欠工资情况。",)),
        ("八、担保分析", ("抵押厂房权属清晰，未被查封、冻结，现状完好，无毁损、灭失情况。",)),
        ("九、公开信息", ("经查询裁判文书网，未发现借款人涉诉。如发生停产、歇业等情形，贷款人有权宣布贷款提前到期。",)),
    ),
    (("operation_decline", "产能利用率由上季度的82%降至47%"), ("cashflow_deterioration", "结算户日均余额由86万元降至4万元")),
    (
        ("collateral_seizure", "未被查封、冻结"), ("collateral_damage", "无毁损、灭失"),
        ("litigation_defendant", "未发现借款人涉诉"), ("operation_shutdown", "如发生停产、歇业"),
    ),
)  # fmt: skip


def machines() -> Iterator[Drawn]:
    """云洲恒屿精密机械有限公司."""
    for papers in (_machines_statements(), _machines_bills(), _machines_taxes(), _machines_checks()):
        yield from belonging_to(MACHINES.customer_no, papers)


def _machines_statements() -> Iterator[Drawn]:
    half = corporate_ledger(
        92, 11, holder=MACHINES.name, number=MACHINES.accounts[0], start=date(2026, 4, 1), end=date(2026, 9, 30),
        opening=Decimal("862315.40"), business=_MACHINES_TRADE,
    )  # fmt: skip
    spring, summer = (
        half.between(date(2026, 4, 1), date(2026, 6, 30)),
        half.between(date(2026, 7, 1), date(2026, 9, 30)),
    )
    yield statement("ccb", spring, personal=False).called("恒屿机械-建行流水-2026Q2.pdf")
    yield statement("ccb", summer, personal=False).called("恒屿机械-建行流水-2026Q3.pdf")
    others = (
        ("icbc", 1, "pdf", "恒屿-工行明细-7至9月.pdf", date(2026, 7, 1), date(2026, 9, 30), 48, "145233.18"),
        ("abc", 2, "xlsx", "农行网银导出_202607_202609.xlsx", date(2026, 7, 1), date(2026, 9, 30), 34, "96400.75"),
        ("cmb", 3, "pdf", "招行账务明细清单.pdf", date(2026, 8, 1), date(2026, 10, 31), 40, "310225.06"),
    )
    small = Business(
        CUSTOMERS[:3], SUPPLIERS[:3], Decimal("420000"), Decimal("60000"), Decimal("9000"), Decimal("11000")
    )
    for layout, place, medium, name, start, end, rows, opening in others:
        ledger = corporate_ledger(
            rows, 20 + place, holder=MACHINES.name, number=MACHINES.accounts[place], start=start, end=end,
            opening=Decimal(opening), business=small,
        )  # fmt: skip
        yield statement(layout, ledger, medium, personal=False).called(name)  # type: ignore[arg-type]


def _machines_bills() -> Iterator[Drawn]:
    site = Site(MACHINES.utility_nos[0], MACHINES.name)
    for place, kwh in enumerate(KWH):
        index = 2025 * 12 + 8 + place
        year, month = index // 12, index % 12 + 1
        given, site = bill(site, year, month, kwh)
        style = "list" if place < 5 or place == 8 else "notice" if place in (6, 7) else "grid"
        medium = {8: "scan", 9: "photo"}.get(place, "pdf")
        paid = Decimal("20000.00") if style == "notice" else Decimal("0.00")
        drawn = electricity_bill(given, style, medium, seed=place, paid_before=paid)  # type: ignore[arg-type]
        yield drawn.called(f"电费-{year}-{month:02d}.{drawn.name.rsplit('.', 1)[1]}")


def _machines_taxes() -> Iterator[Drawn]:
    given = {"name": MACHINES.name, "uscc": MACHINES.uscc}
    may = vat_lines(Decimal("98765.43"), 2026, 5, stamp=Decimal("1206.60"))
    june = vat_lines(Decimal("91240.16"), 2026, 6, first=2001)
    august = vat_lines(Decimal("52318.77"), 2026, 8, first=3001)
    yield tax_certificate(may, cert_no="(261)云证明00012345", issued=date(2026, 7, 6), **given).called(
        "完税证明-2026-05.pdf"
    )
    scan = tax_certificate(
        june, cert_no="(261)云证明00013871", issued=date(2026, 8, 3), style="boxed", medium="scan", seed=5, **given
    )
    yield scan.called("完税证明扫描件-2026-06.pdf")
    yield tax_certificate(august, cert_no="(261)云证明00017402", issued=date(2026, 10, 12), **given).called(
        "完税证明-2026-08.pdf"
    )


def _machines_checks() -> Iterator[Drawn]:
    no = MACHINES.customer_no
    steel, tools = about(STEEL, MACHINES.name, "抵押"), about(TOOLS, MACHINES.name, "保证")
    first = first_inspection(steel, checked=date(2026, 3, 30))
    yield first.called("首次检查-恒屿机械-0318.pdf").belonging(no, STEEL.loan_note_no)
    second = first_inspection(tools, checked=date(2026, 8, 31), medium="docx", payee="白榆工具量具有限公司")
    yield second.called("首次检查-恒屿机械-0820.docx").belonging(no, TOOLS.loan_note_no)
    facts = {"capacity_utilisation": Decimal("0.47"), "headcount": "96"}
    autumn = post_loan_inspection(steel, _RUNNING_DOWN, checked=date(2026, 10, 20), facts=facts, risk_level="中度",
                                  conclusion="增加检查频率，压降敞口")  # fmt: skip
    yield autumn.called("恒屿机械-贷后检查报告-202610.docx").belonging(no, STEEL.loan_note_no)
    calm = post_loan_inspection(tools, checked=date(2026, 9, 22), medium="pdf", form="boxes", interviewee="总经理梁恒")
    yield calm.called("恒屿机械-贷后检查-202609.pdf").belonging(no, TOOLS.loan_note_no)
    lines = [f"借据号：{STEEL.loan_note_no}", "车间三条线仅开一条，第一大客户转单，占收入38%的订单流失。",
             "仓库原材料充足，存货周转正常，未见积压。", "财务方澜陪同，表示若出口订单继续减少，企业或将减产。"]  # fmt: skip
    note = visit_text(
        MACHINES.name, date(2026, 10, 22), lines,
        asserted=[("operation_decline", "第一大客户转单，占收入38%的订单流失")],
        not_asserted=[("inventory_overstock", "未见积压")],
    )  # fmt: skip
    yield note.called("走访-恒屿-1022.txt").belonging(no, STEEL.loan_note_no)
    lines = ["老板梁恒在厂里，机器有在转。", "水电费均按月缴清，无拖欠。", "没说是哪一笔贷款的事，回去再核对。"]
    note = visit_text(
        MACHINES.name,
        date(2026, 9, 4),
        lines,
        not_asserted=[("utility_arrears", "无拖欠")],
        encoding="gb18030",
        style="message",
    )
    yield note.called("微信走访记录.txt").belonging(None)


# --- 锦岚纺织: sued, seized, late with its taxes; one statement was altered ------------------------------------------

_YARN_TRADE = Business(
    (("海甸云裳服饰有限公司", "1202099909900051234"), ("云洲织语家纺有限公司", "33050199990000045671"),
     ("白榆远航进出口有限公司", "571999900099887")),
    (("星桥棉联纱线有限公司", "1202099909900061616"), ("云洲印染有限公司", "19099901040008181")),
    Decimal("960000"), Decimal("132000"), Decimal("38000"), Decimal("41000"), Decimal("9750.00"),
)  # fmt: skip

_SUED = Told(
    (
        ("四、生产经营情况", ("企业开工正常，织机运转率约七成，员工工资按月发放，未见拖欠工资及供应商货款情况。",)),
        ("八、担保分析", ("抵押厂房已被星桥市中级人民法院轮候查封，期限三年。保证人经营正常，具备代偿能力。",)),
        ("九、公开信息", (
            "借款人作为被告，因买卖合同纠纷被诉至星桥市云溪区人民法院，标的额286万元，案号（2026）云9902民初1234号。",
            "企业欠缴增值税及滞纳金合计94.3万元。经查询失信名单，无记录。",
        )),
        ("十、还款情况", ("该笔贷款已逾期47天，欠息3.6万元。若连续三期未还款，我行将宣布提前到期。",)),
    ),
    (
        ("collateral_seizure", "抵押厂房已被星桥市中级人民法院轮候查封"), ("litigation_defendant", "借款人作为被告"),
        ("tax_arrears", "企业欠缴增值税及滞纳金合计94.3万元"), ("loan_overdue", "该笔贷款已逾期47天"),
    ),
    (("dishonest_debtor", "无记录"), ("guarantor_risk", "保证人经营正常"), ("cashflow_deterioration", "未见拖欠工资")),
)  # fmt: skip


def textiles() -> Iterator[Drawn]:
    """星桥锦岚纺织有限公司."""
    for papers in (_textiles_statements(), _textiles_others()):
        yield from belonging_to(TEXTILES.customer_no, papers)


def _textiles_ledger(place: int, rows: int, start: date, end: date, opening: str) -> Ledger:
    return corporate_ledger(
        rows, 40 + place, holder=TEXTILES.name, number=TEXTILES.accounts[place], start=start, end=end,
        opening=Decimal(opening), business=_YARN_TRADE,
    )  # fmt: skip


def _textiles_statements() -> Iterator[Drawn]:
    spring = _textiles_ledger(0, 62, date(2026, 4, 1), date(2026, 6, 30), "402118.22")
    yield statement("boc", spring, personal=False).called("锦岚纺织-中行对账单-二季度.pdf")
    summer = _textiles_ledger(1, 36, date(2026, 7, 1), date(2026, 9, 30), "218450.09")
    yield statement("rural", summer, "xlsx_numbers", personal=False).called("锦岚-农商行-7-9月.xlsx")
    lied = _textiles_ledger(3, 34, date(2026, 7, 1), date(2026, 9, 30), "155230.47")
    index = max(range(len(lied.movements)), key=lambda i: lied.movements[i].amount)
    alter = {index: lied.movements[index].amount + Decimal("200000")}
    yield statement("icbc", lied, personal=False, alter=alter).called("锦岚纺织-工行流水（客户提供）.pdf")
    october = _textiles_ledger(2, 20, date(2026, 10, 1), date(2026, 10, 31), "93377.61")
    yield statement("ccb", october, "scan", personal=False, seed=9).called("锦岚纺织-建行流水-扫描.pdf")


def _textiles_others() -> Iterator[Drawn]:
    given = {"name": TEXTILES.name, "uscc": TEXTILES.uscc, "authority": "国家税务总局星桥市云溪区税务局"}
    late = vat_lines(Decimal("45210.88"), 2026, 6, first=5001, late=Decimal("452.11"), stamp=Decimal("630.20"))
    yield tax_certificate(late, cert_no="(261)星证明00002208", issued=date(2026, 8, 28), **given).called(
        "锦岚-完税证明-6月.pdf"
    )
    photo = vat_lines(Decimal("31870.40"), 2026, 9, first=6001)
    drawn = tax_certificate(
        photo, cert_no="(261)星证明00003391", issued=date(2026, 10, 26), style="boxed", medium="photo", seed=3, **given
    )
    yield drawn.called("mmexport1793001122.jpg")
    yarn, no, loan = about(YARN, TEXTILES.name, "抵押"), TEXTILES.customer_no, YARN.loan_note_no
    first = first_inspection(yarn, checked=date(2026, 1, 23), medium="docx", payee="星桥棉联纱线有限公司")
    yield first.called("锦岚纺织首检.docx").belonging(no, loan)
    signals = (("资金被挪用", False), ("押品被查封", True), ("停产歇业", False), ("欠缴税费", True))
    report = post_loan_inspection(
        yarn, _SUED, checked=date(2026, 11, 3), medium="pdf", place="星桥市云溪区织锦路6号", interviewee="法定代表人岑锦",
        conclusion="启动风险处置程序", risk_level="重度", signals=signals, next_date=date(2026, 12, 3),
    )  # fmt: skip
    yield report.called("锦岚纺织-专项检查报告.pdf").belonging(no, loan)
    lines = [f"合同号：{YARN.contract_no}", "与法定代表人岑锦见面，三季度回款率仅为51%，较上季下降23个百分点。",
             "抵押设备仍在车间，同小区他栋发生火灾，本押品未受影响。", "其竞争对手被列为失信，与本户无关。"]  # fmt: skip
    note = visit_text(
        TEXTILES.name, date(2026, 11, 5), lines, asserted=[("receivable_deterioration", "三季度回款率仅为51%")],
        not_asserted=[("collateral_damage", "未受影响"), ("dishonest_debtor", "竞争对手")],
    )  # fmt: skip
    yield note.called("锦岚走访.txt").belonging(no, loan)
