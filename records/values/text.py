"""Text made comparable: widths, variants, blanks, labels, company names and reference numbers."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BLANKS_OF_ALL_WIDTHS = dict.fromkeys(
    "\t\r\n\v\f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000", " "
)
#: Characters without width vanish.
_NOTHING: dict[str, str] = dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\xad", "")
_DASHES = dict.fromkeys("－—–‐‑‒―─━﹣﹘−ー", "-")
_VARIANTS = dict(
    zip("帐馀佔週戶戸號圓銀額結餘總計貸幣轉間類單對帳", "账余占周户户号圆银额结余总计贷币转间类单对账", strict=True)
)
#: Radicals that some PDF writers store in place of the character they look like; NFKC leaves these alone.
_RADICALS = dict(
    zip(
        "⺠⺟⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "民母虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
_FOLD = str.maketrans({**_NOTHING, **_DASHES, **_VARIANTS, **_RADICALS, "•": "·", "‧": "·", "・": "·", "∶": ":"})
_HALF = str.maketrans(
    {
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
        **_BLANKS_OF_ALL_WIDTHS,
        **_NOTHING,
        **_DASHES,
        **{"￥": "¥", "﹙": "(", "﹚": ")", "﹐": ",", "﹒": ".", "∶": ":", "〜": "~", "∼": "~"},
    }
)

CJK = "\u2e80-\u2fdf\u3001-\u3011\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_BLANK_IN_CJK = re.compile(rf"(?<=[{CJK}])\s+(?=[{CJK}])")
_BLANK_AT_CJK = re.compile(rf"(?<=[{CJK}])\s+|\s+(?=[{CJK}])")
_BLANKS = re.compile(r"\s+")


def halfwidth(text: str) -> str:
    """Full-width digits, letters, brackets, dashes and blanks as plain ones, and nothing else.

    Numbers are read through this and not through ``fold``: NFKC would turn ``10²`` into ``102`` and ``①`` into ``1``.
    """
    return text if text.isascii() and text.isprintable() else text.translate(_HALF)


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """NFKC, one kind of dash, common variants and PDF radicals unified (帐 = 账); the length may change."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_FOLD)


def squeeze(text: str) -> str:
    """Folded, trimmed, blanks between Chinese characters removed (户 名 → 户名), others made single."""
    folded = _BLANK_IN_CJK.sub("", fold(text))
    return _BLANKS.sub(" ", folded).strip()


_UNIT_AT_END = re.compile(
    r"[(\[](?:单位:?)?(?:人民币)?(?:[百千万亿]*元|元整|%|kwh|千瓦时|度|吨|立方米|m3)[)\]]$", re.IGNORECASE
)
_LABEL_NOISE = re.compile(r"[:()\[\]{}<>【】〔〕《》〈〉「」『』\"'“”‘’`*_|。;]")


@lru_cache(maxsize=8192)
def label(text: str) -> str:
    """A label for matching: squeezed, small letters, no colon, no brackets, no unit in brackets at the end."""
    squeezed = _BLANK_AT_CJK.sub("", squeeze(text)).rstrip(":; ")
    bare = _LABEL_NOISE.sub("", _UNIT_AT_END.sub("", squeezed) or squeezed)
    return bare.strip(" .,、-·").lower()


_NAME_NOISE = re.compile(r"[\s()\[\]{}【】〔〕《》<>.,;:·'\"“”‘’`_-]")
_LIMITED = re.compile(r"有限责任公司")


@lru_cache(maxsize=8192)
def company(text: str) -> str:
    """A company's or person's name for matching (archive.md §1): no blanks, no brackets, 有限责任公司 = 有限公司.

    Region words, branch suffixes and 股份 stay: they tell different legal persons apart.
    """
    return _LIMITED.sub("有限公司", _NAME_NOISE.sub("", fold(text))).upper()


_REFERENCE_NOISE = re.compile(r"[\s字第号-]")
_BRACKETS = str.maketrans("[]{}〔〕【】〈〉<>", "()()()()()()")


def reference(text: str) -> str:
    """A contract, loan-note or certificate number for matching (archive.md §1): 字第号, blanks and dashes ignored."""
    return _REFERENCE_NOISE.sub("", fold(text)).translate(_BRACKETS).upper().strip(":,.;。、")
