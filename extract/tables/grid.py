"""Where the columns of a table stand, and what its lines are: rows that carry the key, lines about the table, its foot."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from extract.grammar import Reading, Table
from extract.kinds import Clock, Day, Digits, Kind, Names, Span, Text, Token
from extract.layout import Strip, folded, squeezed
from extract.scanned import meant
from records.borders import cut
from records.document import Line, Word
from records.values.days import clock

#: Rows that are about rows: they never count as data (documents.md §0.6).
TOTALS = re.compile(
    r"^(?:本页|本[日月季年期旬]|当[页日月])?(?:小计|合计|总计|累计|共计)|^承前页|^过次页|^上页结转|^转下页|^接上页|^结转下页"
    r"|^承前(?:结余|余额)?|^结余转|^(?:收入|支出|借方|贷方|人民币)?(?:总计|合计|小计)|^期[初末](?:余额$|结余)|^上期余额|^total"
    r"|^(?:balance)?(?:brought|carried)forward|^(?:balance)?[bc]/f(?:balance|\b)|^(?:opening|closing|start|end|beginning|ending)balance",
    re.IGNORECASE,
)
#: Lines that end a table: what stands under it on every page.
FOOTER = re.compile(
    r"^第\d+页|^共\d+页|^页码|^page\d*|^\d+/\d+$|^打印|^制表|^柜员|^操作员|^温馨提示|^说明|^备注[:：]|^注[:：]|^声明|^以下空白|^-+$|^以上|^妥善保管",
    re.IGNORECASE,
)
AMOUNT = re.compile(r"[-+]?[¥￥]?\d{1,3}(?:,?\d{3})*\.\d\d")
#: Kinds whose cells may go on over several lines.
WRAPS = (Text, Token, Digits, Span, Clock, Names)


def goes_on(word: Word, kind: Kind[Any]) -> bool:
    """Whether a word may stand on a further line of its cell: in columns that wrap, and the time of day under its day."""
    return isinstance(kind, WRAPS) or (isinstance(kind, Day) and clock(folded(word.text)) is not None)


@dataclass(slots=True)
class Grid:
    """Where the columns of a table stand on a page: ``bounds[i]`` is the right border of column i."""

    columns: list[str | None]
    bounds: list[float]

    printed: frozenset[float] = frozenset()  #: the borders among them that are printed lines

    def of(self, word: Word) -> int:
        return bisect_right(self.bounds, (word.box.x0 + word.box.x1) / 2)

    def pieces(self, words: Sequence[Word]) -> list[Word]:
        """The words, those cut in two that run over a printed line; a sound amount is one thing wherever it ends."""
        if not self.printed:
            return list(words)
        found: list[Word] = []
        for word in words:
            first = bisect_right(self.bounds, word.box.x0)
            over = [bound for bound in self.bounds[first:] if bound < word.box.x1 and bound in self.printed]
            found += cut(word, over) if over and not AMOUNT.fullmatch(word.text) else [word]
        return found


def is_note(strip: Strip) -> bool:
    """Whether a line is about the table, not of it: a total, a page number, a remark."""
    text = squeezed(strip.text)
    return bool(TOTALS.search(text) or FOOTER.search(text))


def is_anchor(strip: Strip, grid: Grid, table: Table, reading: Reading) -> bool:
    """Whether a line carries the key of a row: every key column holds a readable value on it."""
    for name in table.key:
        if name in table.optional and name not in grid.columns:
            continue
        words = [word for word in grid.pieces(strip.words) if grid.columns[grid.of(word)] == name]
        kind, text = table.columns[name], Line(tuple(words)).text
        if not words or kind.pick(meant(kind, text) if strip.scanned else text, reading.money_unit) is None:
            return False
    return True
