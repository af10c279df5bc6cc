"""Exports whose thousands carry commas that nobody quoted: 1,234.56 cut in two, and every cell behind it moved.

The head says how many cells a row has. A row with more is put together again where its pieces are those of a figure (one to three
digits, then groups of three, the last with a point) and only one way gives as many cells as the head. Where several ways do, the
columns decide in which the other rows keep figures; where they do not, the row stays as it is, and a person is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from records.document import Notice

Row = list[str]
_BEGINS = re.compile(r"^(?:.*[:：])?\s*[-+(¥￥]{0,2}\d{1,3}$")
_GOES_ON = re.compile(r"^\d{3}$")
_ENDS = re.compile(r"^\d{3}\.\d{1,2}\)?(?:\s*(?:元|[CD]R?|[借贷]))?$", re.IGNORECASE)
_FIGURE = re.compile(r"^[-+(¥￥]{0,2}\d[\d,]*\.\d{1,2}\)?")
_HEAD = 4  #: cells that make a head
_WAYS = 4096  #: ways to put one row together that are looked at


def whole_figures(rows: Sequence[Row], page: int = 1) -> tuple[list[Row], list[Notice]]:
    """The rows with every figure in one cell, and what a person should know; unchanged where no row is wider than its head."""
    head = _head(rows)
    if head is None or not any(_too_wide(row, rows[head]) for row in rows[head + 1 :]):
        return list(rows), []
    width = len(_trimmed(rows[head]))
    ways = {n: _fitting(_bare(row), width) for n, row in enumerate(rows) if n > head and _too_wide(row, rows[head])}
    kinds = _kinds([next(iter(found)) for found in ways.values() if len(found) == 1], width)
    found, unclear = list(rows), []
    for number, row in enumerate(rows):
        if number not in ways:
            found[number] = _joined(row) if number != head else row
            continue
        fits = [way for way in ways[number] if len(ways[number]) == 1 or _agrees(way, kinds)]
        if len(fits) == 1:
            found[number] = fits[0]
        else:
            unclear.append(number + 1)
    return found, list(_told(sorted(set(ways) - {n - 1 for n in unclear}), unclear, page))


def _told(joined: Sequence[int], unclear: Sequence[int], page: int) -> Iterator[Notice]:
    if joined:
        says = f"{len(joined)} 行的金额带千位逗号而没有引号，已按表头的列数拼回，请核对。"
        yield Notice("thousands_unquoted", says, page)
    if unclear:
        places = "、".join(map(str, unclear[:8])) + (f" 等 {len(unclear)}" if len(unclear) > 8 else "")
        yield Notice("columns_unclear", f"第 {places} 行的列数多于表头，金额里的逗号无法还原，该行不可靠。", page)


def _head(rows: Sequence[Row]) -> int | None:
    """The last line of words before the first that is wider and holds pieces of a figure."""
    head: int | None = None
    for number, row in enumerate(rows):
        cells = _trimmed(row)
        if len(cells) >= _HEAD and all(cell.strip() and not any(c.isdigit() for c in cell) for cell in cells):
            head = number
        elif head is not None and len(_bare(row)) > len(_trimmed(rows[head])) and len(_joined(row)) < len(row):
            return head
    return None


def _trimmed(row: Row) -> Row:
    """The row without the empty cells at its end."""
    last = max((n for n, cell in enumerate(row, 1) if cell.strip()), default=0)
    return row[:last]


def _bare(row: Row) -> Row:
    return _trimmed([cell.strip() for cell in row])


def _too_wide(row: Row, head: Row) -> bool:
    return len(_bare(row)) > len(_trimmed(head)) or (len(row) > len(head) and len(_joined(row)) < len(row))


def _runs(row: Row) -> Iterator[tuple[int, int]]:
    """Where pieces of a figure stand side by side: from the first to the last."""
    for start, cell in enumerate(row):
        if not _BEGINS.match(cell.strip()):
            continue
        end = start + 1
        while end < len(row) and _GOES_ON.match(row[end].strip()):
            end += 1
        if end < len(row) and _ENDS.match(row[end].strip()):
            yield start, end


def _joined(row: Row) -> Row:
    """The row with every run as long as it can be."""
    taken, result = -1, list[str]()
    runs = dict(_runs(row))
    for place, cell in enumerate(row):
        if place <= taken:
            continue
        taken = runs.get(place, place)
        result.append(",".join(piece.strip() for piece in row[place : taken + 1]) if taken > place else cell)
    return result


def _fitting(row: Row, width: int) -> list[Row]:
    """Every way to put pieces together that leaves as many cells as the head has (a row may end in empty cells)."""
    by_end: dict[int, list[int]] = {}
    for start, end in _runs(row):
        by_end.setdefault(end, []).append(start)
    choices = [[(start, end) for start in starts] + [(end, end)] for end, starts in sorted(by_end.items())]
    found: list[Row] = []
    for count, chosen in enumerate(product(*choices)):
        if count >= _WAYS:
            return []
        way = _put_together(row, [pair for pair in chosen if pair[0] < pair[1]])
        if way is not None and len(way) == width and way not in found:
            found.append(way)
    return found


def _put_together(row: Row, chosen: Sequence[tuple[int, int]]) -> Row | None:
    taken, result = -1, list[str]()
    ends = dict(chosen)
    if any(later <= end for (_, end), (later, _) in pairwise(chosen)):
        return None
    for place, cell in enumerate(row):
        if place > taken:
            taken = ends.get(place, place)
            result.append(",".join(row[place : taken + 1]) if taken > place else cell)
    return result


def _kinds(rows: Sequence[Row], width: int) -> list[set[bool]]:
    """For each column, whether the rows that fit in one way keep figures in it, something else, or both."""
    return [{bool(_FIGURE.match(row[n])) for row in rows if row[n]} for n in range(width)]


def _agrees(row: Row, kinds: Sequence[set[bool]]) -> bool:
    return all(not cell or not kind or bool(_FIGURE.match(cell)) in kind for cell, kind in zip(row, kinds, strict=True))
