"""A statement against itself: where its own figures contradict each other and nothing but an alteration explains it.

A chain that breaks is first of all a row we did not read or a page that is not there. It becomes a sign only where the file
itself carried the text, everything around was read, the break stands alone in a chain that holds, and no printed line lies
between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.grammar import Reading
from extract.statements.accounts import Account
from extract.statements.chain import Link, page_of, run_around
from records.document import Box
from records.facts import Outcome, Printed, Sign

#: Findings after which a break may be ours.
OURS = {"cell_unreadable", "direction_unknown", "both_sides"}
#: Links that must hold for one that does not to stand out.
ENOUGH = 6
FIGURE = re.compile(r"\d[\d,]*\.\d\d\b")


def contradictions(reading: Reading, books: Sequence[Account]) -> Iterator[Sign]:
    """Altered amounts and balances, and a summary that its own rows contradict."""
    if any(finding.code in OURS for finding in reading.findings):
        return
    for account in books:
        yield from _altered(reading, account)
    if len(books) == 1 and books[0].links and all(link.holds for link in books[0].links):
        yield from _summary(reading)


def _altered(reading: Reading, account: Account) -> Iterator[Sign]:
    broken = [index for index, link in enumerate(account.links) if not link.holds]
    runs = sorted({run_around(account.links, index) for index in broken})
    held = len(account.links) - len(broken)
    if not runs or held < ENOUGH * len(runs) or account.order.doubled or account.order.moved:
        return
    for first, last in runs:
        run = account.links[first : last + 1]
        if len(run) == 2 and run[0].gap + run[1].gap == 0:
            yield _sign(reading, run[0], "balance", "balance_altered")
        elif len(run) == 1 and len(run[0].rows) == 1 and not _something_between(reading, run[0]):
            yield _sign(reading, run[0], "amount", "amount_altered")


def _sign(reading: Reading, link: Link, column: str, code: str) -> Sign:
    row = reading.tables["transactions"][link.row]
    says = {
        "amount": f"第 {link.row + 1} 行金额与前后余额不符：按余额应为 {link.end - link.start:f}，"
        f"印着 {link.amount:f}（或此处少了一行）。",
        "balance": f"第 {link.row + 1} 行余额与前后各行不符：应为 {link.start + link.amount:f}，印着 {link.end:f}。",
    }[column]
    source = row[column].source
    return Sign(code, says, page_of(row), source.box if isinstance(source, Printed) else None)


def _something_between(reading: Reading, link: Link) -> bool:
    """Whether rows may be missing here: a page ends between the two balances, or figures stand there that no row took."""
    if link.before is None:
        return True
    one, other = (_place(reading, number) for number in (link.before, link.row))
    if one is None or other is None or one[0] != other[0]:
        return True
    top, bottom = sorted((one[1], other[1]), key=lambda box: box.y0)
    between = [
        strip
        for strip in reading.sheet.by_page[one[0]]
        if top.y1 <= strip.middle <= bottom.y0 and (strip.page, strip.number) not in reading.taken
    ]
    return abs(link.before - link.row) != 1 or any(FIGURE.search(strip.text) for strip in between)


def _place(reading: Reading, number: int) -> tuple[int, Box] | None:
    source = reading.tables["transactions"][number]["balance"].source
    return (source.page, source.box) if isinstance(source, Printed) and source.box is not None else None


def _summary(reading: Reading) -> Iterator[Sign]:
    """Rows that are complete (from the printed opening to the printed closing balance) and sums that say otherwise."""
    checks = {item.name: item.hold_against(reading).check for item in reading.identities()}
    if checks["rows_add_up"].state is not Outcome.HOLDS:
        return
    for name, field in (("credits_add_up", "total_in"), ("debits_add_up", "total_out")):
        check = checks[name]
        if check.state is Outcome.FAILS:
            source = reading.fields[field].source
            place = (source.page, source.box) if isinstance(source, Printed) else (None, None)
            says = f"明细与期初、期末余额相符，但与印着的合计不符：{check.says}，应为 {check.computed}，印着 {check.printed}。"
            yield Sign("summary_contradicts_rows", says, *place)
