"""Page numbers as a paper prints them: 第 3 页 共 12 页, Page 3 of 12; which are missing, twice there, or out of place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extract.layout import Sheet, squeezed
from records.facts import Finding

#: This page and how many there are, in the forms that printers use.
FORMS = (
    re.compile(r"第(?P<page>\d{1,4})页[,，/;；]?[(（]?共(?P<all>\d{1,4})页"),
    re.compile(r"共(?P<all>\d{1,4})页[,，/;；]?第(?P<page>\d{1,4})页"),
    re.compile(r"\bpage(?P<page>\d{1,4})(?:of|/)(?P<all>\d{1,4})\b", re.IGNORECASE),
)
#: How many lines at the top and at the foot of a page may carry its number.
EDGE = 6


def printed_numbers(sheet: Sheet) -> dict[int, tuple[int, int]]:
    """For each page that says so: its printed number, and how many pages there should be."""
    found: dict[int, tuple[int, int]] = {}
    for page, strips in sheet.by_page.items():
        said = set()
        for strip in [*strips[:EDGE], *strips[-EDGE:]]:
            text = squeezed(strip.text)
            for form in FORMS:
                said |= {(int(m["page"]), int(m["all"])) for m in form.finditer(text)}
        if len(said) == 1 and 1 <= (one := said.pop())[0] <= one[1]:
            found[page] = one
    return found


@lru_cache(maxsize=4)  # asked again at every trial of a repair
def lacking(sheet: Sheet) -> tuple[tuple[int, ...], int]:
    """The pages that the numbering says are not there, and how many there should be; none where it does not say so throughout."""
    numbers = printed_numbers(sheet)
    totals = {total for _, total in numbers.values()}
    if len(numbers) < len(sheet.pages) or len(totals) != 1:
        return (), 0
    (total,) = totals
    there = {page for page, _ in numbers.values()}
    return tuple(n for n in range(1, total + 1) if n not in there), total


def numbering(sheet: Sheet) -> Iterator[Finding]:
    """Pages that the numbering says are missing, doubled or out of order; nothing where pages are not numbered throughout."""
    numbers = printed_numbers(sheet)
    if len(numbers) < len(sheet.pages) or len({total for _, total in numbers.values()}) != 1:
        return
    missing, total = lacking(sheet)
    order = [numbers[page][0] for page in sorted(numbers)]
    if missing:
        yield Finding("pages_incomplete", f"纸上写明共 {total} 页，缺第 {_listed(missing)} 页。", sheet.first_page)
    if twice := sorted({n for n in order if order.count(n) > 1}):
        yield Finding("pages_twice", f"第 {_listed(twice)} 页出现了不止一次。", sheet.first_page)
    once = list(dict.fromkeys(order))
    if once != sorted(once):
        yield Finding("pages_out_of_order", f"页码次序为 {_listed(order)}。", sheet.first_page)


def _listed(numbers: Sequence[int]) -> str:
    return "、".join(map(str, numbers[:12])) + (" 等" if len(numbers) > 12 else "")
