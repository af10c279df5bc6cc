"""Papers with two parties that share labels: 户名, 账号, 开户行 stand twice, and 付款人 or 收款人 beside or above says whose."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.forms.fields import Found, make_field, value_of
from extract.forms.labels import Label, find_labels
from extract.grammar import Reading
from extract.kinds import Digits, Kind, Text
from extract.layout import Sheet, Strip, cut_words

SIDES: Mapping[str, tuple[str, ...]] = {
    "payer": ("付款人", "付款方", "付款单位", "付款账户", "汇款人", "缴款人", "出票人", "付款人信息", "付款方信息"),
    "payee": ("收款人", "收款方", "收款单位", "收款账户", "收款人信息", "收款方信息"),
}
PARTS: Mapping[str, Kind[str]] = {
    "name": Text("户名", "全称", "名称", "账户名称", "单位名称", "姓名"),
    "account": Digits("账号", "账户", "卡号", "账号/卡号", "账(卡)号"),
    "bank": Text("开户行", "开户银行", "开户行名称", "开户机构", "银行", "行名", "开户网点"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that names a side, and where it stands."""

    side: str
    x: float
    middle: float
    y: float
    page: int
    heading: bool = False  #: it stands on a line of its own, over what it is about


#: A label of one of the parts, alone or with the beginning of its value: what stands beside 付款人 in a boxed receipt.
PART = re.compile(rf"^(?:{'|'.join(label for kind in PARTS.values() for label in kind.labels)})(?:$|[:：\s\d])")


def read_sides(reading: Reading) -> None:
    """Fill payer_name, payee_account … where labels of their own did not."""
    for key in [f"{side}_{part}" for side in SIDES for part in PARTS]:
        if key in reading.fields and PART.match(str(reading.get(key))):
            del reading.fields[key]
    marks = [mark for strip in reading.sheet.strips for mark in _marks(strip, reading.sheet)]
    if not marks:
        return
    for name, kind in PARTS.items():
        kind.name = name
    labels = find_labels(reading.sheet, [*PARTS.values(), *_others(reading)], reading.taken)
    starts: dict[tuple[int, int], list[int]] = {}
    for label in labels:
        starts.setdefault((label.strip.page, label.strip.number), []).append(label.start)
    found: dict[str, Found] = {}
    for label in labels:
        side = _side(label, marks) if label.kind in PARTS.values() else None
        value = value_of(label, reading, starts) if side else None
        key = f"{side}_{label.kind.name}"
        if value is not None and (key not in found or value.score > found[key].score):
            found[key] = value
    for key, value in found.items():
        kinds = reading.kinds()
        if key in kinds and key not in reading.fields:
            reading.fields[key] = make_field(kinds[key], value.value, value.words, value.page, value.raw)


def _others(reading: Reading) -> list[Kind[str]]:
    """The type's own labels: a value ends where they begin."""
    return [kind for kind in reading.kinds().values() if kind.labels and kind.sought]


def _marks(strip: Strip, sheet: Sheet) -> list[Mark]:
    """Words on a line that name a side by themselves, and 付 or 收 where the letters stand below one another."""
    found = []
    for side, words in SIDES.items():
        for match in re.finditer(
            "|".join(r"\s*".join(word) for word in sorted(words, key=len, reverse=True)), strip.text
        ):
            behind = strip.text[match.end() : match.end() + 1]
            pieces = cut_words(strip, match.start(), match.end())
            if pieces and not behind.strip(" :："):
                found.append(_mark(side, strip, pieces[0].box.x0, pieces[-1].box.x1))
        letter = "付" if side == "payer" else "收"
        for word in strip.words:
            if word.text == letter and _goes_down(word.box.x0, strip, sheet):
                found.append(_mark(side, strip, word.box.x0, word.box.x1))
    return found


def _mark(side: str, strip: Strip, x0: float, x1: float) -> Mark:
    alone = not any(x1 + 0.002 < word.box.x0 for word in strip.words) and len(strip.text.replace(" ", "")) > 2
    upright = (
        strip.box.height * strip.ratio > x1 - x0
    )  # 收款人 downwards, read as one word: it stands beside, not above
    return Mark(side, x0, (x0 + x1) / 2, strip.middle, strip.page, alone and not upright)


def _goes_down(x: float, strip: Strip, sheet: Sheet) -> bool:
    """Whether 款 stands under this letter."""
    below = sheet.by_page[strip.page][strip.number + 1 : strip.number + 4]
    return any(word.text.startswith("款") and abs(word.box.x0 - x) < 0.01 for other in below for word in other.words)


def _side(label: Label, marks: Sequence[Mark]) -> str | None:
    """Whose label it is: the mark furthest to the right that still stands left of it, the nearest in height among equals."""
    strip = label.strip
    x = strip.words[strip.word_at(label.start)].box.x0
    reach = 3.5 * strip.height
    here = [m for m in marks if m.page == strip.page and m.y <= strip.middle + (0 if m.heading else reach)]
    left = [m for m in here if m.x <= x + 0.01]
    if left:
        edge = max(m.x for m in left)
        column = [m for m in left if m.x > edge - 0.04]
        return min(column, key=lambda m: abs(m.y - strip.middle)).side
    above = [m for m in here if m.y <= strip.middle]
    return (
        min(above, key=lambda m: (abs(m.middle - x) > 0.3, strip.middle - m.y, abs(m.middle - x))).side
        if above
        else None
    )
