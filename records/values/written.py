"""Dates written in characters turned into figures: 二〇二四年三月十五日 → 2024年3月15日."""

from __future__ import annotations

import re
from re import Match

from records.values.text import halfwidth

_LONGEST = 64
_FIGURE = dict(zip("〇○零一二三四五六七八九壹贰叁肆伍陆柒捌玖", "000123456789123456789", strict=True))
_ALL = "".join(_FIGURE)
_ONES = _ALL[3:]
_YEAR = re.compile(rf"[{_ALL}0-9Oo]{{4}}(?=年)")
_NUMBER = re.compile(rf"零?(?P<tens>[一二三壹贰叁]?)[十拾](?P<ones>[{_ONES}]?)|[零〇]?(?P<one>[{_ONES}])")
_ANY = re.compile(rf"[{_ALL}十拾廿卅]")


def in_figures(text: str) -> str:
    """The text with years, months and days in figures; one without such characters comes back unchanged."""
    if not _ANY.search(text):
        return text
    text = _YEAR.sub(_year, text.replace("廿", "二十").replace("卅", "三十"))
    return _NUMBER.sub(_number, text)


def prepared(text: str) -> str | None:
    """The text in plain figures, without brackets and stops around it; None when no figure is in it."""
    if len(text) > _LONGEST:
        return None
    plain = " ".join(in_figures(halfwidth(text)).split()).strip(" .,;。、:'")
    plain = _BLANK_BESIDE.sub("", plain)
    if len(plain) > 1 and plain[0] == "(" and plain[-1] == ")":
        plain = plain[1:-1].strip()
    return plain if _HAS_FIGURES.search(plain) else None


_HAS_FIGURES = re.compile("[0-9]")
_BLANK_BESIDE = re.compile(r" (?=[年月日号时分秒])|(?<=[年月时分]) (?=[0-9])")  # 2024 年 3 月 5 日


def _year(found: Match[str]) -> str:
    """Figure by figure; the letter O stands for 〇 only beside other characters (二OO八)."""
    if not _ANY.search(found[0]):
        return found[0]
    return "".join(_FIGURE.get(c, "0" if c in "Oo" else c) for c in found[0])


def _number(found: Match[str]) -> str:
    if found["one"]:
        return _FIGURE[found["one"]]
    return _FIGURE.get(found["tens"], "1") + _FIGURE.get(found["ones"], "0")
