"""Whether a paper shows signs of having been altered: no signs, signs, or it cannot be told.

A false alarm accuses a customer, a miss is what was there before; so every sign needs evidence that clean papers do not show, and
what cannot be seen (a scan, a sheet anybody can edit, a paper without arithmetic) is not called clean.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

from extract.grammar import Reading, columns_of
from extract.kinds import IdCard, Uscc
from records.document import Traits, Word
from records.facts import Check, Finding, Outcome, Printed, Sign, State, Tampering, Verdict
from records.values.numbers import in_part
from records.values.text import fold

#: Programs that retouch pictures or rewrite finished PDFs; no bank and no tax office issues papers with them.
RETOUCHERS = re.compile(
    r"photoshop|illustrator|gimp|inkscape|coreldraw|canva|pdfescape|sejda|smallpdf|ilovepdf|pdf-?xchange|foxit.{0,12}(?:editor|phantom)"
    r"|pdfelement|wondershare|nitro|pdf24|dochub|pdffiller|infix|master pdf editor|soda pdf|福昕.{0,6}编辑|万兴|迅捷|极光pdf",
    re.IGNORECASE,
)
#: A clock that was never set writes earlier years than this.
FIRST_YEAR = 2005
FIGURE = re.compile(r"\d[\d,]*\.\d\d(?!\d)")
#: Signs that stand in the file itself, whatever it is about.
WRITTEN_OVER = {"figures_covered", "text_overlaid", "figures_changed_by_update"}
#: Cells a column must have, and cells of another face it may have at most, for these to stand out.
MANY, FEW = 10, 3


def judge(reading: Reading, checks: Sequence[Check]) -> Tampering:
    """The verdict on one paper, with every sign found."""
    signs = tuple(_signs(reading, checks))
    if signs:
        return Tampering(Verdict.SIGNS, signs, f"发现 {len(signs)} 处疑点，请核对原件。")
    why = _blind(reading, checks)
    if why:
        return Tampering(Verdict.CANNOT_TELL, (), why)
    return Tampering(Verdict.NO_SIGNS, (), "算式、字体、文件记录均未见异常。")


def forged(reading: Reading, checks: Sequence[Check]) -> Tampering | None:
    """A paper of words or without arithmetic is never called clean; that somebody wrote over its figures is told all the same."""
    signs = tuple(sign for sign in _signs(reading, checks) if sign.code in WRITTEN_OVER)
    return Tampering(Verdict.SIGNS, signs, f"发现 {len(signs)} 处疑点，请核对原件。") if signs else None


def told(tampering: Tampering) -> Iterator[Finding]:
    """Each sign as a finding."""
    for sign in tampering.signs:
        yield Finding("tamper_signs", f"疑似改动：{sign.message}", sign.page, sign.box)


def _blind(reading: Reading, checks: Sequence[Check]) -> str:
    """Why the absence of signs says nothing; empty where it does."""
    sources = {page.source for page in reading.sheet.pages}
    if "ocr" in sources:
        return "图像件：看不到文件内部，只能核对算式。"
    if sources != {"text"} or reading.sheet.document.traits is None:
        return "可编辑的文件：内容可随意改动，不能据此判断真伪。"
    if any(notice.code == "invisible_text" for notice in reading.sheet.document.notices):
        return "文字层由他人识别后附加，未必与图像一致。"
    if not _mostly_proved(reading):
        return "多数金额没有算式可以印证，不足以判断。"
    arithmetic = [check for check in checks if check.computed is not None]
    if any(check.state is Outcome.FAILS for check in checks):
        return "有算式不成立，但可能是缺页或漏读，不足以判断。"
    if not any(check.state is Outcome.HOLDS for check in arithmetic):
        return "纸上没有可核对的算式。"
    return ""


def _mostly_proved(reading: Reading) -> bool:
    """Whether arithmetic stands behind half of the amounts in every table the type has: a single one altered would show."""
    for name in reading.table_specs():
        held = [
            cell.state is State.VERIFIED or f"{name}[{number}].{column}" in reading.supported
            for number, row in enumerate(reading.tables.get(name, []))
            for column, cell in columns_of(row).items()
            if isinstance(cell.value, Decimal)
        ]
        if 2 * sum(held) < max(1, len(held)):
            return False
    return True


def _signs(reading: Reading, checks: Sequence[Check]) -> Iterator[Sign]:
    if any(page.source != "text" for page in reading.sheet.pages):
        return  # a misreading would look like an alteration
    traits = reading.sheet.document.traits
    if traits is None:
        return
    yield from reading.signs()
    yield from _words_against_figures(reading, checks)
    yield from _check_digits(reading)
    yield from _made_by(traits)
    yield from _changed_later(reading, traits)
    yield from _made_before(reading, traits)
    yield from _mixed_faces(reading)
    yield from _overlaid(reading)
    yield from _covered(reading)
    yield from _misspelt_addresses(reading)


def _words_against_figures(reading: Reading, checks: Sequence[Check]) -> Iterator[Sign]:
    """大写 against 小写: two spellings of one amount."""
    for check in checks:
        if check.state is Outcome.FAILS and any(name.endswith("_cn") for name in check.values):
            yield Sign(
                "words_contradict_figures",
                f"大写与小写金额不一致：大写为 {check.computed}，小写为 {check.printed}。",
                check.page,
            )


def _check_digits(reading: Reading) -> Iterator[Sign]:
    """A number with a check digit, whole and unmasked, whose digits the file itself carried."""
    kinds = reading.kinds()
    for name, field in reading.fields.items():
        kind, source = kinds.get(name), field.source
        if not isinstance(kind, IdCard | Uscc) or not isinstance(source, Printed) or field.verified_by:
            continue
        value = str(field.value)
        if len(value) == 18 and "*" not in value and kind.proved_by(value) is None:
            shown = in_part(value)  # it may be a person's: a sentence never carries it whole
            yield Sign("check_digit_fails", f"号码 {shown} 的校验位不符。", source.page, source.box)


def _made_by(traits: Traits) -> Iterator[Sign]:
    for program in (traits.producer, traits.creator):
        if RETOUCHERS.search(program):
            yield Sign("made_by_editor", f"文件由编辑软件生成：{program}。")
            return


def _changed_later(reading: Reading, traits: Traits) -> Iterator[Sign]:
    """Figures that an earlier save of the same file showed otherwise."""
    own = {page.number for page in reading.sheet.pages}
    for change in traits.changes:
        if change.page in own:
            was, now = "、".join(change.was[:6]), "、".join(change.now[:6]) or "无"
            yield Sign(
                "figures_changed_by_update",
                f"文件保存后又被修改：第 {change.page} 页原有 {was}，现为 {now}。",
                change.page,
            )


def _made_before(reading: Reading, traits: Traits) -> Iterator[Sign]:
    """A file that is older than the last thing it tells."""
    days = [row["date"].value for rows in reading.tables.values() for row in rows if "date" in row]
    known = [day for day in days if isinstance(day, date)]
    if not known or traits.created is None:
        return
    made = date.fromisoformat(traits.created)
    if made.year >= FIRST_YEAR and made + timedelta(days=2) < max(known):
        yield Sign("made_before_its_rows", f"文件生成于 {made}，却载有 {max(known)} 的交易。")


def _mixed_faces(reading: Reading) -> Iterator[Sign]:
    """A few amounts set in another face than their column, in rows that are otherwise set like the rest."""
    placed = {(page.number, word.box): word for page in reading.sheet.pages for word in page.words if word.font}
    for rows in reading.tables.values():
        cells: dict[str, list[Cell]] = {}
        for number, row in enumerate(rows):
            for name in ("amount", "balance"):
                source = row[name].source if name in row else None
                if isinstance(source, Printed) and source.box is not None and (source.page, source.box) in placed:
                    cells.setdefault(name, []).append((number, source.page, placed[source.page, source.box]))
        odd = {name: _odd(column) for name, column in cells.items()}
        for name, strangers in odd.items():
            whole = {number for key, others in odd.items() if key != name for number, _, _ in others}
            for number, page, word in strangers:
                if number not in whole:  # else the whole row is set so
                    says = f"第 {number + 1} 行“{word.text}”的字体（{word.font}）与同列其他金额不同。"
                    yield Sign("mixed_fonts", says, page, word.box)


Cell = tuple[int, int, Word]  #: row, page, and the word that carries the amount


def _odd(column: Sequence[Cell]) -> list[Cell]:
    faces = Counter(word.font for _, _, word in column)
    usual, count = faces.most_common(1)[0]
    strangers = [cell for cell in column if cell[2].font != usual]
    return strangers if count >= MANY and len(strangers) <= min(FEW, count // 5) else []


def _overlaid(reading: Reading) -> Iterator[Sign]:
    """Two different amounts printed on one spot: one of them was meant to be covered."""
    for page in reading.sheet.pages:
        placed = sorted((word for word in page.words if word.font), key=lambda word: word.box.y0)
        for index, word in enumerate(placed):
            for other in placed[index + 1 : index + 12]:
                if other.box.y0 > word.box.y1:
                    break
                if word.text != other.text and _on_one_spot(word, other):
                    says = f"同一处印着两个数：“{word.text}”与“{other.text}”。"
                    yield Sign("text_overlaid", says, page.number, word.box)


def _covered(reading: Reading) -> Iterator[Sign]:
    """Amounts that the reader of the file found under something drawn over them."""
    own = {page.number for page in reading.sheet.pages}
    for notice in reading.sheet.document.notices:
        if notice.code == "covered_text" and notice.page in own and FIGURE.search(notice.message):
            yield Sign("figures_covered", notice.message, notice.page)


def _on_one_spot(one: Word, other: Word) -> bool:
    wide = one.box.shared_width(other.box) > 0.6 * min(one.box.width, other.box.width)
    return wide and one.box.shared_height(other.box) > 0.6 * min(one.box.height, other.box.height)


ADDRESS = re.compile(r"\b(?:www\.)?([a-z0-9-]{4,30})((?:\.(?:com|co|net|org|gov|cn|uk|hk|sg|bank))+)\b", re.IGNORECASE)


def _misspelt_addresses(reading: Reading) -> Iterator[Sign]:
    """One address spelled in two ways on one paper: a hand wrote one of them."""
    seen: dict[tuple[str, str], tuple[int, int]] = {}
    for strip in reading.sheet.strips:
        for found in ADDRESS.finditer(fold(strip.text).lower()):
            seen.setdefault((found[1], found[2]), (strip.page, strip.number))
    for (one, end), (other, same) in combinations(sorted(seen), 2):
        if end == same and one[0] == other[0] and len(one) == len(other) and _nearly(one, other):
            page = max(seen[one, end], seen[other, end])[0]
            yield Sign("address_misspelt", f"同一网址有两种写法：{one}{end} 与 {other}{end}。", page)


def _nearly(one: str, other: str) -> bool:
    """Whether two words of one length are the same but for one letter put in and one left out, or one exchanged."""
    if sum(a != b for a, b in zip(one, other, strict=True)) == 1:
        return True
    return any(one[:i] + one[i + 1 :] == other[:j] + other[j + 1 :] for i in range(len(one)) for j in range(len(other)))
