"""Statements that say less: days without a year, flags of one character, heads with their unit set close, sums at the foot only.

Taken from how provincial and city banks print (documents.md §2.1, §2.2): nothing here is new to a reader of many banks, and
each was read wrongly once.
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
    Layout,
    Show,
    account,
    balance,
    constant,
    day,
    figure,
    flag,
    holder,
    lines,
    noted,
    number,
    one_side,
    pair,
    period,
    signed,
    time,
    total,
    unsigned,
    words,
)
from demo.papers.ledger import Entry, Ledger

PERSON, FIRM = "bank_statement_personal", "bank_statement_corporate"


def _bracketed(entry: Entry, _: int) -> str:
    """(¥1,234.50) for money out."""
    amount = entry.movement.amount
    return f"(¥{money(-amount)})" if amount < 0 else f"¥{money(amount)}"


def _side(payer: bool, own: str, other: str) -> Show:
    """A column of the payer or of the payee: the holder's own on one side, the counterparty's on the other."""

    def show(entry: Entry, _: int) -> str:
        mine = payer == (entry.movement.amount < 0)
        return own if mine else getattr(entry.movement, other) or ""

    return show


def _opening(ledger: Ledger) -> object:
    return ledger.opening


TERSE_PERSONAL: dict[str, Layout] = {
    "flag_close": Layout(  # heads with (元) so close that they run together, a flag of one character
        PERSON, "云岭银行", "云岭银行个人账户交易流水",
        (
            Cell("交易日期", 22, day("%Y.%m.%d"), ("date",)),
            Cell("收支", 9, flag("收", "支"), (), "center"),
            Cell("交易金额(元)", 24, unsigned(), ("amount",), "right"),
            Cell("账户余额(元)", 25, balance(), ("balance",), "right"),
            Cell("交易地点", 22, constant("云洲")),
            Cell("对手姓名", 46, noted("name"), ("counterparty_name",), wraps=True),
            Cell("对方账号", 40, noted("account"), ("counterparty_account",)),
        ),
        lines((holder("客户户名："), account("卡号：", 0.5)), (period("交易区间：", joint="至"),)),
        look=Look("none", 7.5, "Helvetica", 6.0),
    ),
    "no_year": Layout(  # 03-05: the year stands in the head
        PERSON, "栖川银行", "栖川银行个人活期账户对账单",
        (
            Cell("日期", 16, day("%m-%d"), ("date",)),
            Cell("摘要", 30, noted("summary"), ("summary",)),
            Cell("支取金额", 28, one_side(OUT), ("amount",), "right"),
            Cell("存入金额", 28, one_side(IN), ("amount",), "right"),
            Cell("结余", 30, balance(), ("balance",), "right"),
            Cell("对方户名", 48, noted("name"), ("counterparty_name",), wraps=True),
        ),
        lines((holder("户名："), account("账号：", 0.5)),
              (period("对账期间：", style="%Y年%m月%d日", joint="至"), figure("上期余额：", "opening_balance", _opening, 0.6))),
        lines((total("本期支取合计：", OUT, 0, " 共{count}笔"), total("本期存入合计：", IN, 0.4, " 共{count}笔"),
               figure("本期余额：", "closing_balance", lambda led: led.closing, 0.78))),
        look=Look("head", 8, "sans", 5.8),
    ),
    "bracketed": Layout(  # money out in brackets, the sign of the currency inside
        PERSON, "锦澜银行", "锦澜银行个人客户账户明细",
        (
            Cell("序号", 10, number(), (), "center"),
            Cell("交易日期", 22, day(), ("date",)),
            Cell("交易金额", 30, _bracketed, ("amount",), "right"),
            Cell("账户余额", 32, lambda e, _: f"¥{money(e.balance)}", ("balance",), "right"),
            Cell("摘要", 26, noted("summary"), ("summary",)),
            Cell("对方户名", 50, noted("name"), ("counterparty_name",), wraps=True),
        ),
        lines((holder("客户姓名："), account("账号：", 0.5)), (period("查询区间：", joint="~"),)),
        look=Look("grid", 8, "sans", 6.0),
    ),
    "time_below": Layout(  # the time of day under the day, no rulings, the account under the name
        PERSON, "恒屿银行", "恒屿银行个人账户交易明细",
        (
            Cell("交易时间", 24, lambda e, _: f"{e.movement.day:%Y/%m/%d}\n{e.movement.time or '00:00:00'}", ("date", "time"),
                 wraps=True),
            Cell("交易类型", 24, noted("summary"), ("summary",)),
            Cell("收入", 26, one_side(IN), ("amount",), "right"),
            Cell("支出", 26, one_side(OUT), ("amount",), "right"),
            Cell("余额", 28, balance(), ("balance",), "right"),
            Cell("对方信息", 52, pair("name", "account", "\n"), ("counterparty_name", "counterparty_account"), wraps=True),
        ),
        lines((holder("姓名："), account("账户：", 0.5)), (period("起止日期：", style="%Y.%m.%d", joint="-"),)),
        lines((words("打印日期：20261102"),)),
        look=Look("none", 7.5, "sans", 6.4), newest_first=True,
    ),
}  # fmt: skip


def _lettered(value: Callable[[Entry], Decimal]) -> Show:
    """1,234.50贷: the side behind the figure."""
    return lambda entry, _: f"{money(abs(value(entry)))}{'借' if value(entry) < 0 else '贷'}"


TERSE_CORPORATE: dict[str, Layout] = {
    "book": Layout(  # an old ledger sheet: month and day, the side of the balance, carried from page to page
        FIRM, "云洲工商银行", "云洲工商银行企业存款对账单",
        (
            Cell("日期", 14, day("%m.%d"), ("date",)),
            Cell("凭证种类", 18, constant("转账")),
            Cell("凭证号", 24, noted("serial"), ("serial_no",)),
            Cell("摘要", 28, noted("summary"), ("summary",)),
            Cell("借方发生额", 28, one_side(OUT), ("amount",), "right"),
            Cell("贷方发生额", 28, one_side(IN), ("amount",), "right"),
            Cell("借/贷", 10, constant("贷"), (), "center"),
            Cell("余额", 30, balance(), ("balance",), "right"),
        ),
        lines((holder("户名："), account("账号：", 0.6)),
              (period("对账期间：", style="%Y年%m月%d日", joint="至"), words("币种：人民币", 0.6, **CNY))),
        carry=("承前页", "过次页"), look=Look("grid", 7.5, "sans", 5.6), header_everywhere=True,
    ),
    "lettered": Layout(  # one column, the side as a letter behind every figure
        FIRM, "白榆银行", "白榆银行单位存款账户对账单",
        (
            Cell("记账日期", 24, day(), ("date",)),
            Cell("凭证号码", 26, noted("serial"), ("serial_no",)),
            Cell("摘要", 30, noted("summary"), ("summary",)),
            Cell("发生额", 34, _lettered(lambda e: e.movement.amount), ("amount",), "right"),
            Cell("余额", 38, _lettered(lambda e: e.balance), ("balance",), "right"),
            Cell("对方户名", 48, noted("name"), ("counterparty_name",), wraps=True),
        ),
        lines((holder("单位名称："), account("账号：", 0.55)), (period("对账日期：", style="%Y年%m月%d日", joint="—"),)),
        look=Look("rows", 8, "sans", 6.0),
    ),
}  # fmt: skip

#: Layouts that no bank prints: what its site hands out as a file.
EXPORTS: dict[str, Layout] = {
    "sides": Layout(  # an export with a payer and a payee in every row, the holder on one side
        FIRM, None, "交易明细",
        (
            Cell("付款人账号[ Debit Account No. ]", 40, _side(True, "{number}", "account")),
            Cell("付款人名称[ Payer's Name ]", 40, _side(True, "{holder}", "name")),
            Cell("收款人账号[ Payee's Account Number ]", 40, _side(False, "{number}", "account")),
            Cell("收款人名称[ Payee's Name ]", 40, _side(False, "{holder}", "name")),
            Cell("交易日期[ Transaction Date ]", 24, day("%Y%m%d"), ("date",)),
            Cell("交易时间[ Transaction time ]", 24, time(":", "00:00:00"), ("time",)),
            Cell("交易金额[ Trade Amount ]", 30, signed(commas=False), ("amount",), "right"),
            Cell("交易后余额[ After-transaction balance ]", 30, balance(commas=False), ("balance",), "right"),
            Cell("交易流水号[ Transaction reference number ]", 30, noted("serial"), ("serial_no",)),
            Cell("摘要[ Reference ]", 30, noted("summary"), ("summary", "counterparty_name", "counterparty_account")),
        ),
        lines((account("查询账号[ Inquirer account number ]: "),), (period("查询时间[ Time range ]: ", 0, "%Y%m%d", "-"),)),
    ),
}  # fmt: skip
