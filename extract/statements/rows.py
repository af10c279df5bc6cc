"""The rows of a statement put in order: the time out of the date cell, name and account apart, one signed amount each."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.grammar import Reading, Rows
from extract.layout import printed, squeezed
from extract.statements import chain
from extract.statements.order import directions
from records.facts import Field, Finding, Printed, State
from records.values import days
from records.values.text import fold

OUT = re.compile(r"^(?:借|d|dr|debit|支|支出|付|付出|出|往账|转出|取|-)", re.IGNORECASE)
IN = re.compile(r"^(?:贷|c|cr|credit|收|收入|入|来账|转入|存|\+)", re.IGNORECASE)

#: CR and DR beside a figure: as good as a sign.
MARKS = re.compile(r"\b(?:CR|DR)\b|\d(?:CR|DR|C|D)\b|\d\s*[借贷]|^[借贷]\s*\d", re.IGNORECASE)


def put_in_order(reading: Reading) -> None:
    """Everything that the rows need before they can be counted and proved."""
    accounts_above(reading)
    times(reading)
    sides(reading)
    parties(reading)
    sign(reading)


def accounts_of(reading: Reading) -> list[list[int]]:
    """Rows by account and currency: each has a chain of its own."""
    groups: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(reading.tables["transactions"]):
        account, currency = row.get("_account"), row.get("_currency")
        key = (str(account.value) if account else "", str(currency.value) if currency else "")
        groups.setdefault(key, []).append(number)
    return list(groups.values())


ABOVE = re.compile(
    r"(?:^|[\s,，;；])(?:账号|账户|卡号|账号/卡号|Account No\.?|Account number)\s*[:：]?\s*([\d* -]{8,32}\d)",
    re.IGNORECASE,
)


def accounts_above(reading: Reading) -> None:
    """Tables of several accounts one under the other, each below its number: a row belongs to the nearest above it."""
    told = [
        ((strip.page, strip.top), found[1].replace(" ", ""), strip)
        for strip in reading.sheet.strips
        if (strip.page, strip.number) not in reading.taken and (found := ABOVE.search(strip.text))
    ]
    rows = reading.tables["transactions"]
    places = [
        (s.page, s.box.y0) if isinstance(s := row["date"].source, Printed) and s.box else None
        for row in rows
        if "date" in row
    ]
    if len(places) < len(rows) or None in places or any("_account" in row for row in rows):
        return
    first = min((place for place in places if place), default=(0, 0.0))
    head = {number for place, number, _ in told if place < first}
    if all(number in head for _, number, _ in told):  # its own numbers, printed again on every page
        return
    for row, place in zip(rows, places, strict=True):
        over = [entry for entry in told if place is not None and entry[0] < place]
        if over:
            _, number, strip = over[-1]
            row["_account"] = Field("_account", number, printed(strip.words, strip.page))


def times(reading: Reading) -> None:
    """A date cell that also holds the time of day."""
    for row in (row for row in reading.tables["transactions"] if "date" in row):
        source = row["date"].source
        if "time" not in row and isinstance(source, Printed):
            clock = re.search(r"\d{1,2}:\d{2}(?::\d{2})?", fold(source.raw))
            value = days.clock(clock.group()) if clock else None
            if value is not None:
                row["time"] = Field("time", value, source, row["date"].state)


#: What a row says of each side of a payment, and under which names the other side is kept.
SIDE = (("", "counterparty_name"), ("_account", "counterparty_account"), ("_bank", "counterparty_bank"))


def sides(reading: Reading) -> None:
    """Exports with a payer and a payee in every row: the side that is not the holder of the account is the counterparty."""
    for row in reading.tables["transactions"]:
        if not any(name.startswith(("_payer", "_payee")) for name in row):
            continue
        out = _pays(reading, row)
        if out is None:
            continue
        for end, name in SIDE:
            other = row.get(("_payee" if out else "_payer") + end)
            if other is not None and name not in row:
                row[name] = replace(other, name=name)
        amount = chain.amount_of(row, "amount")
        if out and amount is not None and amount > 0 and not has_sign(row):
            row["amount"] = replace(row["amount"], value=-amount)


def _pays(reading: Reading, row: dict[str, Field]) -> bool | None:
    """Whether the holder is the payer: by account, by name, else by the sign of the amount; None where nothing tells."""
    for own, end in (("account_no", "_account"), ("account_name", "")):
        mine = squeezed(str(reading.get(own) or ""))
        sides = [row.get(f"{side}{end}") for side in ("_payer", "_payee")]
        pays, gets = (side is not None and squeezed(str(side.value)) == mine for side in sides)
        if mine and pays != gets:
            return pays
    amount = chain.amount_of(row, "amount")
    return amount < 0 if amount else None


def parties(reading: Reading) -> None:
    """对方账号与户名 in one cell: 账号/户名, either way round."""
    for row in reading.tables["transactions"]:
        name = row.get("counterparty_name")
        if name is None or "counterparty_account" in row:
            continue
        text = str(name.value)
        if re.fullmatch(r"[\d*]{8,32}", text):  # the bank had only the number
            row["counterparty_account"] = replace(row.pop("counterparty_name"), name="counterparty_account")
            continue
        deep = re.fullmatch(r"(?P<name>.*[^\d\s/])\s+(?P<no>[\d*]{8,32})\s+(?P<remark>\D.*)", text)
        if deep:  # three lines of a cell: name, number, remark
            row["counterparty_name"] = replace(name, value=deep["name"])
            row["counterparty_account"] = replace(name, name="counterparty_account", value=deep["no"])
            row.setdefault("remark", replace(name, name="remark", value=deep["remark"]))
            continue
        found = re.match(
            r"^(?P<no>[\d*]{6,32})\s*/?\s*(?P<name>\D.*)$|^(?P<name2>.*?[^\d\s])\s*/?\s*(?P<no2>[\d*][\d* ]{6,31}[\d*])$",
            text,
        )
        if not found:
            continue
        account, rest = (
            (found["no"] or found["no2"]).replace(" ", ""),
            (found["name"] or found["name2"] or "").strip(" /"),
        )
        if account and rest:
            row["counterparty_account"] = replace(name, name="counterparty_account", value=account)
            row["counterparty_name"] = replace(name, value=rest)


def sign(reading: Reading) -> None:
    """Give every row one signed amount: in +, out −, from two columns, a flag, a sign, or the chain."""
    rows = reading.tables["transactions"]
    unsigned_outs(rows)
    for row in rows:
        from_columns(reading, row)
    unsigned = [row for row in rows if "amount" in row and not has_sign(row)]
    printed_signs = any(
        amount is not None and amount < 0 for amount in (chain.amount_of(row, "amount") for row in rows)
    )
    if unsigned and not printed_signs:
        sign_by_chain(reading)


def unsigned_outs(rows: Rows) -> None:
    """A column of what went out whose figures carry a minus says it twice; a lone minus there takes something back (冲正)."""
    outs = [(n, amount) for n, row in enumerate(rows) if (amount := chain.amount_of(row, "_out"))]
    if not outs or any(amount > 0 for _, amount in outs):
        return
    balances = [chain.amount_of(row, "balance") for row in rows]
    twice = back = 0
    for number, amount in outs:
        end = balances[number]
        sides = [balances[n] for n in (number - 1, number + 1) if 0 <= n < len(rows)]
        moves = {end - start for start in sides if end is not None and start is not None}
        twice += amount in moves
        back += -amount in moves
    if twice > back or (twice == back and len(outs) > 1 and not any(balances)):
        for number, amount in outs:
            rows[number]["_out"] = replace(rows[number]["_out"], value=-amount)


def from_columns(reading: Reading, row: dict[str, Field]) -> None:
    if "amount" not in row and "_second" in row:  # of two columns whose sides nobody can tell, the balances will
        row["amount"] = replace(row["_second"], name="amount")
    came, went = chain.amount_of(row, "_in"), chain.amount_of(row, "_out")
    if "amount" not in row or (came is not None or went is not None):
        if came and went:
            reading.findings.append(Finding("both_sides", "一行的收入与支出同时有金额，取两者之差。", _page_of(row)))
            row["amount"] = replace(row["_in"], name="amount", value=came - went, state=State.LOW_CONFIDENCE)
        elif went:
            row["amount"] = replace(row["_out"], name="amount", value=-went)
        elif came is not None or went is not None:
            side = "_in" if came is not None and (came or went is None) else "_out"
            row["amount"] = replace(row[side], name="amount")
        return
    flag = row.get("_direction")
    if flag is not None:
        amount = chain.amount_of(row, "amount")
        assert amount is not None
        if OUT.match(str(flag.value)) and amount > 0:
            row["amount"] = replace(row["amount"], value=-amount)


def has_sign(row: dict[str, Field]) -> bool:
    source = row["amount"].source
    raw = fold(source.raw) if isinstance(source, Printed) else ""
    flag = row.get("_direction")
    known = flag is not None and bool(OUT.match(str(flag.value)) or IN.match(str(flag.value)))
    return known or "_in" in row or "_out" in row or any(mark in raw for mark in "+-(") or MARKS.search(raw) is not None


def sign_by_chain(reading: Reading) -> None:
    """Amounts printed without any sign: the balances say which way the money went."""
    rows = reading.tables["transactions"]
    for members in accounts_of(reading):
        found = directions(rows, members)
        if found is None:
            reading.findings.append(
                Finding("direction_unknown", "金额没有收支方向，余额也推不出方向。", reading.sheet.first_page)
            )
        order, signed = found or (members, {})
        for number in order:
            row = rows[number]
            if number in signed:
                row["amount"] = replace(row["amount"], value=signed[number])
            elif "amount" in row and (found is None or number != order[0]):
                row["amount"] = replace(row["amount"], state=State.LOW_CONFIDENCE)
        if found is not None:
            sign_the_first(reading, order[0])


def sign_the_first(reading: Reading, number: int) -> None:
    """The first row has no balance before it: only a printed opening balance tells its direction."""
    row, opening = reading.tables["transactions"][number], reading.get("opening_balance")
    amount, balance = chain.amount_of(row, "amount"), chain.amount_of(row, "balance")
    if amount is None or balance is None:
        return
    if opening is not None and abs(balance - opening) == abs(amount):
        row["amount"] = replace(row["amount"], value=balance - opening)
    else:
        row["amount"] = replace(row["amount"], state=State.LOW_CONFIDENCE)


def _page_of(row: dict[str, Field]) -> int | None:
    source = next(iter(row.values())).source
    return source.page if isinstance(source, Printed) else None
