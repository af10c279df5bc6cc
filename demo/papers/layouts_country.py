"""Statements of country, village and foreign banks: month and day apart, three things in one cell, dollars, words of their own.

Each was a way of printing that the reader met for the first time on a paper drawn without knowing it (documents.md §2.1, §2.2).
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from demo.draw_table import Look
from demo.identity import money
from demo.papers.layout import (
    CNY,
    IN,
    OUT,
    Cell,
    Item,
    Layout,
    Show,
    account,
    balance,
    constant,
    counted,
    day,
    figure,
    flag,
    holder,
    lines,
    moment,
    noted,
    number,
    one_side,
    period,
    signed,
    total,
    unsigned,
    words,
)
from demo.papers.ledger import Entry, Ledger

PERSON, FIRM = "bank_statement_personal", "bank_statement_corporate"


def _opening(ledger: Ledger) -> Decimal:
    return ledger.opening


def _closing(ledger: Ledger) -> Decimal:
    return ledger.closing


def _three(entry: Entry, _: int) -> str:
    """The counterparty's name, its account and a remark, one under the other."""
    move = entry.movement
    return "\n".join(part for part in (move.name, move.account, move.account and "转账") if part)


def _yuan(sign: int) -> Show:
    """Both sides are always filled: ¥0.00 where nothing moved."""
    return lambda entry, _: f"¥{money(max(entry.movement.amount * sign, Decimal(0)))}"


def _slashed(ledger: Ledger) -> Item:
    """账户：801234/某某公司: the number and whose it is in one place."""
    return Item(
        f"账户：{ledger.number}/{ledger.holder}", 0.0, {"account_no": ledger.number, "account_name": ledger.holder}
    )


def _ends(label: str, joint: str) -> Callable[[Ledger], Item]:
    return period(label, style="%d %b %Y", joint=joint)


COUNTRY_PERSONAL: dict[str, Layout] = {
    "three_deep": Layout(  # rows of three printed lines, no rulings
        PERSON, "滨湖商业银行", "滨湖商业银行个人活期账户历史交易明细",
        (
            Cell("记账日", 22, day(), ("date",)),
            Cell("交易类型", 24, noted("summary"), ("summary",)),
            Cell("收入", 26, one_side(IN), ("amount",), "right"),
            Cell("支出", 26, one_side(OUT), ("amount",), "right"),
            Cell("联机余额", 28, balance(), ("balance",), "right"),
            Cell("对手信息", 56, _three, ("counterparty_name", "counterparty_account"), wraps=True),
        ),
        lines((holder("户名："), account("账/卡号：", 0.4)), (words("币种：人民币", **CNY), period("起止日期：", 0.4))),
        look=Look("none", 7.5, "sans", 5.6),
    ),
    "date_last": Layout(  # the day stands at the end of the row; newest first
        PERSON, "蓝鲸银行", "蓝鲸银行个人账户收支明细",
        (
            Cell("交易说明", 34, noted("summary"), ("summary",)),
            Cell("对方账户名", 50, noted("name"), ("counterparty_name",), wraps=True),
            Cell("收支金额", 30, signed("+"), ("amount",), "right"),
            Cell("账户余额", 30, balance(), ("balance",), "right"),
            Cell("交易时间", 40, moment(), ("date", "time")),
        ),
        lines((holder("姓名："), account("卡号：", 0.5)), (period("交易时段：", style="%Y.%m.%d", joint="-"),)),
        look=Look("head", 7.5, "sans", 6.0), newest_first=True,
    ),
    "compact": Layout(  # a passbook printed out: no commas, one column for both sides
        PERSON, "大别山农村信用合作联社", "大别山农村信用合作联社存折交易明细",
        (
            Cell("日期", 22, day("%Y%m%d"), ("date",)),
            Cell("摘要", 30, noted("summary"), ("summary",)),
            Cell("支出/存入金额", 36, signed(commas=False), ("amount",), "right"),
            Cell("结存余额", 36, balance(commas=False), ("balance",), "right"),
            Cell("网点", 20, constant("0551")),
        ),
        lines((holder("户名："), account("账号：", 0.4)), (period("起止日期：", style="%Y%m%d", joint="—"),)),
        look=Look("none", 8, "sans", 5.4),
    ),
}  # fmt: skip

COUNTRY_CORPORATE: dict[str, Layout] = {
    "month_day": Layout(  # the month and the day in columns of their own, the year in the head, carried from page to page
        FIRM, "岚州市农村信用合作联社", "岚州市农村信用合作联社活期存款明细账",
        (
            Cell("月", 9, day("%m"), ("date",), "center"),
            Cell("日", 9, day("%d"), (), "center"),
            Cell("摘要", 32, noted("summary"), ("summary",)),
            Cell("凭证号", 30, noted("serial"), ("serial_no",)),
            Cell("借方", 30, one_side(OUT), ("amount",), "right"),
            Cell("贷方", 30, one_side(IN), ("amount",), "right"),
            Cell("余额", 34, balance(), ("balance",), "right"),
        ),
        lines((holder("户名："), account("账号：", 0.5)), (period("起止日期：", style="%Y年%m月%d日", joint="至"),)),
        carry=("承前页", "过次页"), look=Look("grid", 7.5, "sans", 5.6), header_everywhere=True,
    ),
    "balance_first": Layout(  # the balance left of the amount, sums and counts over the table
        FIRM, "淮江银行股份有限公司", "淮江银行股份有限公司对公账户交易明细清单",
        (
            Cell("序号", 10, number(), (), "center"),
            Cell("交易日期", 20, day("%Y%m%d"), ("date",)),
            Cell("账户余额", 32, balance(), ("balance",), "right"),
            Cell("借贷标志", 16, flag("贷", "借"), (), "center"),
            Cell("发生额", 30, unsigned(), ("amount",), "right"),
            Cell("摘要", 26, noted("summary"), ("summary",)),
            Cell("对方户名", 62, noted("name"), ("counterparty_name",), wraps=True),
            Cell("流水号", 32, noted("serial"), ("serial_no",)),
        ),
        lines(
            (holder("账户名称："), account("客户账号：", 0.4), words("币种：人民币", 0.75, **CNY)),
            (period("查询时间：", joint=" - "), counted("借方总笔数：", OUT, 0.4), counted("贷方总笔数：", IN, 0.7)),
            (total("借方总金额：", OUT, 0, ""), total("贷方总金额：", IN, 0.4, "")),
        ),
        landscape=True, look=Look("grid", 7.5, "sans", 5.6),
    ),
    "slashed": Layout(  # number and holder in one place, grey bands, newest first
        FIRM, "瓯越银行", "瓯越银行企业账户明细查询结果",
        (
            Cell("交易时间", 38, moment(), ("date", "time")),
            Cell("借方发生额(支取)", 34, one_side(OUT), ("amount",), "right"),
            Cell("贷方发生额(存入)", 34, one_side(IN), ("amount",), "right"),
            Cell("余额", 34, balance(), ("balance",), "right"),
            Cell("摘要", 26, noted("summary"), ("summary",)),
            Cell("对方户名", 62, noted("name"), ("counterparty_name",), wraps=True),
        ),
        lines((_slashed,), (period("日期范围：", style="%Y.%m.%d", joint="~"),)),
        landscape=True, look=Look("head", 7.5, "sans", 5.8), newest_first=True,
    ),
    "always_filled": Layout(  # ¥0.00 on the side that did not move; the serial number is called 交易流水
        FIRM, "蓟北银行股份有限公司", "蓟北银行股份有限公司账户交易流水（对公）",
        (
            Cell("交易流水", 32, noted("serial"), ("serial_no",)),
            Cell("日期", 22, day(), ("date",)),
            Cell("对方名称", 66, noted("name"), ("counterparty_name",), wraps=True),
            Cell("付款金额", 32, _yuan(OUT), ("amount",), "right"),
            Cell("收款金额", 32, _yuan(IN), ("amount",), "right"),
            Cell("当前余额", 34, balance(), ("balance",), "right"),
            Cell("用途", 28, noted("summary"), ("summary",)),
        ),
        lines((holder("账户户名: "), account("账户号码: ", 0.4), period("时间段: ", 0.7, joint=" 到 "),)),
        landscape=True, look=Look("head", 7.5, "sans", 5.6),
    ),
    "dollars": Layout(  # a foreign bank: two languages on two lines, days in English, its opening balance as a row
        FIRM, "海丰万国银行（中国）有限公司", "综合账户对账单 STATEMENT OF ACCOUNT",
        (
            Cell("日期\nDate", 26, day("%d %b %Y"), ("date",)),
            Cell("交易详情\nTransaction Details", 60, noted("summary"), ("summary",)),
            Cell("支出\nWithdrawals", 30, one_side(OUT), ("amount",), "right"),
            Cell("存入\nDeposits", 30, one_side(IN), ("amount",), "right"),
            Cell("结余\nBalance", 34, balance(), ("balance",), "right"),
        ),
        lines(
            (words("海丰万国银行（中国）有限公司"), words("货币 Currency: USD", 0.6, currency="USD")),
            (holder("账户名称 Account Name: "), account("账号 Account Number: ", 0.5)),
            (_ends("对账单期间 Statement Period: ", " - "),),
            (figure("期初余额 Opening Balance: ", "opening_balance", _opening),
             figure("期末余额 Closing Balance: ", "closing_balance", _closing, 0.5)),
        ),
        look=Look("head", 8, "sans", 6.0), title_align="left",
    ),
}  # fmt: skip
