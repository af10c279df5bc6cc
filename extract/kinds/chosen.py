"""Names, and one of a few answers: choices, yes or no, currencies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar

from extract.boxes import EMPTY, TICKED, chosen, with_boxes
from extract.kinds.dated import Day
from extract.kinds.kind import Kind
from records.facts import Value
from records.values.text import fold, squeeze


def _names_apart(text: str) -> str:
    """Whole names with blanks between them (周逸 孔庆) stay apart; the letters of a spaced name (沈 某 某) grow together."""
    parts = fold(text).split()
    return (
        "、".join(parts)
        if all(re.fullmatch(r"[\u4e00-\u9fff·]{2,4}[、,;]?", part) for part in parts)
        else squeeze(text)
    )


class Names(Kind[tuple[str, ...]]):
    """Several names in one place: 张某、李某."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        plain = Day.SHAPE.sub(" ", _names_apart(text)).strip(" :：。")
        names = tuple(
            name for name in re.split(r"[、,，/;；\s]+", plain) if name and name not in ("签字", "签名", "(签字)")
        )
        return (names, text) if names and all(1 < len(name) <= 20 for name in names) else None


class Choice(Kind[str]):
    """One of a few words, mapped to the word that a reading uses; where boxes stand beside them, the one that is ticked, and none
    when none or several are."""

    def __init__(self, *labels: str, among: Mapping[str, str], required: bool = False) -> None:
        super().__init__(*labels, required=required)
        self.among = dict(sorted(among.items(), key=lambda pair: -len(pair[0])))

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        plain = with_boxes(text)
        if not any(mark in plain for mark in TICKED + EMPTY):
            found = next((value for word, value in self.among.items() if word in plain), None)
            return (found, text) if found is not None else None
        ticked = {value for option in chosen(text) or () for word, value in self.among.items() if word in option}
        return (ticked.pop(), text) if len(ticked) == 1 else None


class YesNo(Kind[str]):
    """是 or 否, written or ticked (☑是 □否, 是√ 否□); 一致, 相符 count as 是."""

    ANSWERS = re.compile(r"不一致|不相符|不符|一致|相符|是|否|有|无")
    WRITTEN = re.compile(r"不一致|不相符|不符|一致|相符|是|否")

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        plain = with_boxes(text)
        if any(mark in plain for mark in TICKED + EMPTY):
            given = [found.group() for option in chosen(text) or () if (found := self.ANSWERS.match(option))]
        else:
            found = self.WRITTEN.match(plain.replace(" ", ""))
            given = [found.group()] if found else []
        if len(given) != 1:
            return None
        return ("是" if given[0] in ("是", "一致", "相符", "有") else "否"), text


class Currency(Kind[str]):
    """The ISO 4217 code of the currency named."""

    CODES: ClassVar[dict[str, str]] = {
        "人民币": "CNY", "本币": "CNY", "rmb": "CNY", "cny": "CNY", "美元": "USD", "usd": "USD",
        "港币": "HKD", "港元": "HKD", "hkd": "HKD", "欧元": "EUR", "eur": "EUR", "日元": "JPY", "jpy": "JPY",
        "英镑": "GBP", "gbp": "GBP", "新加坡元": "SGD", "新币": "SGD", "sgd": "SGD", "澳大利亚元": "AUD", "澳元": "AUD",
        "aud": "AUD", "加拿大元": "CAD", "加元": "CAD", "cad": "CAD", "瑞士法郎": "CHF", "chf": "CHF",
        "澳门元": "MOP", "mop": "MOP", "新台币": "TWD", "twd": "TWD", "韩元": "KRW", "韩币": "KRW", "krw": "KRW",
    }  # fmt: skip

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        plain = squeeze(text).lower()
        for word, code in self.CODES.items():
            if re.search(rf"(?<![a-z]){word}(?![a-z])" if word.isascii() else word, plain):  # no aud in fraud
                return code, text
        return None
