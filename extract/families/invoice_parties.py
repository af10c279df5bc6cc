"""Buyer and seller of an invoice: two blocks with the same labels, told apart by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extract.forms.fields import make_field, value_of
from extract.forms.labels import Label, find_labels
from extract.grammar import Reading
from extract.kinds import Text, Uscc
from extract.layout import squeezed
from extract.scanned import meant
from records.document import Line, Word
from records.facts import Field, Value
from records.values import numbers


class _PartyName(Text):
    """A party's name; a label that stands in its place is none."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        picked = super().pick(text.lstrip("_|-—·. "), unit)  # what a scan makes of the line beside it
        return None if picked is None or re.match(r"(?:统一社会|纳税人识别|地址|开户行)", str(picked[0])) else picked


#: Invoices of vehicles stand in boxes: the buyer above, the seller below, each with its number behind or under its name.
VEHICLE = re.compile(r"机动车销售统一发票|二手车销售统一发票")
_NUMBERS = (
    "纳税人识别号", "统一社会信用代码", "单位代码/身份证号码", "纳税人识别号/统一社会信用代码/身份证明号码",
    "身份证号码/组织机构代码", "统一社会信用代码/纳税人识别号", "税号",
)  # fmt: skip


def boxed_sides(reading: Reading) -> dict[str, Field]:
    """Buyer and seller of a vehicle: a number belongs to the party whose name was printed last before it."""
    buyer = Text("购买方名称", "买方单位/个人", "购货单位(人)", "购货单位", "买方单位/个人名称")
    seller = Text("销货单位名称", "销售方名称", "卖方单位/个人", "卖方单位/个人名称", "销货单位")
    ident, nobody = Uscc(*_NUMBERS), Text("二手车市场", "经营、拍卖单位", "二手车交易市场", "主管税务机关及代码")
    kinds = {"buyer_name": buyer, "seller_name": seller, "id": ident, "nobody": nobody}
    for name, kind in kinds.items():
        kind.name = name
    labels = find_labels(reading.sheet, list(kinds.values()), reading.taken)
    starts: dict[tuple[int, int], list[int]] = {}
    for label in labels:
        starts.setdefault((label.strip.page, label.strip.number), []).append(label.start)
    found: dict[str, Field] = {}
    side = ""
    for label in sorted(labels, key=lambda label: (label.strip.page, label.strip.number, label.start)):
        if label.kind is not ident:
            side = label.kind.name.removesuffix("_name")
        name = f"{side}_id" if label.kind is ident else label.kind.name
        if side in ("buyer", "seller") and name not in found:
            value = _party_value(label, reading, starts, name)
            if value is not None:
                found[name] = value
    return found


def sides(reading: Reading) -> dict[str, Field]:
    """Buyer and seller: both blocks carry the same labels, so the place decides. Above the table the left block is the buyer's
    and the right one the seller's; below it stands the seller."""
    name, ident = _PartyName("名称", "单位名称"), Uscc(
        "统一社会信用代码/纳税人识别号", "纳税人识别号", "统一社会信用代码", "纳税人登记号", "税号"
    )  # fmt: skip
    others = Text("地址、电话", "地址电话", "开户行及账号", "密码区", "开户银行")
    name.name, ident.name, others.name = "name", "id", "other"
    labels = find_labels(reading.sheet, [name, ident, others], reading.taken)
    starts: dict[tuple[int, int], list[int]] = {}
    for label in labels:
        starts.setdefault((label.strip.page, label.strip.number), []).append(label.start)
    found: dict[str, Field] = {}
    for label in labels:
        if label.kind is others:
            continue
        field = f"{_side(label, reading)}_{label.kind.name}"
        value = _party_value(label, reading, starts, field) if field not in found else None
        if value is not None:
            found[field] = value
    return found


#: What stands in front of a block, in one line or one letter below the other, and says whose it is.
_MARK = re.compile(
    r"(?P<buyer>购买?方?(?:信息)?|购货(?:单位|方)|买方?(?:信息)?|受票方)|销售?方?(?:信息)?|销货(?:单位|方)|[售卖]方?(?:信息)?|开票方"
)


def _side(label: Label, reading: Reading) -> str:
    strip = label.strip
    first = strip.words[strip.word_at(label.start)]
    marks = [
        m for word in strip.words if word.box.x0 < first.box.x0 and (m := _MARK.fullmatch(word.text.rstrip(":：")))
    ]
    if marks:
        return "buyer" if marks[-1]["buyer"] else "seller"
    head = _table_top(reading, strip.page)
    if head is not None and strip.top > head:
        return "seller"
    return "buyer" if first.box.x0 < 0.45 else "seller"


def _table_top(reading: Reading, page: int) -> float | None:
    """Where the table begins: at its head, or at the line of totals where no head was read."""
    taken = [number for where, number in reading.taken if where == page]
    strips = reading.sheet.by_page[page]
    if taken:
        return strips[min(taken)].top
    return next((strip.top for strip in strips if squeezed(strip.text).startswith(("合计", "价税合计"))), None)


def _party_value(label: Label, reading: Reading, starts: dict[tuple[int, int], list[int]], name: str) -> Field | None:
    found = value_of(label, reading, starts)
    if found is None:
        return None
    words = _within_cell(found.words, reading, found.page)
    if isinstance(label.kind, _PartyName):
        words = [w for w in words if w.box.y0 < words[0].box.y1 or not _END_OF_NUMBER.fullmatch(w.text)]
    text = Line(tuple(words)).text if len(words) < len(found.words) else found.raw
    if isinstance(label.kind, _PartyName):
        for line in _going_on(label, words, reading, starts):
            more = Line(tuple(line)).text
            if _END_OF_NUMBER.fullmatch(more):  # of the number that stands behind the name and was broken by its cell
                break
            words, text = [*words, *line], text + more
    elif numbers.uscc(text) is None and (end := _end_of_number(label, text, reading)) is not None:
        words, text = [*words, end], text + end.text
    picked = label.kind.pick(meant(label.kind, text) if label.strip.scanned else text, Decimal(1))
    if picked is None:
        return None
    kind = type(label.kind)("x") if isinstance(label.kind, Uscc) else Text("x")
    kind.name = name
    return make_field(kind, picked[0], words, found.page, text)


_END_OF_NUMBER = re.compile(r"[0-9A-HJ-NPQRTUWXY]{1,9}")


def _end_of_number(label: Label, text: str, reading: Reading) -> Word | None:
    """The end of a number that its cell broke: a piece on the next line with which its check digit holds."""
    strip = label.strip
    for lower in reading.sheet.by_page[strip.page][strip.number + 1 : strip.number + 2]:
        if lower.top - strip.box.y1 > strip.height:
            return None
        ends = (word for word in lower.words if _END_OF_NUMBER.fullmatch(word.text))
        return next((word for word in ends if numbers.uscc(text + word.text) is not None), None)
    return None


def _going_on(
    label: Label, words: list[Word], reading: Reading, starts: dict[tuple[int, int], list[int]]
) -> Iterator[list[Word]]:
    """The further lines of a long name: flush with its first, close below it, on a line where its block has no label."""
    strip, first = label.strip, words[0].box
    em = strip.em()
    own = strip.words[strip.word_at(label.start)].box.x0
    others = [strip.words[strip.word_at(at)].box.x0 for at in starts[(strip.page, strip.number)]]
    stop = min([x for x in others if x > first.x0 + em], default=2.0)
    bottom, lines = first.y1, reading.sheet.by_page[strip.page]
    for lower in lines[strip.number + 1 : strip.number + 5]:
        labels = [lower.words[lower.word_at(at)].box.x0 for at in starts.get((lower.page, lower.number), ())]
        if lower.top - bottom > 0.95 * first.height or any(own - 2 * em < x < stop for x in labels):
            return
        line = [word for word in lower.words if first.x0 - 0.6 * em < word.box.x0 < stop]
        if not line or abs(line[0].box.x0 - first.x0) > 0.6 * em:
            continue  # a line of the other party, or the upright label beside the block
        line = _within_cell(tuple(line), reading, strip.page)
        if line[0] not in words:  # the common way of reading may have gone on already
            yield line
        bottom = max(word.box.y1 for word in line)


def _within_cell(words: tuple[Word, ...], reading: Reading, page: int) -> list[Word]:
    """The words before the next upright line: what stands behind it belongs to another cell."""
    first = words[0].box
    y = (first.y0 + first.y1) / 2
    bars = [
        ruling.x0
        for ruling in reading.sheet.rulings(page)
        if abs(ruling.x1 - ruling.x0) < 0.004
        and min(ruling.y0, ruling.y1) <= y <= max(ruling.y0, ruling.y1)
        and ruling.x0 > first.x0 + 0.002
    ]
    stop = min(bars, default=2.0)
    return [word for word in words if word.box.x0 < stop]
