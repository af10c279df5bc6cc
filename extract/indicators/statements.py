"""Indicators of statements (indicators.md §5): what comes in, what goes out, what stays, and with whom.

Averages count full months only; a statement with a broken chain or rows that could not be read gives partial figures; an
amount in conflict gives no figure at all, since it must never feed a rule silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from extract.indicators.frame import Figure, NoValue, Papers, family, indicator, quality_of, ratio
from extract.transactions import Account, Entry, Flow, flow_of
from records.facts import Input, Month, Period, State

ZERO = Decimal(0)
#: Inflows that are no income of the business.
NOT_OPERATING = ("loan_in", "own", "related", "invest", "refund", "reversal", "interest")


@family("statements")
def gather(papers: Papers) -> Flow | None:
    """All statements of the customer as one flow of money."""
    return flow_of(papers)


def figure(flow: Flow, value: Decimal | None, entries: Iterable[Entry], *, period: Period | None = None) -> Figure:
    """A figure over these rows; one input per file, naming its transactions."""
    used = list(entries)
    if any(entry.state is State.CONFLICT for entry in used):
        raise NoValue("有金额处于冲突状态，先复核再计算")
    period = period or flow.period
    complete = not any(account.incomplete for account in flow.accounts) and all_covered(flow, period)
    states = [entry.state for entry in used] or [State.CONSISTENT]
    return Figure(value, period, inputs_of(used or flow.gross), quality_of(states, complete=complete))


def all_covered(flow: Flow, period: Period) -> bool:
    """Whether every account on file is covered from the first to the last day; else the figure is a part of the truth."""
    if len(flow.accounts) == 1:
        return True  # one account speaks for the time it covers
    days = {period.start + timedelta(days=n) for n in range(min(period.days, 3700))}
    return all(days <= days_of(account) for account in flow.accounts)


def days_of(account: Account) -> set[date]:
    """Every day that the statements of one account cover."""
    return {p.start + timedelta(days=n) for p in account.periods for n in range(min(p.days, 3700))}


def inputs_of(entries: Iterable[Entry]) -> tuple[Input, ...]:
    """One input per document: its transactions, at the page of the first."""
    first: dict[str, Entry] = {}
    for entry in entries:
        first.setdefault(entry.document, entry)
    return tuple(Input("transactions", e.page, e.document or None) for e in first.values())


def came(entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.amount > 0]


def went(entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.amount < 0]


def total(entries: Iterable[Entry]) -> Decimal:
    return sum((abs(entry.amount) for entry in entries), ZERO)


def operating(flow: Flow) -> list[Entry]:
    """Money earned: what came in, less loans, own transfers, redemptions, refunds and interest."""
    return [entry for entry in came(flow.clean) if entry.kind not in NOT_OPERATING]


def full_months(flow: Flow) -> list[Month]:
    """The calendar months that the statements cover from the first day to the last."""
    days = covered_days(flow)
    months = sorted({Month(day.year, day.month) for day in days})
    return [month for month in months if _days_of(month) <= days]


def covered_days(flow: Flow) -> set[date]:
    """Every day that at least one statement covers."""
    return set().union(*(days_of(account) for account in flow.accounts))


def whole(month: Month) -> Period:
    """A month as a period."""
    after = month.plus(1)
    return Period(date(month.year, month.month, 1), date(after.year, after.month, 1) - timedelta(days=1))


def _days_of(month: Month) -> set[date]:
    first = date(month.year, month.month, 1)
    after = month.plus(1)
    return {first + timedelta(days=n) for n in range((date(after.year, after.month, 1) - first).days)}


def month_of(entry: Entry) -> Month:
    return Month(entry.day.year, entry.day.month)


def by_month(entries: Iterable[Entry], months: Sequence[Month]) -> list[Decimal]:
    """The sum of each month, zero where nothing moved."""
    sums = dict.fromkeys(months, ZERO)
    for entry in entries:
        if month_of(entry) in sums:
            sums[month_of(entry)] += abs(entry.amount)
    return [sums[month] for month in months]


def _months_or_why(flow: Flow, least: int = 1) -> list[Month]:
    months = full_months(flow)
    if len(months) < least:
        raise NoValue(f"完整月份不足：需要 {least} 个月，已有 {len(months)} 个月")
    return months


def deviation(values: Sequence[Decimal]) -> Decimal:
    """The sample standard deviation, exact until the root."""
    mean = sum(values, ZERO) / len(values)
    return (sum(((value - mean) ** 2 for value in values), ZERO) / (len(values) - 1)).sqrt()


# --- flows ------------------------------------------------------------------------------------------------------------


@indicator("inflow_total", ("流入总额", "Total inflow"), "CNY", "Σ 收入", family="statements")
def inflow_total(flow: Flow) -> Figure:
    return figure(flow, total(came(flow.gross)), came(flow.gross))


@indicator("outflow_total", ("流出总额", "Total outflow"), "CNY", "Σ 支出", family="statements")
def outflow_total(flow: Flow) -> Figure:
    return figure(flow, total(went(flow.gross)), went(flow.gross))


@indicator(
    "inflow_operating",
    ("有效经营流入", "Operating inflow"),
    "CNY",
    "Σ 收入 − 贷款 − 自转 − 关联往来 − 理财赎回 − 退款 − 结息",
    family="statements",
)
def inflow_operating(flow: Flow) -> Iterable[Figure]:
    """Each full month, then the whole window."""
    for month in full_months(flow):
        used = [entry for entry in operating(flow) if month_of(entry) == month]
        yield figure(flow, total(used), used, period=whole(month))
    yield figure(flow, total(operating(flow)), operating(flow) or came(flow.clean))


@indicator(
    "monthly_inflow_avg",
    ("月均流入", "Monthly inflow"),
    "CNY/month",
    "完整月份的有效流入 / 完整月数",
    family="statements",
)
def monthly_inflow_avg(flow: Flow) -> Figure:
    months = _months_or_why(flow)
    used = [entry for entry in operating(flow) if month_of(entry) in months]
    return figure(flow, total(used) / len(months), used)


@indicator(
    "monthly_outflow_avg",
    ("月均流出", "Monthly outflow"),
    "CNY/month",
    "完整月份的流出 / 完整月数",
    family="statements",
)
def monthly_outflow_avg(flow: Flow) -> Figure:
    months = _months_or_why(flow)
    used = [entry for entry in went(flow.clean) if month_of(entry) in months]
    return figure(flow, total(used) / len(months), used)


@indicator("net_flow", ("净流量", "Net flow"), "CNY", "流入总额 − 流出总额", family="statements")
def net_flow(flow: Flow) -> Iterable[Figure]:
    """Each full month, then the whole window."""
    for month in full_months(flow):
        used = [entry for entry in flow.gross if month_of(entry) == month]
        yield figure(flow, sum((entry.amount for entry in used), ZERO), used, period=whole(month))
    yield figure(flow, sum((entry.amount for entry in flow.gross), ZERO), flow.gross)


@indicator("inflow_cv", ("流入波动系数", "Inflow variation"), "ratio", "月有效流入的标准差 / 均值", family="statements")
def inflow_cv(flow: Flow) -> Figure:
    sums = by_month(operating(flow), _months_or_why(flow, 2))
    mean = sum(sums, ZERO) / len(sums)
    return figure(flow, ratio(deviation(sums), mean, "月均流入"), operating(flow))


# --- balances ---------------------------------------------------------------------------------------------------------


def one_account(flow: Flow) -> Account:
    """Balances of several accounts are not added: their coverage differs."""
    if len(flow.accounts) > 1:
        raise NoValue(f"有 {len(flow.accounts)} 个账户，余额按账户分别看")
    return flow.accounts[0]


def end_of_day(account: Account) -> dict[date, Decimal]:
    """The balance at the end of each covered day, carried forward; before the first row the opening balance."""
    known = [entry for entry in account.entries if entry.balance is not None]
    if not known or not account.periods:
        raise NoValue("没有余额")
    if any(entry.balance_state is State.CONFLICT for entry in known):
        raise NoValue("有余额处于冲突状态，先复核再计算")
    last: dict[date, Decimal] = {}
    for entry in known:
        assert entry.balance is not None
        last[entry.day] = entry.balance
    days = sorted(days_of(account))
    first = known[0]
    balance = account.opening if account.opening is not None else (first.balance or ZERO) - first.amount
    result: dict[date, Decimal] = {}
    for day in days:
        balance = last.get(day, balance)
        result[day] = balance
    return result


def balance_figure(flow: Flow, value: Decimal | date) -> Figure:
    """A figure over the balances of the one account."""
    account = one_account(flow)
    states = [entry.balance_state for entry in account.entries if entry.balance is not None]
    quality = quality_of(states, complete=not account.incomplete)
    return Figure(value, flow.period, inputs_of(account.entries), quality)


@indicator("avg_daily_balance", ("日均余额", "Average daily balance"), "CNY", "Σ(日终余额) / 天数", family="statements")
def avg_daily_balance(flow: Flow) -> Figure:
    balances = end_of_day(one_account(flow))
    return balance_figure(flow, sum(balances.values(), ZERO) / len(balances))


@indicator("min_balance", ("最低余额", "Lowest balance"), "CNY", "min(日终余额)", family="statements")
def min_balance(flow: Flow) -> Figure:
    return balance_figure(flow, min(end_of_day(one_account(flow)).values()))


@indicator(
    "min_balance_date", ("最低余额日", "Day of the lowest balance"), "date", "日终余额最低的第一天", family="statements"
)
def min_balance_date(flow: Flow) -> Figure:
    balances = end_of_day(one_account(flow))
    return balance_figure(flow, min(balances, key=lambda day: (balances[day], day)))


@indicator("closing_balance", ("期末余额", "Closing balance"), "CNY", "最后一行的余额", family="statements")
def closing_balance(flow: Flow) -> Iterable[Figure]:
    for account in flow.accounts:
        known = [entry for entry in account.entries if entry.balance is not None]
        if not known:
            raise NoValue("没有余额")
        last = known[-1]
        if last.balance_state is State.CONFLICT:
            raise NoValue("期末余额处于冲突状态")
        day = account.periods[-1] if account.periods else None
        yield Figure(
            last.balance,
            day,
            (Input("closing_balance", last.page, last.document or None),),
            quality_of([last.balance_state]),
        )


@indicator(
    "balance_drop", ("余额骤降幅度", "Balance drop"), "ratio", "1 − 近30天日均 / 前90天日均", family="statements"
)
def balance_drop(flow: Flow) -> Figure:
    balances = end_of_day(one_account(flow))
    days = sorted(balances)
    if len(days) < 120 or (days[-1] - days[-120]).days != 119:
        raise NoValue(f"需要连续 120 天，已有 {len(days)} 天")
    recent = sum((balances[day] for day in days[-30:]), ZERO) / 30
    before = sum((balances[day] for day in days[-120:-30]), ZERO) / 90
    return balance_figure(flow, 1 - ratio(recent, before, "前90天日均余额"))


# --- counterparties ---------------------------------------------------------------------------------------------------


def shares(entries: Sequence[Entry]) -> list[Decimal]:
    """What each counterparty has of the whole, largest first; the unnamed are one group."""
    sums: dict[str, Decimal] = {}
    for entry in entries:
        sums[entry.party] = sums.get(entry.party, ZERO) + abs(entry.amount)
    if set(sums) <= {""}:
        raise NoValue("流水没有对方户名")
    whole = sum(sums.values(), ZERO)
    return sorted((ratio(value, whole, "合计") for value in sums.values()), reverse=True)


@indicator(
    "counterparty_top1_in",
    ("第一大付款方占比", "Largest payer's share"),
    "ratio",
    "最大付款方 / 流入",
    family="statements",
)
def counterparty_top1_in(flow: Flow) -> Figure:
    used = came(flow.clean)
    return figure(flow, shares(used)[0], used)


@indicator(
    "counterparty_top5_in",
    ("前五大付款方占比", "Five largest payers' share"),
    "ratio",
    "前五大付款方 / 流入",
    family="statements",
)
def counterparty_top5_in(flow: Flow) -> Figure:
    used = came(flow.clean)
    return figure(flow, sum(shares(used)[:5], ZERO), used)


@indicator(
    "counterparty_top1_out",
    ("第一大收款方占比", "Largest payee's share"),
    "ratio",
    "最大收款方 / 流出",
    family="statements",
)
def counterparty_top1_out(flow: Flow) -> Figure:
    used = went(flow.clean)
    return figure(flow, shares(used)[0], used)


@indicator("counterparty_hhi", ("付款方集中度", "Payer concentration (HHI)"), "ratio", "Σ 占比²", family="statements")
def counterparty_hhi(flow: Flow) -> Figure:
    used = came(flow.clean)
    return figure(flow, sum((share * share for share in shares(used)), ZERO), used)


@indicator(
    "top_customer_drop",
    ("主要客户流失", "Loss of main customers"),
    "ratio",
    "前五大客户近3月流入 / 前3月 − 1",
    family="statements",
)
def top_customer_drop(flow: Flow) -> Figure:
    months = _months_or_why(flow, 6)
    before, recent = months[-6:-3], months[-3:]
    earlier = [e for e in operating(flow) if month_of(e) in before and e.party]
    sums: dict[str, Decimal] = {}
    for entry in earlier:
        sums[entry.party] = sums.get(entry.party, ZERO) + entry.amount
    top = sorted(sums, key=lambda party: (-sums[party], party))[:5]
    now = [e for e in operating(flow) if month_of(e) in recent and e.party in top]
    change = ratio(total(now), sum((sums[party] for party in top), ZERO), "前3月主要客户流入") - 1
    return figure(flow, change, [*earlier, *now])


# --- behaviour --------------------------------------------------------------------------------------------------------


def _within_a_day(entry: Entry, out: Entry) -> bool:
    """Whether money went out after it came in and less than 24 hours later; without times the same day counts."""
    if out.day == entry.day:
        return not entry.time or not out.time or out.time >= entry.time
    return bool(entry.time and out.time and out.time <= entry.time)


@indicator(
    "same_day_in_out",
    ("快进快出率", "In and out within a day"),
    "ratio",
    "Σ min(进, 24小时内出, ±5%) / Σ 流入",
    family="statements",
)
def same_day_in_out(flow: Flow) -> Figure:
    outs: dict[tuple[str, date], list[Entry]] = {}
    for out in went(flow.clean):
        outs.setdefault((out.account, out.day), []).append(out)
    passed = ZERO
    for entry in came(flow.clean):
        days = (entry.day, entry.day + timedelta(days=1))
        for out in [out for day in days for out in outs.get((entry.account, day), ())]:
            if _within_a_day(entry, out) and abs(abs(out.amount) - entry.amount) <= entry.amount / 20:
                outs[entry.account, out.day].remove(out)
                passed += min(entry.amount, abs(out.amount))
                break
    return figure(flow, ratio(passed, total(came(flow.clean)), "流入"), flow.clean)


@indicator(
    "round_number_ratio", ("整数交易占比", "Round amounts"), "ratio", "万元整数倍的笔数 / 笔数", family="statements"
)
def round_number_ratio(flow: Flow) -> Figure:
    count = sum(entry.amount % 10000 == 0 and entry.amount != 0 for entry in flow.gross)
    return figure(flow, ratio(Decimal(count), Decimal(len(flow.gross)), "笔数"), flow.gross)


@indicator(
    "night_tx_ratio",
    ("夜间交易占比", "Night transactions"),
    "ratio",
    "23:00–05:00 的笔数 / 有时间的笔数",
    family="statements",
)
def night_tx_ratio(flow: Flow) -> Figure:
    timed = [entry for entry in flow.gross if entry.time]
    if not timed:
        raise NoValue("流水没有交易时间")
    count = sum(entry.time >= "23:00:00" or entry.time < "05:00:00" for entry in timed if entry.time)
    return figure(flow, Decimal(count) / len(timed), timed)


def _share_out(flow: Flow, kind: str) -> Figure:
    outs = went(flow.clean)
    return figure(flow, ratio(total(e for e in outs if e.kind == kind), total(outs), "流出"), outs)


@indicator("cash_ratio_out", ("取现占比", "Cash withdrawals"), "ratio", "取现 / 流出", family="statements")
def cash_ratio_out(flow: Flow) -> Figure:
    return _share_out(flow, "cash")


def _sum_out(flow: Flow, kind: str) -> Figure:
    used = [entry for entry in went(flow.clean) if entry.kind == kind]
    return figure(flow, total(used), used or went(flow.clean))


@indicator(
    "invest_outflow", ("投资类流出", "Outflow to investments"), "CNY", "Σ 流向证券、期货、理财", family="statements"
)
def invest_outflow(flow: Flow) -> Figure:
    return _sum_out(flow, "invest")


@indicator(
    "property_outflow",
    ("购房类流出", "Outflow to property"),
    "CNY",
    "Σ 流向房地产、契税、维修基金",
    family="statements",
)
def property_outflow(flow: Flow) -> Figure:
    return _sum_out(flow, "property")


@indicator(
    "gambling_like", ("疑似高风险娱乐", "High-risk entertainment"), "CNY", "Σ 彩票、游戏、直播打赏", family="statements"
)
def gambling_like(flow: Flow) -> Figure:
    return _sum_out(flow, "gambling")


@indicator(
    "lender_count_flow", ("多头借贷数", "Lenders seen in the flow"), "count", "近6月放款机构数", family="statements"
)
def lender_count_flow(flow: Flow) -> Figure:
    start = flow.period.end - timedelta(days=182)
    used = [e for e in came(flow.clean) if e.kind == "loan_in" and e.day >= start]
    return figure(flow, Decimal(len({e.party or e.text for e in used})), used or came(flow.clean))


@indicator(
    "debt_service_out", ("还贷支出", "Debt service"), "CNY/month", "完整月份的还款 / 完整月数", family="statements"
)
def debt_service_out(flow: Flow) -> Figure:
    months = _months_or_why(flow)
    used = [e for e in went(flow.clean) if e.kind == "loan_out" and month_of(e) in months]
    return figure(flow, total(used) / len(months), used or went(flow.clean))


@indicator(
    "statement_gap_days",
    ("流水断档天数", "Uncovered days"),
    "days",
    "首末两日之间没有流水覆盖的天数",
    family="statements",
)
def statement_gap_days(flow: Flow) -> Figure:
    missing = 0
    for account in flow.accounts:
        days = days_of(account)
        if days:
            missing = max(missing, (max(days) - min(days)).days + 1 - len(days))
    return figure(flow, Decimal(missing), flow.gross)


# --- salary -----------------------------------------------------------------------------------------------------------


def _salary(flow: Flow) -> list[Entry]:
    """Salary credits on personal accounts."""
    personal = {account.number for account in flow.accounts if account.personal}
    if not personal:
        raise NoValue("没有个人账户流水")
    return [entry for entry in came(flow.clean) if entry.kind == "salary_in" and entry.account in personal]


@indicator("salary_avg", ("工资入账月均", "Average salary"), "CNY/month", "Σ 工资入账 / 完整月数", family="statements")
def salary_avg(flow: Flow) -> Figure:
    months = _months_or_why(flow)
    used = [entry for entry in _salary(flow) if month_of(entry) in months]
    if not used:
        raise NoValue("没有工资入账")
    return figure(flow, total(used) / len(months), used)


@indicator(
    "salary_months", ("工资入账月数", "Months with salary"), "months", "近12个月中有工资入账的月数", family="statements"
)
def salary_months(flow: Flow) -> Figure:
    months = full_months(flow)[-12:]
    used = [entry for entry in _salary(flow) if month_of(entry) in months]
    if not months:
        raise NoValue("没有完整月份")
    return figure(flow, Decimal(len({month_of(entry) for entry in used})), used or came(flow.clean))


@indicator(
    "salary_stability",
    ("工资稳定性", "Stability of salary"),
    "ratio",
    "1 − 标准差 / 均值（不含奖金）",
    family="statements",
)
def salary_stability(flow: Flow) -> Figure:
    months = _months_or_why(flow, 2)
    used = [entry for entry in _salary(flow) if month_of(entry) in months]
    middle = sorted(entry.amount for entry in used)[len(used) // 2] if used else ZERO
    plain = [entry for entry in used if entry.amount <= 2 * middle]
    sums = [value for value in by_month(plain, months) if value]
    if len(sums) < 2:
        raise NoValue("工资月份不足 2 个月")
    return figure(flow, 1 - ratio(deviation(sums), sum(sums, ZERO) / len(sums), "工资均值"), plain)


@indicator("employer_change", ("发薪单位数", "Paying employers"), "count", "不同发薪单位的个数", family="statements")
def employer_change(flow: Flow) -> Figure:
    used = _salary(flow)
    named = {entry.party for entry in used if entry.party}
    if not named:
        raise NoValue("工资入账没有对方户名")
    return figure(flow, Decimal(len(named)), used)
