"""The kinds of value a type is written in: each knows its labels and how printed text becomes a value of its kind.

On the class a kind is the specification; on a reading it is the value (``NotRead`` when it is not there), so that identities
read like arithmetic and a missing value makes them impossible to check instead of wrong.
"""

from __future__ import annotations

from extract.kinds.amounts import LooseMoney, Money, MoneyInWords, Quantity, Ratio, Whole, WrittenMoney
from extract.kinds.chosen import Choice, Currency, Names, YesNo
from extract.kinds.dated import Clock, Day, Moment, MonthOf, Span
from extract.kinds.kind import LETTER_SPACED, Kind, NotRead, Text, Token, as_printed
from extract.kinds.numbered import EXPONENT, Card, Count, Digits, IdCard, Uscc

__all__ = [
    "EXPONENT",
    "LETTER_SPACED",
    "Card",
    "Choice",
    "Clock",
    "Count",
    "Currency",
    "Day",
    "Digits",
    "IdCard",
    "Kind",
    "LooseMoney",
    "Moment",
    "Money",
    "MoneyInWords",
    "MonthOf",
    "Names",
    "NotRead",
    "Quantity",
    "Ratio",
    "Span",
    "Text",
    "Token",
    "Uscc",
    "Whole",
    "WrittenMoney",
    "YesNo",
    "as_printed",
]
