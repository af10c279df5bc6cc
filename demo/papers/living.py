"""What moves on an account when nobody draws it up by hand: a company's trade, a household's months, made up from a seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from demo.papers.ledger import ZERO, Movement


@dataclass(frozen=True, slots=True)
class Business:
    """How a company earns and spends in a month."""

    customers: tuple[tuple[str, str], ...]  #: name, account
    suppliers: tuple[tuple[str, str], ...]
    sales: Decimal  #: money in from sales a month, about
    wages: Decimal
    power: Decimal = Decimal("86000")
    tax: Decimal = Decimal("92000")
    interest: Decimal = Decimal("16458.33")
    sales_by_month: dict[tuple[int, int], Decimal] = field(default_factory=dict)


def months(start: date, end: date) -> Iterator[tuple[int, int]]:
    """Every calendar month that the two days touch."""
    year, month = start.year, start.month
    while (year, month) <= (end.year, end.month):
        yield year, month
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def cents(rng: Random, low: int, high: int) -> Decimal:
    """An amount to the cent between two amounts in yuan."""
    return Decimal(rng.randrange(low * 100, high * 100)) / 100


def clock(rng: Random) -> str:
    """A second of a working day."""
    return f"{rng.randrange(8, 18):02d}:{rng.randrange(60):02d}:{rng.randrange(60):02d}"


def numbered(rng: Random, movements: Sequence[Movement]) -> tuple[Movement, ...]:
    """In the order of time, each with a serial number of its own."""
    first = rng.randrange(10**8, 5 * 10**8)
    ordered = sorted(movements, key=lambda m: (m.day, m.time or "00:00:00"))
    return tuple(replace(m, serial=m.serial or str(first + 37 * i)) for i, m in enumerate(ordered))


def trade(rng: Random, business: Business, start: date, end: date, opening: Decimal, rows: int) -> tuple[Movement, ...]:
    """About ``rows`` movements of a company: sales, purchases, wages, tax, power, interest, fees."""
    fixed: list[Movement] = []
    for year, month in months(start, end):
        fixed += _monthly(rng, business, year, month)
    fixed = [m for m in fixed if start <= m.day <= end]
    spans = list(months(start, end))
    free = max(rows - len(fixed), 2 * len(spans))
    incoming = [_sale(rng, business, spans[i % len(spans)], free, len(spans)) for i in range(free // 2)]
    inside = [m for m in incoming if start <= m.day <= end]
    budget = sum((m.amount for m in inside), ZERO) + sum((m.amount for m in fixed), ZERO)
    outgoing = _purchases(rng, business, start, end, budget, free - len(inside))
    return _solvent(opening, numbered(rng, [*fixed, *inside, *outgoing]))


def _monthly(rng: Random, business: Business, year: int, month: int) -> list[Movement]:
    share = business.sales_by_month.get((year, month), business.sales) / business.sales
    power, tax = business.power * share + cents(rng, 0, 900), business.tax * share + cents(rng, 0, 700)
    items = [
        Movement(
            date(year, month, 10),
            -(business.wages + cents(rng, 0, 3000)),
            "代发工资",
            "代发工资户",
            None,
            None,
            "10:02:11",
        ),
        Movement(
            date(year, month, 15),
            -tax.quantize(ZERO),
            "缴税 实时扣税",
            "国家金库云洲市支库",
            "999901000000271001",
            None,
            "09:30:05",
        ),
        Movement(
            date(year, month, 18),
            -power.quantize(ZERO),
            "电费",
            "国网云洲供电公司",
            "33050161620000000456",
            None,
            "11:20:43",
        ),
        Movement(date(year, month, 20), -business.interest, "贷款利息", "贷款利息户", None, None, "00:10:00"),
        Movement(date(year, month, 26), Decimal("-35.00"), "账户管理费", None, None, None, "00:20:00"),
    ]
    if month % 3 == 0:
        items.append(Movement(date(year, month, 21), cents(rng, 120, 460), "结息", None, None, None, "00:05:00"))
    return items


def _sale(rng: Random, business: Business, span: tuple[int, int], free: int, spans: int) -> Movement:
    name, account = rng.choice(business.customers)
    month = business.sales_by_month.get(span, business.sales)
    each = int(month / max(free // 2 // spans, 1))
    amount = cents(rng, each * 6 // 10, each * 14 // 10)
    if rng.random() < 0.15:
        amount = amount.quantize(Decimal("1E+3")).quantize(ZERO)
    day = date(*span, rng.randrange(1, 29))
    return Movement(
        day, amount, rng.choice(("货款", "货款", "加工费", "销售回款")), name, account, None, clock(rng), "网银"
    )


def _purchases(rng: Random, business: Business, start: date, end: date, budget: Decimal, count: int) -> list[Movement]:
    each = max(int(budget / max(count, 1)), 400)
    out = []
    for _ in range(count):
        name, account = rng.choice(business.suppliers)
        day = start + timedelta(rng.randrange((end - start).days + 1))
        amount = -cents(rng, each * 7 // 10, each * 12 // 10)
        out.append(
            Movement(
                day, amount, rng.choice(("采购款", "材料款", "运费", "往来款")), name, account, None, clock(rng), "网银"
            )
        )
    return out


def _solvent(opening: Decimal, movements: Sequence[Movement]) -> tuple[Movement, ...]:
    """No account goes below a small rest: payments that cannot be made are made smaller."""
    balance, kept = opening, []
    for movement in movements:
        if balance + movement.amount < 500:
            payable = ((balance - 500) / 3).quantize(ZERO)
            movement = replace(movement, amount=-max(payable, Decimal("1.05")))
        balance += movement.amount
        kept.append(movement)
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class Household:
    """What a person earns and spends in a month."""

    employer: str | None
    salary: Decimal
    instalment: Decimal
    last_salary: date | None = None  #: after this day the salary stays away
    income: tuple[tuple[str, str], ...] = ()  #: for the self-employed: who pays, from which account
    takings: int = 0  #: how much the self-employed take at a time, about


_SHOPS = (
    "云洲鲜果超市",
    "临屿便利店",
    "拼拼商城",
    "云洲公交集团",
    "星河影院",
    "小满餐饮店",
    "云洲自来水公司",
    "启明书店",
)


def spend(rng: Random, home: Household, start: date, end: date, opening: Decimal, rows: int) -> tuple[Movement, ...]:
    """About ``rows`` movements of a person: salary or takings, instalments, daily life."""
    fixed: list[Movement] = []
    for year, month in months(start, end):
        payday = date(year, month, 10)
        if home.employer and (home.last_salary is None or payday <= home.last_salary):
            pay = home.salary + cents(rng, 0, 300)
            remark = f"{month}月工资"
            fixed.append(
                Movement(
                    payday, pay, "代发工资", home.employer, "33050100000000012345", None, "10:15:22", "批量代发", remark
                )
            )
        fixed.append(Movement(date(year, month, 20), -home.instalment, "贷款还款", None, None, None, None, "系统批扣"))
        if month % 3 == 0:
            fixed.append(Movement(date(year, month, 21), cents(rng, 1, 40), "结息", None, None, None, None, None))
    fixed = [m for m in fixed if start <= m.day <= end]
    daily = [_daily(rng, home, start, end) for _ in range(max(rows - len(fixed), 0))]
    return _solvent(opening, numbered(rng, [*fixed, *daily]))


def _daily(rng: Random, home: Household, start: date, end: date) -> Movement:
    day = start + timedelta(rng.randrange((end - start).days + 1))
    if home.income and rng.random() < 0.45:
        name, account = rng.choice(home.income)
        amount = cents(rng, home.takings * 6 // 10, home.takings * 14 // 10)
        return Movement(day, amount, "转账收入", name, account, None, clock(rng), "手机银行", "货款")
    if home.income and rng.random() < 0.5:
        amount = -cents(rng, home.takings * 4 // 10, home.takings * 9 // 10)
        return Movement(
            day, amount, "转账支出", "云洲恒达食品批发部", "6230999900000000178", None, clock(rng), "手机银行", "进货"
        )
    return Movement(day, -cents(rng, 8, 420), "消费", rng.choice(_SHOPS), None, None, clock(rng), "快捷支付")
