"""Visit notes (documents.md §8.3): a message typed on the way home, and a page of handwriting photographed on a desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from demo.draw import GREY, Sheet
from demo.draw_photo import photo_jpeg
from demo.draw_table import wrap
from demo.papers.drawn import Drawn, Truth, truth


def visit_text(
    customer: str,
    day: date,
    lines: Sequence[str],
    *,
    asserted: Sequence[tuple[str, str]] = (),
    not_asserted: Sequence[tuple[str, str]] = (),
    visitor: str = "周岚",
    encoding: Literal["utf-8", "gb18030"] = "utf-8",
    style: Literal["note", "message"] = "note",
) -> Drawn:
    """A note as plain text: with labels, or as a chat message would be copied into a file."""
    if style == "note":
        head = [
            "走访记录",
            f"客户：{customer}",
            f"日期：{day.year}年{day.month}月{day.day}日",
            f"走访人：{visitor}",
            "",
        ]
    else:
        head = [f"{visitor} {day} 18:42", f"今天走访了{customer}，情况如下："]
    text = "\r\n".join([*head, *lines, ""])
    return Drawn(
        f"visit-{day:%Y%m%d}-{customer[:4]}.txt", text.encode(encoding), _truth(customer, day, asserted, not_asserted)
    )


def visit_photo(
    customer: str,
    day: date,
    lines: Sequence[str],
    *,
    asserted: Sequence[tuple[str, str]] = (),
    not_asserted: Sequence[tuple[str, str]] = (),
    visitor: str = "周岚",
    seed: int = 1,
) -> Drawn:
    """A page of a ruled notebook written by hand, then photographed."""
    sheet = Sheet(title="走访记录", size=(150.0, 195.0))
    sheet.box(0, 0, 150, 195, fill=(0.985, 0.98, 0.955), stroke=0)
    for place in range(15):
        sheet.line(10, 30 + place * 11, 140, 30 + place * 11, 0.12, colour=(0.72, 0.78, 0.86))
    sheet.text(75, 18, "走访记录", size=22, font="hand", align="center")
    written = [f"客户：{customer}", f"日期：{day.year}年{day.month}月{day.day}日  走访人：{visitor}"]
    for line in lines:
        written += wrap(line, 126, 17, "hand")
    for place, line in enumerate(written):
        sheet.text(12 + (place * 7 % 3) * 0.6, 28.4 + place * 11, line, size=17, font="hand", colour=(0.1, 0.12, 0.3))
    sheet.text(140, 190, "云洲农商 工作笔记", size=7, align="right", colour=GREY)
    data = photo_jpeg(sheet.finish(), seed=seed, dpi=220)
    drawn = Drawn(f"visit-{day:%Y%m%d}-{customer[:4]}.jpg", data, _truth(customer, day, asserted, not_asserted))
    return drawn.pictured()


def _truth(
    customer: str, day: date, asserted: Sequence[tuple[str, str]], not_asserted: Sequence[tuple[str, str]]
) -> Truth:
    return truth(
        "visit_note", {"customer": customer, "date": day}, subject={"name": customer, "uscc": None, "id_no": None},
        asserted=[{"type": t, "quote": q} for t, q in asserted], not_asserted=[{"type": t, "quote": q} for t, q in not_asserted],
    )  # fmt: skip
