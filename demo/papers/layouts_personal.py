"""How banks print the accounts of persons (documents.md §2.1): signed, flagged or two columns, in two languages, newest first."""

from __future__ import annotations

from collections.abc import Callable

from demo.draw_table import Look
from demo.papers.layout import (
    CNY,
    IN,
    OUT,
    Cell,
    Item,
    Layout,
    account,
    balance,
    constant,
    day,
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
from demo.papers.layouts_country import COUNTRY_PERSONAL
from demo.papers.layouts_others import OTHER_PERSONAL
from demo.papers.layouts_terse import TERSE_PERSONAL
from demo.papers.ledger import Ledger

KIND = "bank_statement_personal"


def _id(label: str, at: float) -> Callable[[Ledger], Item]:
    return lambda ledger: Item(f"{label}{ledger.id_no}", at, {"id_no": ledger.id_no}) if ledger.id_no else Item("", at)


def _from_to(ledger: Ledger) -> list[list[Item]]:
    return [
        [Item(f"账号/卡号Account/Card No: {ledger.number}", 0, {"account_no": ledger.number}),
         Item(f"户名Account Name: {ledger.holder}", 0.55, {"account_name": ledger.holder})],
        [Item(f"查询起日Query Starting Date: {ledger.start}", 0, {"period": (ledger.start, ledger.end)}),
         Item(f"查询止日Query Ending Date: {ledger.end}", 0.55)],
        [Item("币种Currency: 人民币 CNY", 0, CNY), Item(f"打印时间Printed: {ledger.end} 16:20:08", 0.55)],
    ]  # fmt: skip


PERSONAL: dict[str, Layout] = {
    "abc": Layout(
        KIND, "中国农业银行", "中国农业银行账户活期交易明细清单",
        (
            Cell("交易日期", 17, day("%Y%m%d"), ("date",)),
            Cell("交易时间", 15, time(""), ("time",)),
            Cell("交易摘要", 18, noted("summary"), ("summary",)),
            Cell("交易金额", 21, signed("+", commas=False), ("amount",), "right"),
            Cell("本次余额", 21, balance(commas=False), ("balance",), "right"),
            Cell("对手信息", 35, pair("name", "account", "\n", "-"), ("counterparty_name", "counterparty_account"), wraps=True),
            Cell("日志号", 19, noted("serial"), ("serial_no",)),
            Cell("交易渠道", 18, noted("channel", "-"), ("channel",)),
            Cell("交易附言", 24, noted("remark", "-"), ("remark",), wraps=True),
        ),
        lines(
            (holder("户名："), account("账户：", 0.4)),
            (words("币种：人民币", **CNY), words("汇钞标识：本币", 0.2), period("起止日期：", 0.4, "%Y%m%d", "-")),
            (words("电子流水号：26110100000000000001"),),
        ),
        look=Look("grid", 7, "sans", 5.8), header_everywhere=True, seal="中国农业银行电子回单专用章",
    ),
    "icbc": Layout(
        KIND, "中国工商银行", "中国工商银行借记账户历史明细（电子版）",
        (
            Cell("交易日期", 30, lambda e, _: f"{e.movement.day} {e.movement.time or '00:00:00'}", ("date", "time")),
            Cell("账号", 34, constant("{number}")),
            Cell("储种", 10, constant("活期")),
            Cell("序号", 10, lambda _, place: f"{place:05d}"),
            Cell("币种", 13, constant("人民币")),
            Cell("钞汇", 9, constant("钞")),
            Cell("摘要", 18, noted("summary"), ("summary",)),
            Cell("地区", 10, constant("9999")),
            Cell("收入/支出金额", 25, signed("+"), ("amount",), "right"),
            Cell("余额", 24, balance(), ("balance",), "right"),
            Cell("对方户名", 36, noted("name"), ("counterparty_name",), wraps=True),
            Cell("对方账号", 34, noted("account"), ("counterparty_account",)),
            Cell("渠道", 18, noted("channel"), ("channel",)),
        ),
        lines((account("卡号 "), holder("户名：", 0.3), period("起止日期：", 0.55, joint=" — "))),
        landscape=True, look=Look("rows", 7, "Helvetica", 5.4), header_everywhere=True, page_no="共 {pages} 页 第 {page} 页",
    ),
    "ccb": Layout(
        KIND, "中国建设银行", "中国建设银行个人活期账户全部交易明细",
        (
            Cell("序号", 10, number(), (), "center"),
            Cell("摘要", 20, noted("summary"), ("summary",)),
            Cell("币别", 15, constant("人民币元")),
            Cell("钞汇", 10, constant("钞")),
            Cell("交易日期", 19, day("%Y%m%d"), ("date",)),
            Cell("交易金额", 24, signed(), ("amount",), "right"),
            Cell("账户余额", 25, balance(), ("balance",), "right"),
            Cell("交易地点/附言", 30, pair("remark", "channel", " "), (), wraps=True),
            Cell("对方账号与户名", 38, pair("account", "name", "/"), ("counterparty_name", "counterparty_account"), wraps=True),
        ),
        lines(
            (account("卡号/账号:"), holder("客户名称:", 0.5)),
            (words("币别:人民币元", **CNY), words("钞汇:钞", 0.25), period("起止日期:", 0.5, "%Y%m%d", " - ")),
        ),
        look=Look("grid", 7, "Helvetica", 5.8, shade=(0.9, 0.93, 0.98)), page_no="第{page}页 共{pages}页",
    ),
    "cmb": Layout(
        KIND, "招商银行", "招商银行交易流水",
        (
            Cell("记账日期\nDate", 23, day(), ("date",)),
            Cell("货币\nCurrency", 17, constant("CNY")),
            Cell("交易金额\nTransaction Amount", 34, signed(), ("amount",), "right"),
            Cell("联机余额\nBalance", 30, balance(), ("balance",), "right"),
            Cell("交易摘要\nTransaction Type", 34, noted("summary"), ("summary",)),
            Cell("对手信息\nCounter Party", 50, pair("name", "account", " "),
                 ("counterparty_name", "counterparty_account"), wraps=True),
        ),
        lines(
            (holder("户 名：", 0), account("账号：", 0.5)),
            (words("账户类型：ALL/全币种"), words("开 户 行：云洲分行营业部", 0.5)),
            (period("申请时间范围：", joint=" -- "), words("验 证 码：ZSYH2611", 0.5)),
        ),
        watermark="招商银行 仅供查询使用", subtitle="Transaction Statement of China Merchants Bank",
        look=Look("head", 8, "Helvetica", 6.0),
        page_no="{page}/{pages}",
    ),
    "boc": Layout(
        KIND, "中国银行", "中国银行交易流水明细清单",
        (
            Cell("记账日期", 18, day(), ("date",)),
            Cell("记账时间", 15, time(":", "00:00:00"), ("time",)),
            Cell("币别", 12, constant("人民币")),
            Cell("金额", 20, signed(), ("amount",), "right"),
            Cell("余额", 21, balance(), ("balance",), "right"),
            Cell("交易名称", 19, noted("summary"), ("summary",)),
            Cell("渠道", 17, noted("channel", "-------------------"), ("channel",), wraps=True),
            Cell("附言", 19, noted("remark", "-------------------"), ("remark",), wraps=True),
            Cell("对方账户名", 31, noted("name", "-------------------"), ("counterparty_name",), wraps=True),
            Cell("对方卡号/账号", 33, noted("account", "-------------------"), ("counterparty_account",), wraps=True),
        ),
        lines(
            (period("交易区间：", style="%Y-%m-%d", joint=" 至 "), holder("客户姓名：", 0.5)),
            (account("借记卡号：", 0), words("打印日期：2026/11/02", 0.5)),
        ),
        newest_first=True, look=Look("grid", 6.5, "sans", 6.4),
    ),
    "bocom": Layout(
        KIND, "交通银行", "交通银行个人客户交易清单",
        (
            Cell("序号\nNo.", 10, number(), (), "center"),
            Cell("交易日期\nTrans Date", 22, day(), ("date",)),
            Cell("交易时间\nTrans Time", 20, time(":", "00:00:00"), ("time",)),
            Cell("交易类型\nTrading Type", 25, noted("summary"), ("summary",)),
            Cell("借贷\nDc Flg", 14, flag("贷 Cr", "借 Dr"), ("amount",), "center"),
            Cell("交易金额\nTrans Amt", 28, unsigned(), ("amount",), "right"),
            Cell("余额\nBalance", 28, balance(), ("balance",), "right"),
            Cell("对方账号\nPayment Receipt Account", 44, noted("account"), ("counterparty_account",)),
            Cell("对方户名\nPayment Receipt Account Name", 56, noted("name"), ("counterparty_name",), wraps=True),
            Cell("交易地点\nTrading Place", 24, noted("channel")),
        ),
        _from_to,
        lambda _: [],
        subtitle="Bocom Personal Account Details", landscape=True, look=Look("grid", 8, "sans", 6.6),
        page_no="第{page}页/共{pages}页 Page {page} of {pages}",
    ),
    "rural": Layout(
        KIND, "云洲农村商业银行", "云洲农村商业银行个人账户/卡明细信息",
        (
            Cell("序号", 11, number(), (), "center"),
            Cell("交易日期", 21, day("%Y.%m.%d"), ("date",)),
            Cell("收入", 24, one_side(IN, "0.00"), ("amount",), "right"),
            Cell("支出", 24, one_side(OUT, "0.00"), ("amount",), "right"),
            Cell("余额", 26, balance(), ("balance",), "right"),
            Cell("对方户名", 36, noted("name"), ("counterparty_name",), wraps=True),
            Cell("对方账号", 36, noted("account"), ("counterparty_account",)),
            Cell("摘要", 16, noted("summary"), ("summary",), wraps=True),
        ),
        lines(
            (holder("姓名："), account("卡号：", 0.3, masked=True), _id("证件号码：", 0.62)),
            (period("起止日期：", style="%Y%m%d", joint="至"), total("总收入：", IN, 0.45, ""), total("总支出：", OUT, 0.72, "")),
        ),
        newest_first=True, look=Look("rows", 7.5, "Courier", 5.8), title_size=13,
    ),
    "icbc_csv": Layout(  # the bank does not name itself in its own export
        KIND, None, "明细查询文件下载",
        (
            Cell("交易日期", 20, day(), ("date",)),
            Cell("摘要", 20, noted("summary"), ("summary",)),
            Cell("交易场所", 20, noted("channel")),
            Cell("交易国家或地区简称", 20, constant("CHN")),
            Cell("钞/汇", 20, constant("钞")),
            Cell("交易金额(收入)", 20, constant("-")),
            Cell("交易金额(支出)", 20, constant("-")),
            Cell("交易币种", 20, constant("-")),
            Cell("记账金额(收入)", 20, one_side(IN), ("amount",)),
            Cell("记账金额(支出)", 20, one_side(OUT), ("amount",)),
            Cell("记账币种", 20, constant("人民币")),
            Cell("余额", 20, balance(), ("balance",)),
            Cell("对方户名", 20, noted("name"), ("counterparty_name",)),
        ),
        lines(
            (account("卡号: "), words("卡别名称: 工资卡", 0.3), holder("户名: ", 0.6)),
            (words("子账户序号: 00000"), words("子账户类别: 活期", 0.3), period("起止日期: ", 0.6, joint=" - ")),
        ),
        newest_first=True,
    ),
    **OTHER_PERSONAL,
    **TERSE_PERSONAL,
    **COUNTRY_PERSONAL,
}  # fmt: skip
