"""Layouts of banks that print less often (documents.md §2.1, §2.2): five for persons, four for firms.

Varied on purpose: two-sided columns under other names, no header on later pages, a title that says 回单, time before amount,
figures to the left, zeros written out, sums above the table or nowhere.
"""

from __future__ import annotations

from demo.draw_table import Look
from demo.papers.layout import (
    CNY,
    IN,
    OUT,
    Cell,
    Layout,
    account,
    balance,
    constant,
    counted,
    day,
    figure,
    holder,
    lines,
    moment,
    noted,
    number,
    one_side,
    pair,
    period,
    signed,
    time,
    total,
    words,
)

PERSON, FIRM = "bank_statement_personal", "bank_statement_corporate"

OTHER_PERSONAL: dict[str, Layout] = {
    "psbc": Layout(
        PERSON, "中国邮政储蓄银行", "中国邮政储蓄银行借记账户历史明细",
        (
            Cell("交易日期", 22, day("%Y/%m/%d"), ("date",)),
            Cell("交易金额", 26, signed(), ("amount",), "right"),
            Cell("余额", 26, balance(), ("balance",), "right"),
            Cell("摘要", 24, noted("summary"), ("summary",)),
            Cell("对方户名", 44, noted("name", "--"), ("counterparty_name",), wraps=True),
            Cell("对方账号", 40, noted("account", "--"), ("counterparty_account",)),
        ),
        lines(
            (holder("账户名称："), account("账号：", 0.5)), (period("起止日期：", joint="~"), words("币种：人民币", 0.5, **CNY)),
        ),
        look=Look("rows", 7.5, "Times-Roman", 6.2), seal="中国邮政储蓄银行云洲市分行业务专用章",
    ),
    "pingan": Layout(
        PERSON, "平安银行", "平安银行个人账户交易明细清单",
        (
            Cell("交易日期", 22, day(), ("date",)),
            Cell("交易金额", 25, signed("+"), ("amount",)),
            Cell("余额", 25, balance(), ("balance",)),
            Cell("交易地点", 22, noted("channel")),
            Cell("摘要", 22, noted("summary"), ("summary",)),
            Cell("备注", 24, noted("remark"), ("remark",), wraps=True),
            Cell("对手信息", 42, noted("name"), ("counterparty_name",), wraps=True),
        ),
        lines((holder("户名："), account("账号：", 0.5)), (period("起始日期：", joint=" 结束日期："),)),
        look=Look("none", 7.5, "Helvetica", 6.4), newest_first=True, page_no="{page} / {pages}",
    ),
    "everbright": Layout(
        PERSON, "中国光大银行", "中国光大银行对私活期账户明细",
        (
            Cell("交易日期\nTrans Date", 26, day(), ("date",)),
            Cell("交易时间\nTrans Time", 22, time(":", "00:00:00"), ("time",)),
            Cell("支出金额\nTrans Amt Dr", 32, one_side(OUT), ("amount",), "right"),
            Cell("存入金额\nTrans Amt Cr", 32, one_side(IN), ("amount",), "right"),
            Cell("账户余额\nAccount Balance", 34, balance(), ("balance",), "right"),
            Cell("对方户名\nCounterparty", 52, noted("name"), ("counterparty_name",), wraps=True),
            Cell("摘要\nSummary", 32, noted("summary"), ("summary",)),
        ),
        lines((holder("户名："), account("卡号：", 0.4)), (period("起止日期：", joint="-", style="%Y%m%d"),)),
        subtitle="Transaction Statement of China Everbright Bank", landscape=True, look=Look("grid", 8, "sans", 6.6),
    ),
    "spdb": Layout(
        PERSON, "上海浦东发展银行", "上海浦东发展银行个人客户交易流水专用回单",
        (
            Cell("交易日期", 22, day("%Y%m%d"), ("date",)),
            Cell("交易时间", 20, time(":", "00:00:00"), ("time",)),
            Cell("摘要", 26, noted("summary"), ("summary",)),
            Cell("金额", 28, signed(commas=False), ("amount",), "right"),
            Cell("余额", 28, balance(commas=False), ("balance",), "right"),
            Cell("对手名称", 46, noted("name"), ("counterparty_name",), wraps=True),
        ),
        lines((holder("客户姓名："), account("卡号/账号：", 0.45)), (period("查询时间范围：", joint="至"),)),
        lines((words("以上内容仅供参考"),)),
        look=Look("head", 8, "Courier", 5.8), header_everywhere=True,
    ),
    "minsheng": Layout(
        PERSON, "中国民生银行", "中国民生银行个人账户对账单",
        (
            Cell("交易时间", 32, moment(), ("date", "time")),
            Cell("摘要", 24, noted("summary"), ("summary",)),
            Cell("交易金额", 25, signed(), ("amount",), "right"),
            Cell("账户余额", 26, balance(), ("balance",), "right"),
            Cell("现转标志", 14, constant("转账"), (), "center"),
            Cell("对方户名/账号", 56, pair("name", "account", "/"), ("counterparty_name", "counterparty_account"), wraps=True),
        ),
        lines((holder("客户姓名 "), account("客户账号 ", 0.45)), (period("起止日期 ", joint=" - "),)),
        look=Look("grid", 7, "sans", 6.0), watermark="民生银行电子回单",
    ),
}  # fmt: skip

OTHER_CORPORATE: dict[str, Layout] = {
    "abc_firm": Layout(
        FIRM, "中国农业银行", "中国农业银行企业账户明细",
        (
            Cell("交易时间", 32, moment(), ("date", "time")),
            Cell("收入金额", 28, one_side(IN), ("amount",), "right"),
            Cell("支出金额", 28, one_side(OUT), ("amount",), "right"),
            Cell("账户余额", 30, balance(), ("balance",), "right"),
            Cell("交易行名", 34, noted("bank"), ("counterparty_bank",), wraps=True),
            Cell("对方账号", 40, noted("account"), ("counterparty_account",)),
            Cell("对方户名", 48, noted("name"), ("counterparty_name",), wraps=True),
            Cell("交易用途", 26, noted("summary"), ("summary",)),
        ),
        lines((account("账号："), holder("户名：", 0.4)), (period("起止日期：", joint=" - "), words("币种：人民币", 0.4, **CNY))),
        landscape=True, look=Look("rows", 7.5, "Helvetica", 6.0),
    ),
    "citic": Layout(
        FIRM, "中信银行", "中信银行账户交易明细",
        (
            Cell("交易日期", 20, day("%Y%m%d"), ("date",)),
            Cell("柜员交易号", 24, noted("serial"), ("serial_no",)),
            Cell("借方发生额", 27, one_side(OUT, "0.00"), ("amount",), "right"),
            Cell("贷方发生额", 27, one_side(IN, "0.00"), ("amount",), "right"),
            Cell("账户余额", 28, balance(), ("balance",), "right"),
            Cell("对方账号", 38, noted("account"), ("counterparty_account",)),
            Cell("对方账户名称", 48, noted("name"), ("counterparty_name",), wraps=True),
            Cell("摘要", 28, noted("summary"), ("summary",)),
        ),
        lines(
            (holder("账户名称："), account("账号：", 0.45), words("币种：人民币", 0.8, **CNY)),
            (period("查询时间范围：", joint="至"), figure("期初余额：", "opening_balance", lambda led: led.opening, 0.45)),
            (counted("借方笔数：", OUT), total("借方合计：", OUT, 0.25, ""), counted("贷方笔数：", IN, 0.5),
             total("贷方合计：", IN, 0.75, "")),
        ),
        landscape=True, look=Look("grid", 7.5, "Helvetica", 6.2, shade=(0.95, 0.9, 0.9)), header_everywhere=True,
    ),
    "hxb": Layout(
        FIRM, "华夏银行", "华夏银行对公账户明细",
        (
            Cell("序号", 10, number(), (), "center"),
            Cell("交易日期", 20, day(), ("date",)),
            Cell("交易时间", 18, time(":", "00:00:00"), ("time",)),
            Cell("支出金额", 26, one_side(OUT), ("amount",), "right"),
            Cell("收入金额", 26, one_side(IN), ("amount",), "right"),
            Cell("余额", 27, balance(), ("balance",), "right"),
            Cell("对方账号", 36, noted("account"), ("counterparty_account",)),
            Cell("对方户名", 42, noted("name"), ("counterparty_name",), wraps=True),
            Cell("核心流水号", 22, noted("serial"), ("serial_no",)),
            Cell("摘要", 24, noted("summary"), ("summary",)),
        ),
        lines((holder("户名："), account("账号：", 0.5)), (period("起止日期：", joint="至"), words("开户行：云洲临屿支行", 0.5))),
        lines((total("支出合计：", OUT), total("收入合计：", IN, 0.35))),
        landscape=True, look=Look("grid", 7, "sans", 5.8), newest_first=True,
    ),
    "psbc_firm": Layout(
        FIRM, "中国邮政储蓄银行", "中国邮政储蓄银行账户交易明细专用回单",
        (
            Cell("交易日期", 24, day("%Y年%m月%d日"), ("date",)),
            Cell("支出金额", 28, one_side(OUT, "-"), ("amount",), "right"),
            Cell("收入金额", 28, one_side(IN, "-"), ("amount",), "right"),
            Cell("余额", 30, balance(), ("balance",), "right"),
            Cell("摘要", 26, noted("summary"), ("summary",)),
            Cell("对方户名", 46, noted("name"), ("counterparty_name",), wraps=True),
        ),
        lines((holder("单位名称："), account("账号：", 0.55)), (period("对账期间：", joint="—"),)),
        look=Look("head", 8, "sans", 6.4), seal="中国邮政储蓄银行",
    ),
}  # fmt: skip
