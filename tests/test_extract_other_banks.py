"""Statements of banks that no layout was made for: each way of printing was read wrongly once, on a paper drawn blind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from demo.draw import Sheet
from demo.draw_office import Grid, xlsx_bytes
from extract.reading import read_file
from records.facts import Paper, Period, State

HEAD = ["日期", "摘要", "支出", "收入", "余额"]


def csv(*lines: str) -> Paper:
    (paper,) = read_file("\n".join(lines).encode(), "statement.csv").papers
    return paper


def english(*lines: Sequence[tuple[float, str]]) -> Paper:
    """A page of words at millimetres from the left; a text that begins with ``<`` ends there."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setFont("Helvetica", 9)
    for number, line in enumerate(lines):
        for x, text in line:
            put = canvas.drawRightString if text.startswith("<") else canvas.drawString
            put(x * mm, (280 - 5 * number) * mm, text.lstrip("<"))
    canvas.save()
    (paper,) = read_file(out.getvalue(), "statement.pdf").papers
    return paper


def values(paper: Paper, *names: str) -> list[str | None]:
    return [str(paper.fields[name].value) if name in paper.fields else None for name in names]


def column(paper: Paper, name: str) -> list[str | None]:
    return [str(row[name].value) if name in row else None for row in paper.tables["transactions"]]


def test_a_day_that_stands_over_its_rows_is_the_day_of_each():
    paper = csv(
        "云端银行交易流水", "户名：欧阳海燕,,卡号：6222020200112233445", "交易期间：2026-04-01 至 2026-04-30",
        "时间,摘要,对方户名,交易金额,余额",
        "2026年04月02日", "09:12:33,消费,林晓,-10.00,990.00", "10:00:00,工资,何佩玲,+100.00,1090.00",
        "2026年04月05日", "08:00:01,消费,林晓,-90.00,1000.00",
    )  # fmt: skip

    assert column(paper, "date") == ["2026-04-02", "2026-04-02", "2026-04-05"]
    assert column(paper, "time") == ["09:12:33", "10:00:00", "08:00:01"]
    assert column(paper, "amount") == ["-10.00", "100.00", "-90.00"]


@pytest.mark.parametrize(
    ("cell", "name", "account", "remark"),
    [
        ("柏舟电子商务有限公司\n22003322453832364\n6月货款", "柏舟电子商务有限公司", "22003322453832364", "6月货款"),
        ("周建国\n5499095145475277", "周建国", "5499095145475277", None),
        ("江淮嘉禾食品股份\n有限公司", "江淮嘉禾食品股份有限公司", None, None),
    ],
    ids=["name, number, remark", "name and number", "a name in two lines"],
)
def test_lines_of_one_cell_are_told_apart(cell: str, name: str, account: str | None, remark: str | None):
    parts = [*cell.split("\n"), "", ""]
    row = [(15, "2026-04-02"), (40, "<10.00"), (70, "<990.00"), (80, parts[0])]
    paper = chinese(
        [(15, "滨湖银行个人账户交易明细")],
        [(15, "户名：林晓"), (70, "卡号：6210810022334455667"), (130, "起止日期：2026-04-01至2026-04-30")],
        [(15, "日期"), (35, "<支出"), (55, "<收入"), (70, "<余额"), (80, "对手信息")],
        row, [(80, parts[1])], [(80, parts[2])], [],
        [(15, "2026-04-03"), (40, "<90.00"), (70, "<900.00"), (80, "何佩玲")],
    )  # fmt: skip

    first = paper.tables["transactions"][0]
    told = [
        str(first[key].value) if key in first else None
        for key in ("counterparty_name", "counterparty_account", "remark")
    ]
    assert told == [name, account, remark]


def chinese(*lines: Sequence[tuple[float, str]]) -> Paper:
    """The same page in Chinese."""
    sheet = Sheet()
    for number, line in enumerate(lines):
        for x, text in line:
            sheet.text(x, 20 + 4 * number, text.lstrip("<"), size=8, align="right" if text.startswith("<") else "left")
    (paper,) = read_file(sheet.finish(), "statement.pdf").papers
    return paper


def test_a_company_on_the_envelope_holds_the_account():
    paper = english(
        [(15, "Tamar & Wessex Bank plc")], [(15, "Business Current Account statement")],
        [(15, "Quayside Joinery Limited"), (120, "Account number 40728813")], [(15, "01 April 2026 to 30 April 2026")], [],
        [(15, "Date"), (35, "Description"), (110, "<Money out"), (140, "<Money in"), (180, "<Balance")],
        [(15, "01 Apr"), (35, "Balance brought forward"), (180, "<100.00")],
        [(15, "02 Apr"), (35, "BACS Orchard Mills Ltd"), (140, "<50.00"), (180, "<150.00")],
        [(15, "03 Apr"), (35, "Office rent"), (110, "<30.00"), (180, "<120.00")],
    )  # fmt: skip

    assert paper.type == "bank_statement_corporate"
    assert values(paper, "account_name", "bank_name", "opening_balance") == [
        "Quayside Joinery Limited",
        "Tamar & Wessex Bank plc",
        "100.00",
    ]
    assert column(paper, "date") == ["2026-04-02", "2026-04-03"]


def test_small_print_about_fraud_names_no_currency():
    paper = english(
        [(15, "Tamar Bank plc Account statement")], [(15, "Ms Imogen Hartley"), (120, "Account number 40728813")],
        [(15, "Currency: see how we protect you from fraud")], [(15, "From 01-Apr-2026"), (120, "To 30-Apr-2026")], [],
        [(15, "Date"), (35, "Description"), (110, "<Paid out"), (140, "<Paid in"), (180, "<Balance")],
        [(15, "02 Apr 2026"), (45, "Salary"), (140, "<50.00"), (180, "<150.00")],
        [(15, "03 Apr 2026"), (45, "Rent"), (110, "<30.00"), (180, "<120.00")],
    )  # fmt: skip

    assert "currency" not in paper.fields
    assert paper.period == Period(date(2026, 4, 1), date(2026, 4, 30))


def test_an_account_number_kept_as_a_number_is_told_and_not_read():
    above = [
        ["户名", "岚州市青禾机械制造有限公司"],
        ["账号", "8.01234567890123E+15"],
        ["起止日期", "2026-04-01至2026-04-30"],
    ]
    rows = [["2026-04-02", "货款", "", "50.00", "150.00"], ["2026-04-03", "运费", "30.00", "", "120.00"]]
    (paper,) = read_file(xlsx_bytes(Grid("岭南湾银行账户明细", above, HEAD, rows)), "statement.xlsx").papers

    assert "account_no" not in paper.fields or paper.fields["account_no"].value is None
    assert "precision_lost" in {finding.code for finding in paper.findings}


def test_each_row_of_a_statement_in_two_currencies_says_its_own():
    paper = csv(
        "东屿银行企业账户交易明细", "账户名称：岚州市青禾机械制造有限公司,账号：801234567890123456",
        "起止日期：2026-04-01至2026-04-30",
        "交易日期,币种,借方金额,贷方金额,余额,摘要",
        "2026-04-02,人民币,,50.00,150.00,货款", "2026-04-02,美元,,7.00,17.00,货款",
        "2026-04-03,人民币,30.00,,120.00,运费", "2026-04-04,美元,5.00,,12.00,运费", "合计,,35.00,57.00,,",
    )  # fmt: skip

    assert column(paper, "currency") == ["CNY", "USD", "CNY", "USD"]
    assert [check.state.value for check in paper.checks if check.identity == "row_chain"] == ["holds", "holds"]
    assert not {"currency", "total_in", "total_out", "opening_balance", "closing_balance"} & paper.fields.keys()


def test_the_currency_of_all_rows_is_that_of_the_account():
    paper = csv(
        "东屿银行企业账户交易明细", "账户名称：岚州市青禾机械制造有限公司,账号：801234567890123456",
        "起止日期：2026-04-01至2026-04-30",
        "交易日期,币种,借方金额,贷方金额,余额,摘要", "2026-04-02,美元,,7.00,17.00,货款", "2026-04-04,美元,5.00,,12.00,运费",
    )  # fmt: skip

    assert values(paper, "currency") == ["USD"]
    assert column(paper, "currency") == [None, None]


@pytest.mark.parametrize("title", ["客户往来明细账", "供应商对账单", "证券账户资金流水", "现金日记账"])
def test_what_no_bank_says_is_no_statement(title: str):
    paper = csv(
        title, "单位：岚州市青禾机械制造有限公司,期间：2026-04-01至2026-04-30", ",".join(HEAD),
        "2026-04-02,货款,,50.00,150.00", "2026-04-03,运费,30.00,,120.00",
    )  # fmt: skip

    assert paper.type == "unknown"


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["账户：801234567890123456/岚州市青禾机械制造有限公司"], "岚州市青禾机械制造有限公司"),
        (["单位：岚州市青禾机械制造有限公司", "账号：801234567890123456", "单位：元"], "岚州市青禾机械制造有限公司"),
    ],
    ids=["behind the number", "a unit is no name"],
)
def test_whose_account_it_is(lines: list[str], name: str):
    paper = csv(
        "瓯越银行对公账户明细", *lines, "起止日期：2026-04-01至2026-04-30", ",".join(HEAD),
        "2026-04-02,货款,,50.00,150.00", "2026-04-03,运费,30.00,,120.00",
    )  # fmt: skip

    assert values(paper, "account_name", "account_no") == [name, "801234567890123456"]


def test_days_summed_up_are_no_rows():
    paper = csv(
        "平江银行单位活期存款明细", "户名：岚州市青禾机械制造有限公司,账号：801234567890123456",
        "起止日期：2026-04-01至2026-04-30",
        ",".join(HEAD), "2026-04-02,货款,,50.00,150.00", "2026-04-02,运费,30.00,,120.00",
        "2026-04-02,本日合计,30.00,50.00,120.00",
        "2026-04-03,运费,20.00,,100.00", "2026-04-03,本日合计,20.00,0.00,100.00",
    )  # fmt: skip

    assert column(paper, "amount") == ["50.00", "-30.00", "-20.00"]


def test_a_day_under_its_row_and_a_minus_that_says_it_twice():
    paper = english(
        [(15, "GBP statement")], [(15, "1 May 2026 [GMT] - 31 May 2026 [GMT]")],
        [(15, "Account Holder"), (80, "Account number")], [(15, "Harbour & Finch Ltd"), (80, "20481133")], [],
        [(15, "Description"), (120, "<Incoming"), (155, "<Outgoing"), (190, "<Amount")],
        [(15, "Sent money to Opus Facilities"), (155, "<-57.29"), (190, "<1,774.48")],
        [(15, "30 May 2026 Transaction: TRANSFER-401865453")],
        [(15, "Received money from Northgate Rentals"), (120, "<1,266.18"), (190, "<1,831.77")],
        [(15, "28 May 2026 Transaction: TRANSFER-624468742")],
        [(15, "Sent money to HMRC VAT"), (155, "<-431.72"), (190, "<565.59")],
        [(15, "25 May 2026 Transaction: TRANSFER-837533052")],
    )  # fmt: skip

    assert paper.type == "bank_statement_corporate"
    assert values(paper, "account_name", "account_no", "currency") == ["Harbour & Finch Ltd", "20481133", "GBP"]
    assert column(paper, "date") == ["2026-05-30", "2026-05-28", "2026-05-25"]
    assert column(paper, "amount") == ["-57.29", "1266.18", "-431.72"]
    assert column(paper, "remark")[0] == "Transaction: TRANSFER-401865453"
    assert [check.state.value for check in paper.checks if check.identity == "row_chain"] == ["holds"]


def sectioned(deposits: str = "$150.00", *, minus: str = "") -> Paper:
    return english(
        [(15, "Mesa Valley Credit Union")], [(15, "Business Checking Statement")],
        [(15, "Copper Basin Supply Inc"), (110, "Account Number: 5520118834")],
        [(110, "Statement Period: May 1, 2026 - May 31, 2026")],
        [(15, "Beginning Balance"), (90, "<$1,000.00")], [(15, "Total Deposits"), (90, f"<{deposits}")],
        [(15, "Total Withdrawals"), (90, "<$70.00")], [(15, "Ending Balance"), (90, "<$1,080.00")], [],
        [(15, "Deposits and Other Credits")], [(15, "Date"), (45, "Description"), (160, "<Amount")],
        [(15, "05/03/2026"), (45, "ACH Fairmile Timber"), (160, "<100.00")],
        [(15, "05/19/2026"), (45, "ACH Opus"), (160, "<50.00")], [],
        [(15, "Withdrawals and Other Debits")], [(15, "Date"), (45, "Description"), (160, "<Amount")],
        [(15, "05/05/2026"), (45, "Rent"), (160, f"<{minus}30.00")],
        [(15, "05/21/2026"), (45, "Tax"), (160, f"<{minus}40.00")],
    )  # fmt: skip


@pytest.mark.parametrize("minus", ["", "-"], ids=["the title is the sign", "title and minus"])
def test_sections_of_what_came_in_and_what_went_out(minus: str):
    paper = sectioned(minus=minus)

    assert values(paper, "bank_name", "opening_balance", "closing_balance") == [
        "Mesa Valley Credit Union",
        "1000.00",
        "1080.00",
    ]
    assert column(paper, "amount") == ["100.00", "50.00", "-30.00", "-40.00"]
    assert {paper.fields[name].state for name in ("total_in", "total_out")} == {State.VERIFIED}


def test_a_sum_of_a_section_that_is_wrong_is_told():
    paper = sectioned("$180.00")

    assert paper.fields["total_in"].state is State.CONFLICT
    assert "identity_fails" in {finding.code for finding in paper.findings}


@pytest.mark.parametrize(("carried", "wrong"), [("100.00", False), ("700.00", True)], ids=["right", "wrong"])
def test_a_balance_carried_over_the_first_row_opens_the_chain(carried: str, wrong: bool):
    paper = chinese(
        [(15, "岚州农村信用合作联社活期存款明细账")], [(15, "户名：溪口镇永盛五金厂"), (90, "账号：1901010120010000456789")],
        [(15, "起止日期：2026年4月1日至2026年4月30日")], [],
        [(17, "月"), (25, "日"), (35, "摘要"), (85, "<借方"), (115, "<贷方"), (150, "<余额")],
        [(35, "承前页"), (150, f"<{carried}")],
        [(17, "04"), (25, "03"), (35, "货款"), (115, "<50.00"), (150, "<150.00")],
        [(17, "04"), (25, "09"), (35, "运费"), (85, "<30.00"), (150, "<120.00")],
        [(35, "过次页"), (150, "<120.00")],
    )  # fmt: skip

    assert column(paper, "date") == ["2026-04-03", "2026-04-09"]
    assert paper.fields["opening_balance"].value == Decimal(carried)
    assert (paper.fields["opening_balance"].state is State.CONFLICT) == wrong


def test_a_ledger_in_two_stretches_goes_on_at_the_right():
    head = [(15, "日期"), (60, "<支出"), (75, "<收入"), (95, "<余额")]
    there = [(110, "日期"), (155, "<支出"), (170, "<收入"), (190, "<余额")]
    paper = chinese(
        [(15, "澧水银行对公账户流水")],
        [(15, "户名：溪口镇永盛五金厂"), (70, "账号：801234567890123456"), (130, "起止日期：2026-04-01至2026-04-30")], [],
        [*head, *there],
        [(15, "2026-04-02"), (60, "<30.00"), (95, "<70.00"), (110, "2026-04-05"), (170, "<9.00"), (190, "<99.00")],
        [(15, "2026-04-03"), (75, "<20.00"), (95, "<90.00"), (110, "2026-04-06"), (155, "<1.00"), (190, "<98.00")],
    )  # fmt: skip

    assert column(paper, "amount") == ["-30.00", "20.00", "9.00", "-1.00"]


@pytest.mark.parametrize(
    ("printed", "number"), [("QJ202604150007", "QJ202604150007"), ("2026 0415 0007", "202604150007")]
)
def test_letters_of_a_receipts_number_are_kept(printed: str, number: str):
    paper = chinese(
        [(80, "曲江银行电子回单")], [(15, f"回单编号：{printed}"), (110, "日期：2026年04月15日")],
        [(15, "付款人户名：岚州市青禾机械制造有限公司"), (110, "收款人户名：泽阳百川贸易有限公司")],
        [(15, "付款人账号：801234567890123456"), (110, "收款人账号：31002000300040001")],
        [(15, "金额（大写）：叁万元整"), (110, "金额（小写）：¥30,000.00")], [(15, "用途：货款")],
    )  # fmt: skip

    assert values(paper, "serial_no") == [number]


def test_masked_counts_and_sums_are_not_read_in_part():
    paper = csv(
        "蓝鲸银行对公账户明细", "户名：岚州市青禾机械制造有限公司,账号：801234567890123456", "起止日期：2026-04-01至2026-04-30",
        "收入笔数：1*笔,收入合计：***,***.12", "支出笔数：**笔,支出合计：30.00", ",".join(HEAD),
        "2026-04-02,货款,,50.00,150.00", "2026-04-03,运费,30.00,,120.00",
    )  # fmt: skip

    assert values(paper, "count_in", "total_in", "count_out", "total_out") == [None, None, None, "30.00"]
