"""How every identity of a statement bears on every value: what all of them together prove, and what a failing one accuses.

================== ============================================= =========================================================
identity           values in it                                  alone it cannot tell apart
================== ============================================= =========================================================
row_chain          two balances and the amounts between          amount and balance of a last row; opening and first amount
closing_meets      last balance, rows after it, closing          last balance and closing
adds_up            opening, total in, total out, closing         any two of the four
rows_add_up        opening, every amount, closing                any two
credits_add_up     total in, every amount that came in           any two
debits_add_up      total out, every amount that went out         any two
credits_counted    count in, while sums show no row is lost       (a row lost and the count misread by one)
debits_counted     count out                                     the same
page_carry         the last balance of a page                    (both misread alike)
dates_in_period    no amount: it proves nothing
interest_plausible no amount: a rate within bounds proves nothing
================== ============================================= =========================================================

Together they tell apart what no single one can: a value is proved when no other has the same part in all of them
(``extract.proof.equations``). A failing sum accuses its values but those that the others prove; broken links explain a sum
that is off by just as much, and then it accuses nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from extract.grammar import Bearing, Reading, value_at
from extract.proof.equations import Equation, without, witnessed
from extract.proof.repair import overruled
from extract.statements.accounts import TABLE, Account, lacks
from extract.statements.carried import NAME as CARRY
from extract.statements.carried import carried
from extract.statements.chain import Link, amount_of, spans, sure
from extract.statements.units import UNCLEAR
from records.facts import Check, Outcome

#: The sums of a statement: the fields in them, each with its sign; the rows are added where the sum is about rows.
SUMS: dict[str, tuple[tuple[str, int], ...]] = {
    "adds_up": (("opening_balance", 1), ("total_in", 1), ("total_out", -1), ("closing_balance", -1)),
    "rows_add_up": (("opening_balance", 1), ("closing_balance", -1)),
    "credits_add_up": (("total_in", -1),),
    "debits_add_up": (("total_out", -1),),
    "credits_counted": (("count_in", 1),),
    "debits_counted": (("count_out", 1),),
    "closing_meets": (("closing_balance", 1),),
}
SIDES = {"rows_add_up": 0, "credits_add_up": 1, "debits_add_up": -1}


@dataclass(frozen=True, slots=True)
class Weighing:
    """A statement with its accounts, and what its identities say when they are heard together."""

    reading: Reading
    books: Sequence[Account]

    def settled(self, bearings: Sequence[Bearing]) -> list[Bearing]:
        """The bearings with what they prove and accuse, in their order."""
        sums = [equation for bearing in bearings if (equation := self._sum_of(bearing.check)) is not None]
        carries = [equation for _, equation in carried(self.reading, self.books)]
        equations = [*(e for account in self.books for e in account.equations()), *sums, *carries]
        in_doubt = {path for e in equations if e.name == "row_chain" and not e.holds for path in e.paths}
        replaced = self._replaced(equations)
        proved = witnessed(without(equations, replaced)) - in_doubt
        proved |= self._worked_out(equations, replaced, proved) - in_doubt
        proved |= self._passed_on(proved)
        proved -= self._uncounted(bearings)
        if any(finding.code == UNCLEAR for finding in self.reading.findings):
            proved = set()  # the same sums hold in any unit
        return [self._weighed(bearing, equations, proved) for bearing in bearings]

    def _replaced(self, equations: Sequence[Equation]) -> set[str]:
        """Clear figures that a repair replaced: they hold because they were made to, and are no witnesses."""
        paths = {path for equation in equations for path in equation.paths}
        return {path for path in paths if (value := value_at(self.reading, path)) is not None and overruled(value)}

    def _worked_out(self, equations: Sequence[Equation], replaced: set[str], proved: set[str]) -> set[str]:
        """Of these, the ones that follow from values which are all proved."""
        told = (e for e in equations if e.holds and len(replaced.intersection(e.paths)) == 1)
        return {p for e in told for p in e.paths if p in replaced and proved.issuperset(set(e.paths) - {p})}

    def _uncounted(self, bearings: Sequence[Bearing]) -> set[str]:
        """The counts that prove nothing: a row may be lost and its count misread to fit, unless the sums show that none is."""
        failing = {bearing.check.identity for bearing in bearings if bearing.check.state is Outcome.FAILS}
        holding = {bearing.check.identity for bearing in bearings if bearing.check.state is Outcome.HOLDS}
        if self._broken() or failing & {"rows_add_up", "credits_add_up", "debits_add_up", "closing_meets"}:
            return {"count_in", "count_out"}
        whole = holding & {"rows_add_up", "closing_meets"}
        sides = {"count_in": "credits_add_up", "count_out": "debits_add_up"}
        return {count for count, total in sides.items() if not whole and total not in holding}

    def _weighed(self, bearing: Bearing, equations: Sequence[Equation], proved: set[str]) -> Bearing:
        check = bearing.check
        if check.state is Outcome.HOLDS:
            named = (e for e in equations if e.name == check.identity and e.holds)
            paths = dict.fromkeys(path for e in named for path in e.paths)
            return replace(bearing, proves=tuple(p for p in paths if p in proved and self._sure(p)))
        if check.state is Outcome.FAILS and check.identity in SUMS:
            return replace(bearing, accuses=self._accused(bearing, equations, proved))
        if check.state is Outcome.FAILS and check.identity == "row_chain" and "opening_balance" in bearing.accuses:
            return replace(bearing, accuses=self.opening_accused(equations, bearing.accuses))
        if check.state is Outcome.FAILS and check.identity == CARRY:
            return replace(bearing, accuses=tuple(path for path in check.values if path not in proved))
        return bearing

    def _sum_of(self, check: Check) -> Equation | None:
        """A named identity as an equation between printed values."""
        if check.state is Outcome.CANNOT_TELL or check.identity not in SUMS:
            return None
        terms = (*SUMS[check.identity], *self._rows_in(check.identity))
        return Equation(check.identity, terms, check.state is Outcome.HOLDS)

    def _rows_in(self, name: str) -> Iterator[tuple[str, int]]:
        if name != "closing_meets" and name not in SIDES:
            return
        (account,) = self.books
        if name == "closing_meets":
            yield f"{TABLE}[{account.last}].balance", -1
            yield from ((f"{TABLE}[{number}].amount", -1) for number in account.tail)
        side = SIDES.get(name)
        for number in account.counted() if side is not None else ():
            amount = amount_of(self.reading.tables[TABLE][number], "amount") or Decimal(0)
            if side is not None and side * amount >= 0:
                yield f"{TABLE}[{number}].amount", side or 1

    def _passed_on(self, proved: set[str]) -> set[str]:
        """Ends of the chain that the paper does not print by themselves are as good as what they were computed from."""
        if len(self.books) != 1 or not self.books[0].order.sure:
            return set()
        (account,) = self.books
        first, derived, ends = account.order.rows[0], self.reading.derived, set()
        if "closing_balance" in derived and not account.tail and f"{TABLE}[{account.last}].balance" in proved:
            ends.add("closing_balance")
        if "opening_balance" in derived and {f"{TABLE}[{first}].amount", f"{TABLE}[{first}].balance"} <= proved:
            ends.add("opening_balance")
        return ends

    def _sure(self, path: str) -> bool:
        return not path.endswith("balance") or sure(value_at(self.reading, path))

    def _accused(self, bearing: Bearing, equations: Sequence[Equation], proved: set[str]) -> tuple[str, ...]:
        """All values of a failing sum but those that other identities prove; nobody where broken links explain it.

        While the chain is broken, amounts in links that hold are not suspected: what is wrong stands in the broken ones. Once it
        is whole, a value that was repaired answers for the sum like any other.
        """
        if self._explained(bearing.check):
            return ()
        mine = next(e for e in equations if e.name == bearing.check.identity)
        broken = bool(self._broken())
        linked = {path for e in equations if e.name == "row_chain" and e.holds for path in e.paths} if broken else set()
        doubtful = [p for p in mine.paths if p not in proved and not (p.endswith(".amount") and p in linked)]
        if not broken:
            doubtful += [p for p in mine.paths if p not in doubtful and self._repaired(p)]
        return tuple(doubtful) or bearing.accuses or mine.paths

    def opening_accused(self, equations: Sequence[Equation], accused: tuple[str, ...]) -> tuple[str, ...]:
        """Which of the two an opening balance that the first row does not follow accuses: itself or the first amount.

        Both stand in one broken link. A sum over the column of the first amount speaks for it where it holds, and for the opening
        balance where it is off by as much; where no sum speaks, a printed amount is not accused for its opening balance.
        """
        link = self.books[0].links[0]
        amount = f"{TABLE}[{link.row}].amount"
        if len(link.rows) > 1 or f"{TABLE}[{link.row}].balance" in accused:
            return accused
        side = "credits_add_up" if link.amount > 0 else "debits_add_up"
        sums = {e.name: e.holds for e in equations if e.name in (side, "adds_up")}
        if sums.get(side) or (side not in sums and not self.reading.sheet.by_ocr):
            return ("opening_balance",)
        return (amount,) if side in sums and sums.get("adds_up") else accused

    def _repaired(self, path: str) -> bool:
        value = value_at(self.reading, path)
        return value is not None and value.repaired is not None

    def _broken(self) -> list[Link]:
        return [link for account in self.books for link in account.links if not link.holds]

    def _explained(self, check: Check) -> bool:
        """Whether a sum is off by just what the broken links lack, or have too much."""
        side, broken = SIDES.get(check.identity), self._broken()
        if side is None or not broken:
            return False
        off = Decimal(check.printed or 0) - Decimal(check.computed or 0)
        if side == 0:
            return off == sum((link.gap for link in broken), Decimal(0))
        single = [link for link in broken if len(link.rows) == 1 and link.amount * side >= 0]
        return bool(single) and off == sum((link.gap * side for link in single), Decimal(0))


def closing_meets(reading: Reading, books: Sequence[Account]) -> Iterator[Bearing]:
    """The printed closing balance is the last balance and what moved after it."""
    says = "最后一行余额 = 期末余额"
    closing = reading.fields.get("closing_balance")
    if len(books) != 1 or closing is None or "closing_balance" in reading.derived:
        return
    (account,) = books
    moved = [amount_of(reading.tables[TABLE][number], "amount") for number in account.tail]
    if account.last is None or None in moved or not account.order.sure:
        yield Bearing(Check("closing_meets", Outcome.CANNOT_TELL, says, where="缺 余额"))
        return
    balance = amount_of(reading.tables[TABLE][account.last], "balance") or Decimal(0)
    computed = balance + sum((amount for amount in moved if amount is not None), Decimal(0))
    state = Outcome.HOLDS if computed == closing.value else Outcome.FAILS
    if state is Outcome.FAILS and lacks(reading, account.order, first=False):
        yield Bearing(Check("closing_meets", Outcome.CANNOT_TELL, says, where="缺 最后一页"))
        return
    check = Check("closing_meets", state, says, f"{computed:f}", f"{closing.value:f}", values=("closing_balance",))
    yield Bearing(check, accuses=("closing_balance",) if state is Outcome.FAILS else ())


def dates_inside(reading: Reading) -> Iterator[Bearing]:
    """Every row lies in the period that the paper states."""
    period, rows = reading.covers(), reading.tables[TABLE]
    if period is None or not rows:
        return
    days = {number: row["date"].value for number, row in enumerate(rows) if "date" in row}
    outside = [n for n, day in days.items() if not (isinstance(day, date) and period.start <= day <= period.end)]
    state = Outcome.FAILS if outside else Outcome.HOLDS
    where = f"rows {spans(outside)}" if outside else None
    yield Bearing(Check("dates_in_period", state, "每一行的日期都在起止日期之内", where=where, values=("period",)))
