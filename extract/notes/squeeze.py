"""Page text made comparable: one spelling, no blanks inside words, soft line ends gone, every character still placed.

Only one-for-one substitutions are made, so that an offset here is always an offset on the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from records.document import is_cjk

#: Full-width forms, variants and look-alikes that never change a meaning.
_SAME = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord(variant): ord(usual)
    for variant, usual in zip("　帐馀佔週査巳﹣－–—‐─−﹕︰﹔﹐・圆〇", " 账余占周查已-------::;,·元零", strict=True)
}
_SAME |= {ord("✓"): ord("√"), ord("✔"): ord("√"), ord("☒"): ord("☑"), ord("⊠"): ord("☑"), ord("☐"): ord("□")}
_USUAL = {chr(variant): chr(usual) for variant, usual in _SAME.items()}
_VARIANT = re.compile(f"[{re.escape(''.join(_USUAL))}]")  #: few on a page: to look for them is faster than to translate

#: Misreadings of the scanner, mended only where the neighbours leave one reading (风险事件 §0.4): 末发现 → 未发现.
#: The misread character stands first in its expression, what must stand before it behind it: the search leaps to it.
_MENDED: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"末(?<![年月季期周岁本上旬日]末)(?=发现|发生|见|出现|被|存在|能|按|列入|受|偿|归还|缴|支付|结清|解除|涉|履行|如期|及时|足额|曾|提供)"
        ),
        "未",
    ),
    (re.compile(r"末(?<=[尚仍从并均]末)"), "未"),
    (re.compile(r"己(?<![自知利异]己)(?![方所经身见者])"), "已"),
    (re.compile(r"入(?<=(?:执行|借款|保证|担保|抵押)入)(?![账库户金场股住驻手])"), "人"),
    (re.compile(r"对(?<=(?:被查|候查|法查|予查|已查)对)"), "封"),
    (re.compile(r"货(?<![购付收应销的欠]货)(?=款(?:已)?逾期[^未应]|款(?:已)?逾期$)"), "贷"),
)
_BLANKS = re.compile(r"[ \t\r\f\v\u00a0\u2000-\u200b\ufeff\n]+")
_NUMBERED = re.compile(r"[A-Za-z0-9]{8,}$")  #: a line that ends in an identifier is a line of a form
_OPTION = re.compile(
    r"[☑√■●□○]\s?[^\s☑√■●□○,。;:，；：]{1,8}(?:\s[^\s☑√■●□○,。;:，；：]{1,6})?$"
)  #: an option of a form ends its line
_ENDS = "。!?;:！？；："
_STARTS_ANEW = re.compile(
    r"[(\[]?[一二三四五六七八九十]{1,3}[)\]、.]|\(?\d{1,2}[)、.](?!\d)|[①-⑳●■□☑√◆◇▪·*-]|第[一二三四五六七八九十]+[章节条部]"
    r"|[^,。;:]{2,14}:"
)
#: What a line ends with that only says what is coming: 押品查封、冻结情况, 征信查询.
TITLED = re.compile(
    r"(?:情况|说明|查询|明细|明细表|记录|记录表|进度表|登记表|申请书|申请表|一览表|复印件|分析|检查|指南|流程|结果)"
    r"(?:[(（][^()（）]{0,8}[)）])?$"
)


@dataclass(frozen=True, slots=True)
class Squeezed:
    """The text to read, and for every character of it the offset on the page."""

    text: str
    at: tuple[int, ...]
    gaps: frozenset[int]  #: Offsets (in ``text``) before which the page leaves a blank or ends a line.

    def on_page(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the page text."""
        return self.at[start], self.at[end - 1] + 1


def same(text: str) -> str:
    """One spelling for what is written in several; as long as before."""
    return _VARIANT.sub(lambda found: _USUAL[found.group()], text)


def squeeze(raw: str) -> Squeezed:
    """Leave out blanks inside Chinese and line ends inside sentences; remember where they stood."""
    text = same(raw)
    soft = _soft_ends(text)
    out: list[str] = []
    at: list[int] = []
    gaps: set[int] = set()
    last = 0
    for blank in _BLANKS.finditer(text):
        out.append(text[last : blank.start()])
        at.extend(range(last, blank.start()))
        last = blank.end()
        gaps.add(len(at))
        kept = _kept(text, blank, soft)
        if kept:
            out.append(kept)
            at.append(blank.start())
            gaps.add(len(at))
    out.append(text[last:])
    at.extend(range(last, len(text)))
    return Squeezed(mended("".join(out)), tuple(at), frozenset(gaps))


def _kept(text: str, blank: re.Match[str], soft: frozenset[int]) -> str:
    """What stays of a run of blanks: a line end that ends a line, a blank between Latin words, else nothing."""
    if "\n" in blank.group() and not any(blank.start() <= end < blank.end() for end in soft):
        return "\n"
    before = text[blank.start() - 1] if blank.start() else "\n"
    after = text[blank.end()] if blank.end() < len(text) else "\n"
    return " " if not is_cjk(before) and not is_cjk(after) and before.isalnum() and after.isalnum() else ""


def _soft_ends(text: str) -> frozenset[int]:
    """Offsets of the line ends that merely wrap a sentence: the line is full, or prose that has not come to its stop."""
    lines = text.split("\n")
    widths = [len(line.replace(" ", "")) for line in lines]
    widest = max(widths, default=0)
    stops = any(mark in text for mark in "。;；")
    found, offset = set(), 0
    for line, width, following in zip(lines, widths, lines[1:], strict=False):
        offset += len(line) + 1
        ending, coming = line.rstrip(), following.strip()
        if (
            not ending
            or not coming
            or ending[-1] in _ENDS
            or _NUMBERED.search(ending)
            or _OPTION.search(ending)
            or _STARTS_ANEW.match(coming.replace(" ", ""))
        ):
            continue
        full = width >= 0.75 * widest and widest >= 12
        begun = not _STARTS_ANEW.match(ending.strip().replace(" ", "")) and not TITLED.search(ending)
        unfinished = stops and begun and coming[-1:] in "。;；"
        if full or unfinished:
            found.add(offset - 1)
    return frozenset(found)


def mended(text: str) -> str:
    """Misreadings of the scanner put right where the neighbours leave one reading; as long as before."""
    for pattern, usual in _MENDED:
        text = pattern.sub(usual, text)
    return text
