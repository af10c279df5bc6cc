"""The papers of the two persons, of somebody nobody knows, and files that nobody can read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from demo.book import ENGINEER, FOOD, GROCER, HOME
from demo.companies import about
from demo.papers import (
    Drawn,
    Household,
    Site,
    Told,
    bill,
    broken_pdf,
    electricity_bill,
    empty_file,
    first_inspection,
    locked_pdf,
    personal_ledger,
    post_loan_inspection,
    statement,
    visit_photo,
    visit_text,
)

QUARTER = (date(2026, 7, 1), date(2026, 9, 30))
_SHOP = Household(
    None, Decimal("0"), Decimal("24650.00"), takings=5200,
    income=(("云洲第三小学食堂", "33050199990000071001"), ("临屿社区生鲜合作社", "1202099909900033221"),
            ("何远帆", "6228489999000007711")),
)  # fmt: skip
_JOB = Household("云洲星河软件有限公司", Decimal("18650"), Decimal("9412.37"), last_salary=date(2026, 8, 31))

_INTO_STOCKS = Told(
    (
        ("四、资金流向", ("经逐笔核对，信贷资金中12万元已银证转账至证券账户。其余资金用于采购，凭证齐全。",)),
        ("九、公开信息", ("经查询征信，借款人无逾期记录。未被列为被执行人。",)),
        ("十、家庭情况", ("借款人与配偶已协议离婚，店铺由借款人继续经营。",)),
    ),
    (("fund_diversion", "信贷资金中12万元已银证转账至证券账户"), ("divorce", "借款人与配偶已协议离婚")),
    (("credit_overdue", "无逾期记录"), ("enforcement_target", "未被列为被执行人")),
)  # fmt: skip


def grocer() -> Iterator[Drawn]:
    """沈砚秋, who keeps a shop."""
    no, loan = GROCER.customer_no, FOOD.loan_note_no
    given = {"holder": GROCER.name, "id_no": GROCER.id_no, "start": QUARTER[0], "end": QUARTER[1], "home": _SHOP}
    main = personal_ledger(64, 61, number=GROCER.accounts[0], opening=Decimal("73518.06"), **given)
    yield statement("abc", main, personal=True).called("沈砚秋-农行流水.pdf").belonging(no)
    side = personal_ledger(45, 62, number=GROCER.accounts[1], opening=Decimal("21940.33"), **given)
    yield statement("icbc_csv", side, "csv", personal=True).called("hisdetail1793660000.csv").belonging(no)
    local = personal_ledger(38, 63, number=GROCER.accounts[2], opening=Decimal("18004.90"), **given)
    yield statement("rural", local, personal=True).called("沈砚秋农商行卡明细.pdf").belonging(no)
    food = about(FOOD, GROCER.name, "信用")
    first = first_inspection(food, checked=date(2026, 5, 20), payee="云洲恒达食品批发部", inspectors=("何屿", "周岚"))
    yield first.called("个贷首检_沈砚秋.pdf").belonging(no, loan)
    report = post_loan_inspection(
        food, _INTO_STOCKS, checked=date(2026, 10, 15), form="boxes", inspectors=("何屿", "周岚"), place="云洲市临屿区菜市街22号",
        interviewee="沈砚秋", conclusion="要求限期归还挪用资金",
        signals=(("资金被挪用", True), ("押品被查封", False), ("欠缴税费", False)),
    )  # fmt: skip
    yield report.called("沈砚秋-贷后检查.docx").belonging(no, loan)
    lines = [f"借据号 {loan}", "店里客人不多，门店日均客流不足去年同期三成。", "水电费均按月缴清，无拖欠。",
             "其母亲生病住院，由医保及子女分担，未影响还款。"]  # fmt: skip
    note = visit_text(
        GROCER.name, date(2026, 10, 28), lines, visitor="何屿", asserted=[("operation_decline", "门店日均客流不足去年同期三成")],
        not_asserted=[("utility_arrears", "无拖欠"), ("serious_illness", "母亲生病住院")],
    )  # fmt: skip
    yield note.called("沈砚秋走访.txt").belonging(no, loan)


_OUT_OF_WORK = Told(
    (
        ("四、工作与收入", ("借款人所在公司裁员，其已于9月失业，现无固定收入。",)),
        ("五、还款情况", ("本息均按期足额归还，无逾期。若借款人失业时间较长，可申请调整还款方式。",)),
        ("六、健康与家庭", ("借款人身体健康，婚姻稳定，双方一度提起离婚，已撤诉和好。",)),
    ),
    (("job_loss", "其已于9月失业"),),
    (("loan_overdue", "无逾期"), ("divorce", "已撤诉和好"), ("restructuring", "拟与借款人协商")),
)  # fmt: skip


def engineer() -> Iterator[Drawn]:
    """顾临川, who lost his work in August."""
    no, loan = ENGINEER.customer_no, HOME.loan_note_no
    given = {"holder": ENGINEER.name, "id_no": ENGINEER.id_no, "home": _JOB}
    long = {"start": date(2026, 5, 1), "end": date(2026, 10, 31)}
    salary = personal_ledger(58, 71, number=ENGINEER.accounts[0], opening=Decimal("46210.55"), **long, **given)
    yield statement("cmb", salary, personal=True).called("招商银行交易流水(顾临川).pdf").belonging(no)
    quarter = {
        "start": QUARTER[0],
        "end": QUARTER[1],
        **given,
        "home": Household(None, Decimal("0"), Decimal("1210.00")),
    }
    scanned = personal_ledger(20, 72, number=ENGINEER.accounts[1], opening=Decimal("15230.00"), **quarter)
    yield statement("bocom", scanned, "scan", personal=True, seed=4).called("顾临川交行清单-扫描.pdf").belonging(no)
    third = personal_ledger(26, 73, number=ENGINEER.accounts[2], opening=Decimal("9688.41"), **quarter)
    yield statement("ccb", third, "xlsx", personal=True).called("建行交易明细_顾.xlsx").belonging(no)
    fourth = personal_ledger(40, 74, number=ENGINEER.accounts[3], opening=Decimal("20177.93"), **quarter)
    yield statement("boc", fourth, personal=True).called("中行流水-顾临川.pdf").belonging(no)
    home = about(HOME, ENGINEER.name, "信用")
    report = post_loan_inspection(
        home, _OUT_OF_WORK, checked=date(2026, 11, 6), medium="pdf", kind="专项检查", inspectors=("何屿", "周岚"),
        place="云洲市临屿区星河花园3幢", interviewee="顾临川", conclusion="拟与借款人协商调整还款计划", risk_level="中度",
    )  # fmt: skip
    yield report.called("顾临川贷后检查报告.pdf").belonging(no, loan)
    lines = ["上门走访，本人在家。", "单位裁员，已于9月失业，", "现无固定收入，靠配偶工资还月供。", "未发现涉诉情况。"]
    note = visit_photo(
        ENGINEER.name, date(2026, 11, 4), lines, visitor="何屿", seed=6, asserted=[("job_loss", "失业")],
        not_asserted=[("litigation_defendant", "未发现涉诉")],
    )  # fmt: skip
    yield note.called("IMG_20261104_走访.jpg").belonging(no, loan)


def strangers() -> Iterator[Drawn]:
    """A bill of a company that is no customer, and three files that cannot be read."""
    site = Site("9909998887", "海甸听澜食品有限公司", "海甸市听澜路9号", 400, 40)
    given, _ = bill(site, 2026, 9, 41200)
    yield electricity_bill(given, "grid").called("电费单-听澜.pdf").belonging(None)
    yield from (broken_pdf(), empty_file(), locked_pdf())


def everything() -> Iterator[Drawn]:
    """All papers of the persons and of nobody."""
    yield from grocer()
    yield from engineer()
    yield from strangers()
