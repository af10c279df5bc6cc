"""Indicators that need the loan book (indicators.md §5): deposits beside what is owed, where the money went, what was sold.

The book says what was lent, which accounts are with the bank (repayment, collection) and to whom the money was to go. What it
does not say is not guessed: there is no figure then, and the reason names what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from extract.indicators import returns
from extract.indicators.balances import end_of_day
from extract.indicators.frame import Figure, NoValue, Papers, cited, family, indicator, quality_of, ratio
from extract.indicators.statements import ZERO, days_of, inputs_of, total
from extract.statements.entries import Entry
from extract.statements.transactions import Account, Flow, flow_of
from records.facts import Input, Period, State
from records.loans import Loan
from records.values.numbers import same_account
from records.values.text import company

#: The bank books a drawdown on its day or the next; the money is followed as long as what comes back is looked for.
BOOKED, FOLLOWED = timedelta(days=1), timedelta(days=30)
#: What no agreed purpose covers, whoever receives it.
NO_PURPOSE = ("invest", "property", "gambling", "cash", "loan_out", "related")


@dataclass(frozen=True, slots=True)
class Lent:
    """The loans of a borrower beside the statements of its accounts."""

    loans: tuple[Loan, ...]
    flow: Flow

    @property
    def numbers(self) -> tuple[str, ...]:
        """The accounts with the bank, as the book knows them."""
        given = [number for loan in self.loans for number in (loan.account, loan.collection_account) if number]
        return tuple(dict.fromkeys(given))

    @property
    def ours(self) -> tuple[Account, ...]:
        """Those of them whose statements are on file."""
        if not self.numbers:
            raise NoValue("借据没有登记还款账号或资金回笼账户，不知道哪些账户在本行")
        found = [a for a in self.flow.accounts if any(same_account(a.number, number) for number in self.numbers)]
        if not found:
            raise NoValue("借据登记的本行账户没有流水在档")
        return tuple(found)

    @property
    def all_on_file(self) -> bool:
        """Whether every account with the bank has its statement."""
        accounts = self.flow.accounts
        return all(any(same_account(account.number, number) for account in accounts) for number in self.numbers)


@family("lent")
def gather(papers: Papers, loans: Sequence[Loan] = ()) -> Lent | None:
    """The statements on file, where the book knows of a loan."""
    ordered = sorted(loans, key=lambda loan: (loan.granted, loan.loan_note_no))
    flow = flow_of(papers) if ordered else None
    return Lent(tuple(ordered), flow) if flow else None


def of_loan(loan: Loan, name: str, value: Decimal) -> Input:
    """A figure of the loan book as an input; no paper states it."""
    return Input(f"{name}[{loan.loan_note_no}]", value=f"{value:f}")


# --- deposits -------------------------------------------------------------------------------------------------------------


@indicator(
    "balance_deposit_ratio",
    ("存贷比", "Deposits to loans"),
    "ratio",
    "本行账户日均存款 / 未结清借据贷款余额",
    family="lent",
)
def balance_deposit_ratio(lent: Lent) -> Figure:
    """Over the days that the statements of all accounts with the bank cover; some missing: a part of the truth."""
    owed = [loan for loan in lent.loans if loan.settled is None]
    if not owed:
        raise NoValue("没有未结清的贷款")
    ours = lent.ours
    balances = [end_of_day(account) for account in ours]
    days = sorted(set.intersection(*(set(known) for known in balances)))
    if not days:
        raise NoValue("本行账户的流水没有共同覆盖的日期")
    daily = sum((known[day] for known in balances for day in days), ZERO) / len(days)
    value = ratio(daily, sum((loan.balance for loan in owed), ZERO), "贷款余额")
    entries = [entry for account in ours for entry in account.entries if entry.balance is not None]
    complete = lent.all_on_file and not any(account.incomplete for account in ours)
    quality = quality_of([entry.balance_state for entry in entries], complete=complete)
    inputs = (*inputs_of(entries), *(of_loan(loan, "loan_balance", loan.balance) for loan in owed))
    return Figure(value, Period(days[0], days[-1]), inputs, quality)


# --- where the money went -------------------------------------------------------------------------------------------------


@indicator(
    "loan_proceeds_match",
    ("用途匹配率", "Loan money paid as agreed"),
    "ratio",
    "放款后 30 天内付给约定收款方且不违背用途的金额（不超过贷款金额）/ 贷款金额",
    family="lent",
)
def loan_proceeds_match(lent: Lent) -> Iterable[Figure]:
    """One figure per loan note; a payment counts for one loan only, the earlier first."""
    left = {(e.document, e.account, e.row): abs(e.amount) for e in lent.flow.clean if e.amount < 0}
    return [_paid_as_agreed(lent.flow, loan, left) for loan in lent.loans]


def _paid_as_agreed(flow: Flow, loan: Loan, left: dict[tuple[str, str, int], Decimal]) -> Figure:
    window = Period(loan.granted, loan.granted + FOLLOWED)
    try:
        drawn = _drawn(flow, loan)
        paid, match = [], ZERO
        for entry in _to_agreed(flow, loan, drawn[0].account):
            key = (entry.document, entry.account, entry.row)
            share = min(left[key], loan.amount - match)
            if share > 0:
                paid.append(entry)
                left[key] -= share
                match += share
    except NoValue as why:
        return Figure(None, window, (), quality_of((), complete=False), str(why), loan.loan_note_no)
    used = [*drawn, *paid]
    inputs = (*inputs_of(used), of_loan(loan, "loan_amount", loan.amount))
    account = next(account for account in flow.accounts if account.number == drawn[0].account)
    complete = not account.incomplete and {window.start, window.end} <= days_of(account)
    quality = quality_of([entry.state for entry in used], complete=complete)
    return Figure(ratio(match, loan.amount, "贷款金额"), window, inputs, quality, None, loan.loan_note_no)


def _drawn(flow: Flow, loan: Loan) -> list[Entry]:
    """The credit of the loan, in one sum or several of one account, on its day or the next."""
    if not loan.payees:
        raise NoValue("借据没有登记约定收款方")
    days = {loan.granted, loan.granted + BOOKED}
    covering = [account for account in flow.accounts if loan.granted in days_of(account)]
    if not covering:
        raise NoValue("没有覆盖放款日的流水")
    for account in covering:
        credits_ = [e for e in flow.clean if e.account == account.number and e.amount > 0 and e.day in days]
        lent = [e for e in credits_ if e.kind == "loan_in"]
        whole = [[e] for e in (*lent, *credits_) if e.amount == loan.amount]
        if whole:
            return whole[0]
        if lent and total(lent) == loan.amount:
            return lent
    raise NoValue("流水在放款日没有这笔贷款入账")


def _to_agreed(flow: Flow, loan: Loan, account: str) -> list[Entry]:
    """What went from this account to the agreed payees within the time, and is not plainly for something else."""
    agreed = {company(name) for name in loan.payees}
    until = loan.granted + FOLLOWED
    after = [e for e in flow.clean if e.account == account and e.amount < 0 and loan.granted <= e.day <= until]
    if after and not any(entry.party for entry in after):
        raise NoValue("流水没有对方户名")
    found = [entry for entry in after if entry.party in agreed and entry.kind not in NO_PURPOSE]
    if any(entry.state is State.CONFLICT for entry in found):
        raise NoValue("有金额处于冲突状态，先复核再计算")
    return found


# --- what was sold and came in --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Collected:
    """The loans and statements of a borrower beside what it declared."""

    lent: Lent
    filed: tuple[returns.Filed, ...]


@family("collected")
def gather_collected(papers: Papers, loans: Sequence[Loan] = ()) -> Collected | None:
    """Statements and VAT returns of a borrower; nothing where one of them is not on file."""
    lent, filed = gather(papers, loans), returns.gather(papers)
    return Collected(lent, filed.filed) if lent and filed else None


@indicator(
    "collection_ratio",
    ("销售回笼率", "Sales collected with the bank"),
    "ratio",
    "本行账户销售流入 / 增值税申报收入",
    family="collected",
)
def collection_ratio(both: Collected) -> Iterable[Figure]:
    """Each return in whose time an account with the bank is covered; where not all are, a part of the truth."""
    ours = both.lent.ours
    numbers = {account.number for account in ours}
    for item in both.filed:
        field, span = item.field("declared_revenue"), item.period
        days = {span.start + timedelta(days=n) for n in range(span.days)}
        if field is None or not any(days & days_of(account) for account in ours):
            continue
        came = [e for e in both.lent.flow.clean if e.account in numbers and e.kind == "sales_in" and e.day in days]
        yield _collected(item, came, whole=both.lent.all_on_file and all(days <= days_of(a) for a in ours))


def _collected(item: returns.Filed, came: Sequence[Entry], *, whole: bool) -> Figure:
    field = item.paper.fields["declared_revenue"]
    states = [field.state, *(entry.state for entry in came)]
    if State.CONFLICT in states:
        return Figure(None, item.period, (), quality_of(states), "有金额处于冲突状态，先复核再计算")
    sales = returns.total([field])
    if sales <= 0:
        return Figure(None, item.period, (), quality_of((), complete=False), "分母为零：申报收入")
    inputs = (*inputs_of(came), cited(field, item.document))
    return Figure(total(came) / sales, item.period, inputs, quality_of(states, complete=whole))
