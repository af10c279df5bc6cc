"""The labels over and under the rows of a statement, under all the names banks give them (documents.md §2.1, §2.2)."""

from __future__ import annotations

from collections.abc import Sequence


def _composed(sides: Sequence[str], ends: Sequence[str], given: Sequence[str]) -> tuple[str, ...]:
    """Every way to put a side and what is counted of it together (借方总金额, 合计支出); those given before stay first."""
    ways = [*given, *(f"{side}{end}" for side in sides for end in ends)]
    return tuple(dict.fromkeys(ways))


IN = ("贷方", "收入", "存入", "收方", "收款", "转入", "汇入", "入账", "进账", "来账")
OUT = ("借方", "支出", "支取", "付方", "付款", "转出", "汇出", "出账", "取出", "往账")
SUMS = ("合计", "合计金额", "合计数", "总额", "总金额", "总计", "发生额合计", "发生总额", "金额合计", "交易总额")
COUNTS = ("笔数", "总笔数", "合计笔数", "发生笔数", "发生总笔数", "交易笔数", "笔数合计")

HOLDER = (
    "户名", "账户名称", "客户名称", "客户姓名", "账户名", "账户户名", "账户姓名", "客户户名", "存款人名称", "持卡人姓名",
    "Account Holder", "本方户名", "单位名称", "姓名", "Account Name", "Customer Name", "Name", "单位户名", "存款人", "客户",
    "账户持有人", "Account Title", "Account Holder Name", "Business Name", "单位",
)  # fmt: skip
ACCOUNT = (
    "账号", "卡号", "账户", "客户账号", "借记卡号", "账号/卡号", "卡号/账号", "本方账号", "账户账号", "账(卡)号",
    "查询账号", "单位账号", "对公账号", "账(卡)号码", "账户号码", "Account No", "Account No.", "Account Number", "A/C No.",
    "存款账号", "存款人账号", "户主账号", "结算账户", "银行卡号", "银行账户", "结算账号", "银行账号", "账户编号",
    "户口号码", "账户号", "Acct No", "Acct No.", "Acct. No.", "Acc No", "A/C No",
)  # fmt: skip
PERIOD = (
    "起止日期", "查询时间范围", "对账期间", "查询期间", "起止时间", "交易起止日期", "查询日期", "时间段", "账单期间",
    "查询时间段", "交易时间段", "对账日期", "时间范围", "日期范围", "查询起止", "交易期间", "交易区间", "查询区间",
    "申请时间范围", "账单周期", "起止时间段", "交易日期范围", "明细期间", "Period", "Statement Period",
    "Statement date range", "Period covered", "查询起止日期", "起止期间", "账期", "交易时段", "查询范围", "对账时间", "期间",
    "查询起止时间", "明细起止日期", "对账起止", "对账起止日期", "统计期间", "结单期间",
)  # fmt: skip
STARTS = (
    "起始日期", "查询起日", "开始日期", "起始日", "起日", "查询开始日期", "查询起始日期", "开始时间", "起始时间",
    "查询开始时间", "查询起始时间",
)  # fmt: skip
ENDS = (
    "结束日期", "截止日期", "查询止日", "终止日期", "截止日", "止日", "查询结束日期", "查询截止日期", "结束时间", "截止时间",
    "终止时间", "查询结束时间", "查询截止时间",
)  # fmt: skip
OPENING = (
    "期初余额", "承前余额", "上期余额", "起始余额", "账单期初余额", "承前页余额", "承前页", "上页余额", "期初结余",
    "承前结余", "本期期初余额", "Balance B/F", "B/F Balance", "Opening Ledger Balance", "Opening Balance",
    "Balance Brought Forward", "Previous Balance", "Balance brought forward", "Start balance", "Balance at start",
    "Beginning balance", "起初余额", "上期结余", "上日余额", "上月余额", "期初账面余额", "期初账户余额", "承上余额",
    "上期结转", "Balance forward", "Opening Bal",
)  # fmt: skip
CLOSING = (
    "期末余额", "账单期末余额", "截止余额", "期末结余", "本期余额", "本期期末余额", "Closing Ledger Balance",
    "Closing Balance", "Balance Carried Forward", "New Balance", "End balance", "Ending balance", "Balance at end",
    "期末账面余额", "期末账户余额", "本期结余", "最终余额", "Closing Bal", "Current balance",
)  # fmt: skip
_TOTAL_IN = (
    "收入合计", "总收入", "贷方合计", "存入合计", "贷方发生额合计", "收入总额", "贷方发生总额", "收入总金额", "贷方总额",
    "贷方累计", "合计收入", "贷方合计金额", "本期存入合计", "本期收入合计", "本期贷方合计", "本期贷方发生额", "存入总额",
    "存入总金额", "收入合计金额", "Total Credits", "Total Paid In", "Payments In", "Money in", "Total money in",
    "Total deposits", "Total receipts", "Total Deposits and Credits", "Total Deposit",
)  # fmt: skip
_TOTAL_OUT = (
    "支出合计", "总支出", "借方合计", "借方发生额合计", "支出总额", "借方发生总额", "支出总金额", "借方总额", "借方累计",
    "合计支出", "借方合计金额", "本期支取合计", "本期支出合计", "本期借方合计", "本期借方发生额", "支取总额", "支取总金额",
    "支出合计金额", "支取合计", "Total Debits", "Total Paid Out", "Payments Out", "Money out", "Total money out",
    "Total withdrawals", "Total payments", "Total Withdrawals and Debits", "Total Withdrawal",
)  # fmt: skip
TOTAL_IN = _composed(IN, SUMS, _TOTAL_IN)
TOTAL_OUT = _composed(OUT, SUMS, _TOTAL_OUT)
COUNT_IN = _composed(IN, COUNTS, ("收入笔数", "贷方笔数", "贷方合计笔数", "贷方发生总笔数", "收入总笔数", "贷方总笔数"))
COUNT_OUT = _composed(
    OUT, COUNTS, ("支出笔数", "借方笔数", "借方合计笔数", "借方发生总笔数", "支出总笔数", "借方总笔数")
)
