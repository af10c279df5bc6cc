"""Statements of banks that no layout was made for: each way of printing was read wrongly once on a paper drawn without knowing."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pytest
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from demo.draw_office import Grid, xlsx_bytes
from extract.reading import read_file
from records.facts import Paper

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
        [(15, "滨湖银行个人账户交易明细")], [(15, "户名：林晓"), (70, "卡号：6210810022334455667"), (130, "起止日期：2026-04-01至2026-04-30")],
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
    from demo.draw import Sheet

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
    assert str(paper.fields["period"].value) in ("2026-04-01 – 2026-04-30", str(paper.period))
    assert (str(paper.period.start), str(paper.period.end)) == ("2026-04-01", "2026-04-30") if paper.period else False


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
        "东屿银行企业账户交易明细", "账户名称：岚州市青禾机械制造有限公司,账号：801234567890123456", "起止日期：2026-04-01至2026-04-30",
        "交易日期,币种,借方金额,贷方金额,余额,摘要",
        "2026-04-02,人民币,,50.00,150.00,货款", "2026-04-02,美元,,7.00,17.00,货款",
        "2026-04-03,人民币,30.00,,120.00,运费", "2026-04-04,美元,5.00,,12.00,运费", "合计,,35.00,57.00,,",
    )  # fmt: skip

    assert column(paper, "currency") == ["CNY", "USD", "CNY", "USD"]
    assert [check.state.value for check in paper.checks if check.identity == "row_chain"] == ["holds", "holds"]
    assert not {"currency", "total_in", "total_out", "opening_balance", "closing_balance"} & paper.fields.keys()


def test_the_currency_of_all_rows_is_that_of_the_account():
    paper = csv(
        "东屿银行企业账户交易明细", "账户名称：岚州市青禾机械制造有限公司,账号：801234567890123456", "起止日期：2026-04-01至2026-04-30",
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
        "平江银行单位活期存款明细", "户名：岚州市青禾机械制造有限公司,账号：801234567890123456", "起止日期：2026-04-01至2026-04-30",
        ",".join(HEAD), "2026-04-02,货款,,50.00,150.00", "2026-04-02,运费,30.00,,120.00", "2026-04-02,本日合计,30.00,50.00,120.00",
        "2026-04-03,运费,20.00,,100.00", "2026-04-03,本日合计,20.00,0.00,100.00",
    )  # fmt: skip

    assert column(paper, "amount") == ["50.00", "-30.00", "-20.00"]
