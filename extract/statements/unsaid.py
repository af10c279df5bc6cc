"""What a statement tells without a label: its bank, counts behind sums, a period by its rows, the ends of its chain."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from extract.grammar import Reading
from extract.kinds import Currency, Day, Span
from extract.layout import Strip, clusters, folded, printed, squeezed
from extract.statements import chain
from extract.statements.ledger import spoken_period
from extract.statements.order import order_of
from extract.statements.rows import accounts_of
from extract.tables.totals import total_under
from records.document import around
from records.facts import Field, Period, Printed, State
from records.values.text import fold

BANK = re.compile(
    r"[\u4e00-\u9fa5]{2,12}?(?:银行|信用社联合社|信用合作社联合社|信用合作联社|信用合作社|信用联社|信用社)"
    r"(?:\([\u4e00-\u9fa5]{2,4}\)(?=股份|有限))?(?:股份有限公司|有限责任公司|有限公司)?"
)
BANK_EN = re.compile(
    r"\b(?:(?:[A-Z][A-Za-z&.'-]+|&|of|and|the) ){0,5}"
    r"(?:Bank(?:ing)?|BANK(?:ING)?|Building Society|BUILDING SOCIETY|Credit Union|CREDIT UNION"
    r"|HSBC|Barclays|Lloyds|NatWest)"
    r"(?: of(?: [A-Z][A-Za-z]+){1,3})?(?: (?!Account|Statement|Business|Current)[A-Z][A-Za-z]+)?"
    r"(?:,? (?:plc|PLC|Plc|Limited|LIMITED|Ltd\.?|LTD\.?|N\.?A\.?|Inc\.?))?(?![A-Za-z])"
)
HOUSE = re.compile(r"\b(?:HSBC|Barclays|Lloyds|NatWest|Santander|Halifax|Monzo|Starling|Nationwide)\b")
#: Signs that name one currency; $ is the sign of many and names none.
SIGNED = {"£": "GBP", "€": "EUR"}
NOT_A_BANK = re.compile(r"^(?:开户|对方|本方|收款|付款|欢迎使用|经办|发卡|请到|网上|手机|电子|个人)+")


#: 370,235.91 3笔; 370,235.91 共 3 笔; 370,235.91 笔数：3.
COUNTED = re.compile(
    r"^\D*[\d,]+\.\d\d(?:\D{0,3}?\s*(?:共|/)?\s*(?P<before>\d+)\s*笔|\s*元?\s*(?:总|共)?笔数\s*:?\s*(?P<after>\d+))"
)


def inline_counts(reading: Reading) -> None:
    """借方合计 370,235.91 3笔: the count stands behind the sum."""
    for total, count in (("total_in", "count_in"), ("total_out", "count_out")):
        if total not in reading.fields or count in reading.fields:
            continue
        source = reading.fields[total].source
        assert isinstance(source, Printed)
        for strip in reading.sheet.by_page[source.page]:
            if source.box is None or not strip.box.y0 <= source.box.middle[1] <= strip.box.y1:
                continue
            behind = " ".join(fold(w.text) for w in strip.words if w.box.x1 > source.box.x0)
            figure = re.search(r"[\d,]+\.\d\d", fold(source.raw))  # a cell may hold both sums
            behind = behind[behind.find(figure.group()) :] if figure and figure.group() in behind else behind
            found = COUNTED.match(behind)
            if found:
                number = found["before"] or found["after"]
                reading.fields[count] = Field(count, number, replace(source, raw=found.group().strip()))


def name_the_bank(reading: Reading) -> None:
    for strip in reading.sheet.strips[:15]:
        if (strip.page, strip.number) in reading.taken:
            break
        name = _named_on(strip)
        if name:
            source = Printed(
                strip.page, strip.box, strip.text, min(w.confidence for w in strip.words), strip.words[0].cell
            )
            reading.fields["bank_name"] = Field("bank_name", name, source)
            return
    _titled_below(reading)
    if "bank_name" not in reading.fields:
        _signed_by(reading)


def _named_on(strip: Strip) -> str | None:
    """The bank that a line names; in a sheet each cell speaks for itself (交易明细 | 岭南湾银行). 开户银行 alone names none."""
    texts = [folded(word.text) for word in strip.words] if strip.cells else [strip.text]
    for text in texts:
        english = BANK_EN.match(text)
        ways = [english] if english else [*BANK.finditer(squeezed(text)), *BANK_EN.finditer(text)]
        names = (NOT_A_BANK.sub("", way.group()) for way in ways)
        named = next((name for name in names if len(name) >= 4), None)
        if named:
            return named
    return None


def _titled_below(reading: Reading) -> None:
    """Some banks print the title of the list, their name in it, under the list."""
    for strip in reversed(reading.sheet.strips):
        text = squeezed(strip.text)
        found = BANK.match(text)
        if found and (strip.page, strip.number) not in reading.taken and re.search(r"明细|流水|清单|对账单", text[:40]):
            source = printed(strip.words, strip.page, strip.text)
            reading.fields["bank_name"] = Field("bank_name", found.group(), source)
            return


def _signed_by(reading: Reading) -> None:
    """A bank that its head does not name (a logo, a web address) and its small print does."""
    for strip in reading.sheet.strips:
        found = HOUSE.search(strip.text)
        if found:
            source = printed(strip.words, strip.page, found.group())
            reading.fields["bank_name"] = Field("bank_name", found.group(), source)
            return


#: A line that sums up a whole statement; that of a page or a day begins otherwise.
WHOLE = re.compile(r"^(?:人民币|本期|发生额|交易金额)?(?:合计|总计|共计)|^totals?(?![a-z])", re.IGNORECASE)


def totals_of_the_columns(reading: Reading) -> None:
    """合计 under the last row: the sums of what came in and what went out stand in their columns."""
    rows = reading.tables["transactions"]
    if len(accounts_of(reading)) != 1 or not rows:
        return
    last = rows[-1]["date"].source if "date" in rows[-1] else None
    ends = reading.sheet.by_page[last.page] if isinstance(last, Printed) else ()
    if not any(WHOLE.search(squeezed(strip.text)) for strip in ends):
        return
    for total, column in (("total_in", "_in"), ("total_out", "_out")):
        found = total_under(reading, "transactions", column) if total not in reading.fields else None
        if found is not None:
            reading.fields[total] = replace(found, name=total)


def bare_currency(reading: Reading) -> None:
    """人民币, HKD somewhere above the table, without a label; nothing where two are named."""
    named = {
        code: Field("currency", code, printed([word], strip.page))
        for strip in reversed(reading.sheet.strips[:12])
        if (strip.page, strip.number) not in reading.taken
        for word in strip.words
        if (code := Currency.CODES.get(folded(word.text).strip("()").lower()))
    }
    if "currency" not in reading.fields and len(named) == 1:
        (reading.fields["currency"],) = named.values()
    for strip in reading.sheet.strips if "currency" not in reading.fields else ():
        for word in strip.words:
            if word.text[:1] in SIGNED and (len(word.text) == 1 or word.text[1:2].isdigit() or word.text[1:].isalpha()):
                reading.fields["currency"] = Field("currency", SIGNED[word.text[:1]], printed([word], strip.page))
                return


def currencies_of_the_rows(reading: Reading) -> None:
    """币种 in every row: the currency of the account, or of each row where the statement holds several."""
    rows = [row for row in reading.tables["transactions"] if "_currency" in row]
    named = {str(row["_currency"].value) for row in rows}
    if len(named) == 1 and "currency" not in reading.fields and len(rows) == len(reading.tables["transactions"]):
        reading.fields["currency"] = replace(rows[0]["_currency"], name="currency")
    if len(named) > 1:
        reading.fields.pop("currency", None)
        for row in rows:
            row["currency"] = replace(row["_currency"], name="currency")


def join_period(reading: Reading) -> None:
    if "period" in reading.fields:
        return
    starts, ends = reading.fields.get("_starts"), reading.fields.get("_ends")
    if (
        starts
        and ends
        and isinstance(starts.value, date)
        and isinstance(ends.value, date)
        and starts.value <= ends.value
    ):
        reading.fields["period"] = spanning("period", Period(starts.value, ends.value), starts, ends)
        return
    for strip in reading.sheet.strips:
        if (strip.page, strip.number) not in reading.taken and (picked := Span().pick(strip.text, reading.money_unit)):
            reading.fields["period"] = Field("period", picked[0], printed(strip.words, strip.page, picked[1]))
            return
    for strip in reading.sheet.strips:
        if (strip.page, strip.number) not in reading.taken and (spoken := spoken_period(strip.text)):
            reading.fields["period"] = Field("period", spoken[0], printed(strip.words, strip.page, spoken[1]))
            return
    ends = _from_and_to(reading)
    if ends is not None:
        reading.fields["period"] = ends
        return
    dated = [row["date"] for row in reading.tables["transactions"] if "date" in row]
    if dated:
        first, last = min(dated, key=lambda f: str(f.value)), max(dated, key=lambda f: str(f.value))
        assert isinstance(first.value, date)
        assert isinstance(last.value, date)
        reading.fields["period"] = spanning("period", Period(first.value, last.value), first, last)


#: From 01-Mar-2026 over To 31-Mar-2026: two short words that are no labels elsewhere.
_END = re.compile(r"^(?P<side>from|to)\b\s*:?\s*(?P<day>\S.*)$", re.IGNORECASE)


def _from_and_to(reading: Reading) -> Field | None:
    """The two days of a period that stand apart over the rows, each behind its own word."""
    found: dict[str, Field] = {}
    for strip in reading.sheet.strips[:20]:
        for group in clusters(strip.words, strip.ratio, 1.5):
            said = _END.match(" ".join(folded(word.text) for word in group))
            day = Day().pick(said["day"], Decimal(1)) if said else None
            if said and day and day[1] == said["day"]:
                found.setdefault(said["side"].lower(), Field("period", day[0], printed(group, strip.page)))
    start, end = found.get("from"), found.get("to")
    if start and end and isinstance(start.value, date) and isinstance(end.value, date) and start.value <= end.value:
        return spanning("period", Period(start.value, end.value), start, end)
    return None


def ends_of_the_chain(reading: Reading) -> None:
    """Opening and closing balance where the paper does not print them but its rows do."""
    if len(accounts_of(reading)) != 1:
        return
    rows = reading.tables["transactions"]
    found = order_of(rows, accounts_of(reading)[0])
    first, last = rows[found.rows[0]], rows[found.rows[-1]]
    if "closing_balance" not in reading.fields and "balance" in last:
        reading.fields["closing_balance"] = replace(last["balance"], name="closing_balance")
        reading.derived.add("closing_balance")
    amount, balance = chain.amount_of(first, "amount"), chain.amount_of(first, "balance")
    known = "amount" in first and first["amount"].state is not State.LOW_CONFIDENCE
    if "opening_balance" not in reading.fields and known and amount is not None and balance is not None:
        reading.fields["opening_balance"] = spanning(
            "opening_balance", balance - amount, first["balance"], first["amount"]
        )
        reading.derived.add("opening_balance")


def spanning(name: str, value: Period | Decimal, first: Field, second: Field) -> Field:
    """A value that two printed ones give together: its source is both places."""
    one, other = first.source, second.source
    assert isinstance(one, Printed)
    assert isinstance(other, Printed)
    same = one.page == other.page and one.box is not None and other.box is not None
    box = around([one.box, other.box]) if same and one.box and other.box else one.box
    raw = one.raw if one.raw == other.raw else f"{one.raw} … {other.raw}"
    return Field(name, value, Printed(one.page, box, raw, min(one.confidence, other.confidence), one.cell))
