"""What an engine makes of marks, where only one thing can have been printed: put back before a value is read from its text.

Nothing here guesses. 92.547.87 has the groups of an amount whatever its marks are; 一 between two days is a dash; the alphabet
of taxpayer codes has no O and no I. The printed spelling stays with the value.
"""

from __future__ import annotations

import re
from typing import Any

from extract.kinds import Currency, Day, Kind, Money, Span, Uscc
from extract.layout import Strip, folded
from extract.spellings import LETTERS
from records.values.numbers import uscc

#: An amount with its cents and its thousands in groups, each group parted by a point or a comma.
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d{3})+[.,]\d{2}(?![\d.,])")
_DASH = re.compile(r"(?<=[\d日月])(\s*)[一丨](\s*)(?=(?:19|20)\d\d)")
#: A day in figures, some of them taken for letters; what is no day then stays none, and a doubtful reading stays doubtful.
_DAY = re.compile(
    r"(?<![0-9A-Za-z])2[0-9OoQDlI|ZzSsBgq]{3}([-./])[0-9OoQDlI|ZzSsBgq]{2}\1[0-9OoQDlI|ZzSsBgq]{2}(?![0-9A-Za-z])"
)
#: Letters that the alphabet of 统一社会信用代码 leaves out because they look like figures.
_FIGURES = str.maketrans("OIZSoizs", "01250125")
_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{18}(?![0-9A-Za-z])")


#: What engines make of a colon with the line that a form prints under the value, and of a bracket.
MARKS = "_〈"
_CURRENCIES = "|".join(name for name in Currency.CODES if name > "\u4e00")
_CURRENCY = re.compile(rf"(?:币种|币别|货币)(?:{_CURRENCIES})(?![\u4e00-\u9fff])")


def names_a_currency(strip: Strip, start: int) -> bool:
    """币种人民币: what stands on a scan behind the label is the name of a currency and nothing else."""
    return strip.scanned and start in strip.starts and _CURRENCY.match(strip.text, start) is not None


def meant(kind: Kind[Any], text: str) -> str:
    """The text with such marks put right, character for character, as far as this kind of value knows them."""
    if isinstance(kind, Money):
        plain = folded(text)
        return _GROUPED.sub(lambda found: _marked(found.group()), plain) if len(plain) == len(text) else text
    if isinstance(kind, Span):
        return _DASH.sub(r"\1-\2", text)
    if isinstance(kind, Day):
        return _DAY.sub(lambda found: found.group().translate(LETTERS), text)
    if isinstance(kind, Uscc):
        return _CODE.sub(lambda found: _code(found.group()), text)
    return text


def _marked(figure: str) -> str:
    return f"{figure[:-3].replace('.', ',')}.{figure[-2:]}"


def _code(text: str) -> str:
    """The code with figures for such letters, where its check character then holds."""
    figures = text.translate(_FIGURES)
    return figures if figures != text and uscc(figures) is not None else text
