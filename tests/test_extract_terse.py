"""Statements that say less than a reader would like: days without a year, sides by payer and payee, sums at the foot."""

from __future__ import annotations

from decimal import Decimal

import pytest

from demo.draw_office import Letter
from extract.layout import Sheet
from extract.reading import read_document, read_file
from extract.statements.ledger import LedgerDay, LedgerMoney, slashed, yearless
from extract.tables.headers import find_headers
from extract.tables.labels import labels_of
from extract.types.bank_statement_personal import PersonalStatement
from records.document import Document, Page
from records.facts import Paper, State
from tests.paper import line, page, pages, paper

HEAD = "某银行个人账户交易明细\n户名：沈砚秋  账号：6228489999000004561\n起止日期：2026-01-01至2026-03-31\n"


ENGLISH = "Account Statement\nAccount Number: 70118842\nStatement Period: 1 May 2026 - {end}\nDate,Description,Amount,Balance\n"


def of(text: str, name: str = "statement.csv") -> Paper:
    (found,) = read_file(text.encode(), name).papers
    return found


def rows(found: Paper) -> list[tuple[str, str]]:
    return [(f"{row['date'].value}", f"{row['amount'].value}") for row in found.tables["transactions"]]


@pytest.mark.parametrize(
    ("printed", "day"),
    [("03-05", "0004-03-05"), ("3/5", "0004-03-05"), ("03.05", "0004-03-05"), ("3月5日", "0004-03-05"),
     ("17/05", "0004-05-17"), ("13-45", None), ("1.25.3", None)],
)  # fmt: skip
def test_a_day_in_figures_without_its_year(printed: str, day: str | None):
    found = yearless(printed)

    assert (found.isoformat() if found else None) == day


def test_a_day_with_its_month_in_figures_and_dashes():
    assert f"{slashed('07-01-2026', day_first=True)}" == "2026-01-07"
    assert slashed("07-01-26", day_first=True) is None  # 2007 as well as 2026


def test_the_year_of_short_days_comes_from_the_head_and_turns_with_it():
    found = of(
        "某银行账户对账单\n户名,沈砚秋,账号,6228489999000004561\n对账期间：,2025年12月01日至2026年01月31日\n"
        "日期,摘要,支出,收入,余额\n12-30,消费,50.00,,950.00\n01-02,工资,,8000.00,8950.00\n"
    )

    assert rows(found) == [("2025-12-30", "-50.00"), ("2026-01-02", "8000.00")]


def test_one_day_that_has_its_day_first_tells_how_all_are_meant():
    found = of(ENGLISH.format(end="31 May 2026") + "03/05,TESCO,-5.00,95.00\n17/05,SALARY,100.00,195.00\n")

    assert rows(found) == [("2026-05-03", "-5.00"), ("2026-05-17", "100.00")]


def test_days_that_could_be_either_are_not_sure():
    found = of(ENGLISH.format(end="30 June 2026") + "05/06,TESCO,-5.00,95.00\n06/05,SALARY,100.00,195.00\n")

    assert {row["date"].state for row in found.tables["transactions"]} == {State.LOW_CONFIDENCE}


@pytest.mark.parametrize(
    ("printed", "value"), [("(¥1,499.00)", "-1499.00"), ("¥12.30", "12.30"), ("CNY 5.00 DR", "-5.00")]
)
def test_a_currency_beside_a_figure_of_a_ledger(printed: str, value: str):
    picked = LedgerMoney("金额").pick(printed, Decimal(1))

    assert picked is not None
    assert picked[0] == Decimal(value)


@pytest.mark.parametrize("tail", ["打印日期：20260703", "2026-01-01 -- 2026-03-31"])
def test_a_day_by_itself_is_no_row(tail: str):
    found = of(HEAD.replace("  ", ",") + f"交易日期,摘要,收入,支出,余额\n20260103,工资,100.00,,100.00\n{tail}\n")

    assert rows(found) == [("2026-01-03", "100.00")]


def test_balances_brought_and_carried_forward_in_two_languages_are_no_rows():
    found = of(
        "某银行 综合结单\n账户名称：云洲恒屿精密机械有限公司,账户号码：9905010000000012345\n日期,交易详情,存入,提取,结余\n"
        "2026-01-01,承前结余 B/F BALANCE,,,65.00\n2026-01-03,货款,35.00,,100.00\n2026-01-31,结余转下页 C/F BALANCE,,,100.00\n"
    )

    assert rows(found) == [("2026-01-03", "35.00")]


def test_the_sums_in_the_last_line_are_the_sums_of_their_columns():
    found = of(
        HEAD.replace("  ", ",")
        + "交易日期,摘要,支出,收入,余额\n20260103,工资,,100.00,150.00\n20260104,消费,30.00,,120.00\n"
        "20260105,转存,,20.00,140.00\n合计,,30.00,120.00,\n"
    )

    assert (found.fields["total_in"].value, found.fields["total_out"].value) == (Decimal("120.00"), Decimal("30.00"))
    assert {check.identity: check.state.value for check in found.checks}["credits_add_up"] == "holds"


def test_the_sum_of_a_page_is_not_that_of_the_statement():
    found = of(
        HEAD.replace("  ", ",")
        + "交易日期,摘要,支出,收入,余额\n20260103,工资,,100.00,150.00\n20260104,消费,30.00,,120.00\n本页合计,,30.00,100.00,\n"
    )

    assert "total_in" not in found.fields


EXPORT = (
    "查询账号[ Inquirer account number ],9905010000000012345\n查询时间[ Time range ],20260101-20260331\n"
    "付款人账号[ Debit Account No. ],付款人名称[ Payer's Name ],收款人账号[ Payee's Account Number ],收款人名称[ Payee's Name ],"
    "交易日期[ Transaction Date ],交易金额[ Trade Amount ],交易后余额[ After-transaction balance ],摘要[ Reference ]\n"
    "9905010000000012345,云洲恒屿精密机械有限公司,33050161620000000456,国网云洲供电公司,20260103,{out},900.00,电费\n"
    "1202026209900034567,星桥锦岚服饰有限公司,9905010000000012345,云洲恒屿精密机械有限公司,20260104,50.00,950.00,货款\n"
    "9905010000000012345,云洲恒屿精密机械有限公司,33050161620000000456,国网云洲供电公司,20260105,{out},850.00,电费\n"
    "1202026209900034567,星桥锦岚服饰有限公司,9905010000000012345,云洲恒屿精密机械有限公司,20260106,50.00,900.00,货款\n"
)


@pytest.mark.parametrize("out", ["-100.00", "100.00"], ids=["signed", "unsigned"])
def test_an_export_with_payer_and_payee_is_signed_by_whose_account_it_is(out: str):
    found = of(EXPORT.format(out=out))

    assert found.type == "bank_statement_corporate"
    assert [amount for _, amount in rows(found)] == ["-100.00", "50.00", "-100.00", "50.00"]
    assert [str(row["counterparty_name"].value) for row in found.tables["transactions"][:2]] == [
        "国网云洲供电公司",
        "星桥锦岚服饰有限公司",
    ]


def test_heads_that_run_together_are_heads_of_their_own():
    words = line("交易日期|交易金额(元) 余额(元) 交易地点 对手姓名", 0.05)
    sheet = Sheet(*_document(words))
    table = PersonalStatement.table_specs()["transactions"]
    (header,) = find_headers(sheet.strips, table, labels_of(table))

    assert [head.column for head in header.heads] == ["date", "amount", "balance", None, "counterparty_name"]


def _document(words: list) -> tuple[Document, tuple[Page, ...]]:
    document = paper("x")
    page = Page(1, tuple(words), "text")
    return document, (page,)


def test_figures_in_narrow_cells_of_a_letter_are_not_cut():
    letter = Letter("某银行个人账户交易明细清单")
    letter.text("户名：沈砚秋    卡号：6228489999000004561")
    letter.table(
        [["序号", "交易日期", "交易类型", "发生额", "余额", "对方户名", "对方账号", "附言"],
         ["1", "2026-02-01", "代付", "-12,808.28", "1,212.41", "云洲锦澜金属材料有限公司", "6268599844948147982", "7月电费"],
         ["2", "2026-02-14", "转存", "484.96", "1,697.37", "沈砚秋", "6285871727271318536", ""]]
    )  # fmt: skip
    (found,) = read_file(letter.finish(), "statement.docx").papers

    assert rows(found) == [("2026-02-01", "-12808.28"), ("2026-02-14", "484.96")]


@pytest.mark.parametrize("text", ["03-05 消费", "06/17/2026 CARD", "17 Jun CARD"])
def test_a_first_look_may_take_in_the_column_beside(text: str):
    assert LedgerDay("日期").pick(text, Decimal(1)) is not None


def test_rows_above_a_head_that_comes_again_in_the_middle_of_a_page_go_on_from_the_page_before():
    """A print of fixed pages on paper of another length: its head stands wherever it stands."""
    head = "交易日期|摘要|支出|收入|余额"
    first = page(
        "某银行个人账户交易明细", "户名：沈砚秋|账号：6228489999000004561", head, "2026-01-03|工资||100.00|150.00",
        "2026-01-04|消费|30.00||120.00",
    )  # fmt: skip
    second = page(
        "2026-01-05|消费|20.00||100.00", "2026-01-06|转存||50.00|150.00", "某银行个人账户交易明细",
        "起止日期：2026-01-01至2026-03-31|打印日期 2026-04-01", head, "2026-01-07|消费|10.00||140.00",
    )  # fmt: skip
    (found,) = read_document(pages(first, second)).papers

    assert [day for day, _ in rows(found)] == [f"2026-01-0{number}" for number in range(3, 8)]
    assert all(check.state.value != "fails" for check in found.checks)


def test_a_statement_in_english_is_a_company_s_when_it_is_addressed_to_one():
    lines = (
        "Harbour Bank Limited\nACCOUNT STATEMENT\n{holder}\nAccount No: 78812345\nDate|Details|Debit|Credit|Balance\n"
    )
    rest = "03 Jan 2026|Transfer||50.00|150.00\n04 Jan 2026|Transfer|30.00||120.00\n05 Jan 2026|Transfer|20.00||100.00"
    kinds = [
        read_document(paper(*(lines.format(holder=holder) + rest).split("\n"))).papers[0].type
        for holder in ("ORCHARD MOULD TECH CO., LTD.", "Mr J Hollis")
    ]

    assert kinds == ["bank_statement_corporate", "bank_statement_personal"]


@pytest.mark.parametrize("heads", ["甲方金额,乙方金额", "支出类金额,余下金额"])
def test_of_two_columns_of_amounts_whose_sides_no_word_tells_the_balances_tell(heads: str):
    found = of(
        HEAD.replace("  ", ",")
        + f"交易日期,{heads},余额,摘要\n20260103,,100.00,150.00,工资\n20260104,30.00,,120.00,消费\n"
        "20260105,,20.00,140.00,转存\n20260106,40.00,,100.00,消费\n"
    )

    assert [amount for _, amount in rows(found)] == ["100.00", "-30.00", "20.00", "-40.00"]
    first = found.tables["transactions"][0]["amount"]
    assert first.state is State.LOW_CONFIDENCE  # no balance stands before it


@pytest.mark.parametrize(
    ("out", "came"), [("付方金额", "收方金额"), ("出账", "入账"), ("汇出额", "汇入额"), ("减少", "增加")]
)
def test_sides_under_the_names_of_provincial_banks(out: str, came: str):
    found = of(
        HEAD.replace("  ", ",")
        + f"余额,交易日期,{out},{came},摘要\n150.00,20260103,,100.00,工资\n120.00,20260104,30.00,,消费\n"
    )

    assert [amount for _, amount in rows(found)] == ["100.00", "-30.00"]


def test_a_row_without_an_amount_is_said_to_be_one():
    found = of(
        HEAD.replace("  ", ",") + "交易日期,摘要,收入,支出,余额\n20260103,工资,100.00,,150.00\n20260104,调整,,,120.00\n"
    )

    assert {finding.code for finding in found.findings} >= {"amount_missing"}


@pytest.mark.parametrize(
    "head",
    ["起始日期：2025-12-01,截止日期：2026-01-31", "对账月份：2025年12月01日至2026年01月31日"],
    ids=["two labels", "a label nobody knows"],
)
def test_the_year_of_short_days_is_that_of_the_last_day_told_not_of_the_first(head: str):
    found = of(
        f"某银行账户对账单\n户名：沈砚秋,账号：6228489999000004561\n{head}\n日期,摘要,支出,收入,余额\n"
        "12-30,消费,50.00,,950.00\n01-02,工资,,8000.00,8950.00\n"
    )

    assert [day for day, _ in rows(found)] == ["2025-12-30", "2026-01-02"]


@pytest.mark.parametrize("holder", ["云洲新力鞋材厂（普通合伙）", "云洲建材门市部", "云洲恒屿精密机械有限公司"])
def test_firms_that_are_no_companies_have_corporate_statements(holder: str):
    found = of(
        f"某银行账户交易明细\n户名,{holder},账号,9905010000000012345\n交易日期,摘要,收入,支出,余额\n20260103,工资,100.00,,150.00\n"
    )

    assert found.type == "bank_statement_corporate"


def test_two_accounts_one_under_the_other_have_a_chain_each():
    head = "交易日期,摘要,交易金额,余额"
    found = of(
        "某银行个人账户交易明细\n户名：沈砚秋,起止日期：2026-01-01至2026-03-31\n"
        f"账号：6228489999000004561\n{head}\n20260103,工资,100.00,150.00\n20260104,消费,-30.00,120.00\n"
        f"账号：6228489999000009999\n{head}\n20260103,转存,5.00,905.00\n20260105,消费,-5.00,900.00\n"
    )

    assert not [check for check in found.checks if check.state.value == "fails"]
    assert "opening_balance" not in found.fields  # of which of the two?


def test_heads_under_merged_ones_say_what_the_merged_ones_only_share():
    head = [
        ["交易时间", "", "发生额", "", "余额", "对方信息", ""],
        ["日期", "时间", "借方", "贷方", "", "账号", "户名"],
    ]
    body = [["20260103", "10:00:00", "", "100.00", "150.00", "6228489999000004561", "沈砚秋"],
            ["20260104", "11:00:00", "30.00", "", "120.00", "6228489999000009999", "陈恒之"]]  # fmt: skip
    found = of(
        "\n".join(",".join(row) for row in [["某银行对公账户交易明细"], ["账号：9905010000000012345"], *head, *body])
    )

    assert rows(found) == [("2026-01-03", "100.00"), ("2026-01-04", "-30.00")]
    first = {name: str(cell.value) for name, cell in found.tables["transactions"][0].items()}
    assert (first["counterparty_name"], first["counterparty_account"]) == ("沈砚秋", "6228489999000004561")
    assert first["time"] == "10:00:00"
