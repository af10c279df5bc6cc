"""Figures that a report or a note tells in prose rather than in a box: 产能利用率65%, 订单1200万, 员工80人."""

from __future__ import annotations

import re

from extract.grammar import Reading
from extract.layout import cut_words, printed
from records.facts import Field

#: Of a change (由82%降至47%) the figure that holds now; or a word that only leads to it (减少30人 is a change, not a figure).
_CHANGE = (
    r"(?:由[^。;]{0,12}?\d[\d,.]*(?:%|人|名|万元?|亿元?|元)?(?:降至|降到|减至|减到|升至|升到|增至|增到|变为)"
    r"|为|约为?|保持在|达到?|仅|共|有)?\s*"
)
TOLD = {
    "capacity_utilisation": re.compile(
        rf"(?:产能利用率|产能利用)[^。;,\d%由]{{0,6}}{_CHANGE}(?P<now>\d+(?:\.\d+)?%)(?!\s*(?:降|减|升|增|下|,\S{{0,4}}只))"
    ),
    "headcount": re.compile(
        rf"(?:员工|职工|工人)(?:人数)?[^。;,\d由减增降升少]{{0,4}}{_CHANGE}(?P<now>\d+)\s*(?:多|余)?[人名](?!\s*(?:降|减|升|增))"
    ),
    "order_backlog": re.compile(
        rf"(?:在手订单|订单)(?:金额|总额|余额|量)?[^。;,\d由减增降升少]{{0,4}}{_CHANGE}(?P<now>\d[\d,]*(?:\.\d+)?\s*[万亿]元?)"
        r"(?!\s*(?:降|减|升|增))"
    ),
}


def told_figures(reading: Reading) -> None:
    """Fill the fields of this reading that prose tells and no box did."""
    kinds = reading.kinds()
    for strip in reading.sheet.strips:
        for name, pattern in TOLD.items():
            found = pattern.search(strip.text) if name in kinds and name not in reading.fields else None
            picked = kinds[name].pick(found["now"], reading.money_unit) if found else None
            if found and picked is not None:
                words = cut_words(strip, found.start("now"), found.end("now"))
                reading.fields[name] = Field(name, picked[0], printed(words, strip.page, found["now"]))
