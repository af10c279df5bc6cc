"""Repayment: the plan of a loan, instalment by instalment; what was taken; the certificate that all is paid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from extract.families.loan_papers import LoanPaper, Rate
from extract.forms.told import read_told, tell
from extract.grammar import Anchors, Bearing, Table, identity
from extract.kinds import Count, Day, Money, NotRead
from extract.tables.totals import adds_up
from records.facts import Check, Field, Finding, Outcome, Period

PARTS = ("principal", "interest", "penalty", "compound")


class RepaymentRecord(LoanPaper):
    """还款计划、扣款明细、结清证明 (documents.md §7.4)."""

    type_id = "repayment_record"
    title = ("还款记录", "Repayment record")
    recognised_by = Anchors(
        titles=(
            "还款计划", "还款明细", "还款记录", "结清证明", "还本付息计划", "贷款还款清单", "还款流水", "扣款明细", "贷款结清",
            "还款清单", "Repayment schedule", "Repayment plan", "Amortisation schedule", "Settlement certificate",
        ),
        issuers=("银行", "信用社", "农商", "Bank"),
        words=(
            "期数", "期次", "应还本金", "应还利息", "应还本息", "剩余本金", "还款日期", "应还日期", "借据号", "结清", "罚息",
            "贷款本金",
        ),
        against=(
            "检查报告", "检查表", "催收", "对账单", "变更协议", "展期协议", "签报", "会议纪要", "合同书", "电子回单", "调整还款",
        ),
    )  # fmt: skip

    rate = Rate("年利率", "执行利率", "执行年利率", "利率", "贷款利率", "Interest rate")
    settle_date = Day("结清日期", "结清日", "贷款结清日期", "Settlement date")
    rows = Table(
        key=("due_date",),
        needs=(("due_date",), ("principal", "total"), ("interest", "remaining", "total")),
        period_no=Count("期数", "期次", "期号", "序号", "还款期数", "还款期次", "期", "No.", "Period", "Instalment"),
        due_date=Day(
            "还款日期", "应还日期", "应还款日", "还款日", "到期日", "到期日期", "应还款日期", "计划还款日", "计划还款日期",
            "应还日", "Due date", "Payment date",
        ),
        principal=Money(
            "应还本金", "当期本金", "本期本金", "本金", "还款本金", "计划本金", "应还本金额", "偿还本金", "实还本金", "归还本金",
            "本期应还本金", "Principal",
        ),
        interest=Money(
            "应还利息", "当期利息", "本期利息", "利息", "还款利息", "计划利息", "偿还利息", "实还利息", "本期应还利息", "Interest"
        ),
        penalty=Money("罚息", "应还罚息", "逾期罚息", "实还罚息", "Penalty"),
        compound=Money("复利", "应还复利", "实还复利"),
        total=Money(
            "应还本息", "应还合计", "当期应还合计", "还款金额", "本息合计", "应还总额", "期供", "月供", "应还款额",
            "每期还款额",
            "合计", "应还金额", "当期应还", "本期应还合计", "还款总额", "实还合计", "月还款额", "Total", "Payment",
        ),
        remaining=Money(
            "剩余本金", "剩余贷款本金", "贷款余额", "本金余额", "未还本金", "期末本金余额", "剩余未还本金", "剩余金额",
            "余额",
            "Balance", "Outstanding",
        ),
        overdue_days=Count("逾期天数", "Days overdue"),
    )  # fmt: skip
    told_settled = tell(
        settle_date=(
            "(于|至|已于|截至){day}~(结清|还清|清偿|全部归还)",
            "{day}(已)?~(结清|还清)",
        ),
    )

    def complete(self) -> None:
        super().complete()
        if not self.rows:
            read_told(self, self.told_settled)

    def covers(self) -> Period | None:
        days = [row["due_date"].value for row in self.rows if "due_date" in row]
        known = [day for day in days if isinstance(day, date)]
        if known:
            return Period(min(known), max(known))
        settled = self.get("settle_date")
        return Period(settled, settled) if isinstance(settled, date) else None

    # --- identities --------------------------------------------------------------------------------------------------

    def more_checks(self) -> Iterator[Bearing]:
        for number, row in enumerate(self.rows):
            yield from self._instalment(number, row)
            yield from self._left(number, row)
        for column, word in (("principal", "本金"), ("interest", "利息"), ("total", "应还")):
            if any(column in row for row in self.rows):
                yield from adds_up(self, "rows", column, f"Σ{word} = 合计")

    def _instalment(self, number: int, row: dict[str, Field]) -> Iterator[Bearing]:
        """本金 + 利息 + 罚息 + 复利 = 合计."""
        named = [name for name in PARTS if _money(row, name) is not None]
        total = _money(row, "total")
        if total is None or not {"principal", "interest"} <= set(named):
            return
        computed = sum((_money(row, name) or Decimal(0) for name in named), Decimal(0))
        terms = (*((f"rows[{number}].{name}", 1) for name in named), (f"rows[{number}].total", -1))
        yield self._held("instalment_follows", "本金 + 利息 + 罚息 = 应还合计", number, computed, total, terms)

    def _left(self, number: int, row: dict[str, Field]) -> Iterator[Bearing]:
        """剩余本金 = 上期剩余 − 本期本金; before the first instalment stands the loan itself, where its amount is printed."""
        paid, left = _money(row, "principal"), _money(row, "remaining")
        above = f"rows[{number - 1}].remaining" if number else "amount_num"
        before = _money(self.rows[number - 1], "remaining") if number else self.get("amount_num")
        if paid is None or left is None or not isinstance(before, Decimal):
            return
        terms = ((above, 1), (f"rows[{number}].principal", -1), (f"rows[{number}].remaining", -1))
        yield self._held("remaining_follows", "剩余本金 = 上期剩余 − 本金", number, before - paid, left, terms)

    def _held(
        self, name: str, says: str, number: int, computed: Decimal, printed: Decimal, terms: tuple[tuple[str, int], ...]
    ) -> Bearing:
        holds, paths = computed == printed, tuple(path for path, _ in terms)
        state = Outcome.HOLDS if holds else Outcome.FAILS
        if not holds:
            told = f"第 {number + 1} 行：{says}应为 {computed:f}，印着 {printed:f}。"
            self.findings.append(Finding("instalment_differs", told, self.sheet.first_page))
        check = Check(name, state, says, f"{computed:f}", f"{printed:f}", f"row {number + 1}")
        return Bearing(check, paths if holds else (), () if holds else paths, terms)

    @identity("Σ本金 = 贷款金额", proves=("amount_num",))
    def principal_adds_up(self) -> tuple[Decimal, Decimal]:
        paid = [_money(row, "principal") for row in self.rows]
        known = [amount for amount in paid if amount is not None]
        if not known or len(known) < len(paid) or _money(self.rows[-1], "remaining") != Decimal(0):
            raise NotRead("全部各期本金")
        return sum(known, Decimal(0)), self.amount_num


def _money(row: dict[str, Field], name: str) -> Decimal | None:
    value = row[name].value if name in row else None
    return value if isinstance(value, Decimal) else None
