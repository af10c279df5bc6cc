"""A sum due that a bill writes again in capital characters (应缴金额（大写）：壹万柒仟…), though its type has no field for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extract.grammar import Bearing, Reading
from extract.kinds import MoneyInWords
from records.facts import Check, Outcome

_MARK = re.compile(r"大写|人民币[:：]?\s*[零壹贰叁肆伍陆柒捌玖]")
_WORDS = MoneyInWords("大写")
SAYS = "应付金额（大写）= 应付金额（小写）"


def written_again(reading: Reading, names: Sequence[str]) -> Bearing | None:
    """The sum in words held against the first of ``names`` that it equals; None where the bill writes no single sum out.

    Two spellings of one sum cannot both be misread to the same value, so it proves by itself. Where it equals none of the
    sums that were read, and its figures stand nowhere on the paper, one of the two is altered: the first sum is accused.
    """
    told = {value for strip in reading.sheet.strips if _MARK.search(strip.text) and (value := _value(strip.text))}
    read = [name for name in names if isinstance(reading.get(name), Decimal)]
    if len(told) != 1 or not read:
        return None
    written = told.pop()
    name = next((name for name in read if reading.get(name) == written), None)
    if name is None and any(figures in strip.text for strip in reading.sheet.strips for figures in _spelled(written)):
        return None  # it is another sum of the paper (with what was owed before)
    state = Outcome.HOLDS if name else Outcome.FAILS
    shown = reading.get(name or read[0])
    check = Check("total_in_words", state, SAYS, f"{written:f}", f"{shown:f}", values=(name or read[0],))
    return Bearing(check, proves=(name,) if name else (), accuses=() if name else (read[0],), apart=True)


def _spelled(value: Decimal) -> tuple[str, str]:
    return f"{value:,.2f}", f"{value:.2f}"


def _value(text: str) -> Decimal | None:
    picked = _WORDS.pick(text, Decimal(1))
    return picked[0] if picked and isinstance(picked[0], Decimal) else None
