"""Papers that look like statements and are none: read as far as they go, said what they are, never counted as flows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.reading import read_file
from records.facts import Paper, State


def of(text: str, name: str = "paper.csv") -> Paper:
    (paper,) = read_file(text.encode("gbk"), name).papers
    return paper


def codes(paper: Paper) -> set[str]:
    return {finding.code for finding in paper.findings}


def amounts(paper: Paper) -> list[str]:
    return [f"{row['amount'].value}" for row in paper.tables["transactions"]]


CARD_BILLS = {
    "two columns": (
        "某银行信用卡账单(2026年01月)\n交易日,银行记账日,卡号后四位,交易描述,存入,支出,币种\n"
        "2026-01-13,2026-01-14,4260,便利店,,50.00,CNY\n2026-01-20,2026-01-20,4260,还款,361.19,,CNY\n"
    ),
    "spending is positive": (
        "某银行信用卡对账单（2026年01月）\n交易日,记账日,交易摘要,人民币金额,卡号末四位\n"
        "01/12,01/14,便利店,50.00,1234\n,01/20,网银还款,-361.19,1234\n"
    ),
    "no sign at all": (
        "交易日期,记账日期,交易说明,交易币种/金额,入账币种/金额\n"
        "2026-01-13,2026-01-14,消费 便利店,CNY 50.00,CNY 50.00\n2026-01-20,2026-01-20,信用卡还款 转账,CNY 361.19,CNY 361.19\n"
    ),
    "only debts in the balance": (
        "明细查询文件下载\n卡号: 1234****5678\n交易日期,记账日期,摘要,记账金额(收入),记账金额(支出),余额\n"
        "2026-01-13,2026-01-14,消费,,50.00,-411.19\n2026-01-20,2026-01-20,自动还款,361.19,,-50.00\n"
        "2026-01-21,2026-01-21,消费,,50.00,-100.00\n"
    ),
}


@pytest.mark.parametrize("text", CARD_BILLS.values(), ids=CARD_BILLS)
def test_the_bill_of_a_credit_card_is_said_to_be_one_and_no_statement(text: str):
    paper = of(text)

    assert paper.type == "unknown"
    assert codes(paper) == {"card_bill"}
    assert amounts(paper)[:2] == ["-50.00", "361.19"]
    assert f"{paper.tables['transactions'][1]['date'].value}" == "2026-01-20"
    assert not paper.indicators


def test_a_debit_account_that_repays_a_loan_stays_a_statement():
    paper = of(
        "某银行账户交易明细\n户名,沈砚秋,账号,6228489999000004561\n交易日期,摘要,收入,支出,余额\n"
        "2026-01-13,工资,8000.00,,8100.00\n2026-01-20,还款,,361.19,7738.81\n2026-01-21,信用卡还款,,50.00,7688.81\n"
    )

    assert paper.type == "bank_statement_personal"


WALLET = (
    "导出信息：\n京东账号名：jd_abc\n日期区间：2026-01-01 至 2026-01-31\n收入：0笔，0.00元\n支出：2笔(含1笔部分退款)，52.13元\n"
    "交易时间,商户名称,交易说明,金额,收/付款方式,交易状态,收/支,交易分类,交易订单号,商家订单号,备注\n"
    "2026-01-30 17:16:02,京东物流,快递,10.20,钱包余额,交易成功,支出,快递,100001,2001,\n"
    "2026-01-28 13:27:56,京东平台商户,卫衣,131.77(已退款89.84),银行卡,交易成功,支出,服饰,100002,2002,\n"
    "2026-01-28 13:28:28,京东平台商户,退款-卫衣,89.84,银行卡,退款成功,不计收支,网购,100003,2003,\n"
)


def test_a_wallet_without_an_id_of_its_own_is_read_net_of_refunds_and_named():
    paper = of(WALLET)

    assert paper.type == "unknown"
    assert [finding.code for finding in paper.findings] == ["wallet_bill"]
    assert "京东" in paper.findings[0].message
    assert amounts(paper) == ["-10.20", "-41.93", "89.84"]
    assert paper.fields["count_out"].value == "2"
    assert all(check.state.value != "fails" for check in paper.checks)


def test_a_journal_of_the_company_itself_is_no_statement_for_its_debits_are_money_in():
    paper = of(
        "银行存款日记账\n单位：云洲恒屿精密机械有限公司\n日期,凭证号,摘要,借方,贷方,方向,余额\n"
        "2026-01-13,记-1,货款,5000.00,,借,5000.00\n2026-01-20,记-2,电费,,361.19,借,4638.81\n"
    )

    assert paper.type == "unknown"
    assert codes(paper) == {"own_books"}
    assert not paper.tables


BALANCE = (
    "存款余额证明书\n兹证明截至2026年06月30日，贵单位在我行开立的下列账户余额为：\n户名：云洲恒屿精密机械有限公司\n"
    "账号：9905010000000012345\n余额（小写）：1,286,530.22\n余额（大写）：人民币{words}\n云洲农商银行临屿支行\n"
)


def test_a_certificate_of_a_balance_is_a_receipt_of_its_own_kind():
    words = "壹佰贰拾捌万陆仟伍佰叁拾元贰角贰分"
    paper = of(BALANCE.format(words=words), "paper.txt")

    assert (paper.type, paper.fields["kind"].value) == ("bank_receipt", "balance_confirmation")
    assert (paper.fields["balance"].value, paper.fields["balance"].state) == (Decimal("1286530.22"), State.VERIFIED)
    assert f"{paper.fields['as_of'].value}" == "2026-06-30"
    assert not paper.absent


def test_a_balance_whose_words_say_another_sum_is_in_conflict():
    paper = of(BALANCE.format(words="壹佰贰拾捌万陆仟伍佰叁拾元整"), "paper.txt")

    assert paper.fields["balance"].state is State.CONFLICT
