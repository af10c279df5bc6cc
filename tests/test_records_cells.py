"""Tables of a page as cells: by printed lines with merged cells, by alignment, and the cell around a point."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ingest.opening import open_file
from records.borders import Borders, cut
from records.document import Box, Page, Ruling, Word
from tests.ingest_papers import pdf, workbook

X = (0.1, 0.3, 0.5, 0.7)
Y = (0.1, 0.15, 0.2, 0.25)


def word(text: str, x: float, y: float, letter: float = 0.01) -> Word:
    edges = tuple(x + letter * n for n in range(len(text) + 1))
    return Word(text, Box(x, y, edges[-1], y + 0.012), edges=edges)


def grid(*, without: set[tuple[str, float, float]] = frozenset(), outer: bool = True) -> list[Ruling]:  # type: ignore[assignment]
    """Lines of three rows and three columns; ``without`` leaves pieces out: ('v', x, y) is the piece of x below y."""
    lines = [
        Ruling(x, a, x, b) for x in (X if outer else X[1:-1]) for a, b in pairwise(Y) if ("v", x, a) not in without
    ]
    return lines + [
        Ruling(a, y, b, y) for y in (Y if outer else Y[1:-1]) for a, b in pairwise(X) if ("h", y, a) not in without
    ]


def nine(**options: object) -> Page:
    words = tuple(word(f"{r}{c}", X[c] + 0.02, Y[r] + 0.02) for r in range(3) for c in range(3))
    return Page(1, words, "text", rulings=tuple(grid(**options)))  # type: ignore[arg-type]


def shape(page: Page) -> list[tuple[int, int, int, int, str]]:
    (table,) = page.tables()
    return [(cell.row, cell.column, cell.high, cell.wide, cell.text) for cell in table.cells]


def test_a_grid_is_its_cells():
    assert shape(nine()) == [(r, c, 1, 1, f"{r}{c}") for r in range(3) for c in range(3)]


def test_missing_outer_borders_are_where_the_lines_end():
    assert len(shape(nine(outer=False))) == 9


def test_cells_without_a_line_between_them_are_one():
    wide = shape(nine(without={("v", 0.3, 0.1)}))
    high = shape(nine(without={("h", 0.15, 0.1)}))

    assert wide[0] == (0, 0, 1, 2, "00 01")
    assert high[0] == (0, 0, 2, 1, "00\n10")
    assert len(wide) == len(high) == 8


def test_double_lines_are_one():
    page = nine()
    twice = tuple(Ruling(r.x0 + 0.002, r.y0 + 0.002, r.x1 + 0.002, r.y1 + 0.002) for r in page.rulings)

    assert len(shape(Page(1, page.words, "text", rulings=page.rulings + twice))) == 9


def test_text_over_a_border_is_cut_between_its_characters():
    words = (word("abc1,280.00", 0.27, 0.12), word("x", 0.12, 0.17))
    (table,) = Page(1, words, "text", rulings=tuple(grid())).tables()

    assert [cell.text for cell in table.cells if cell.row == 0] == ["abc", "1,280.00", ""]
    assert cut(Word("abc", Box(0, 0, 1, 1)), [0.5])[0].text == "abc"


def test_two_tables_are_two():
    lines = grid() + [Ruling(r.x0, r.y0 + 0.4, r.x1, r.y1 + 0.4) for r in grid()]
    words = tuple(word(f"{r}", X[0] + 0.02 + 0.2 * r, y) for r in range(3) for y in (0.12, 0.52))

    assert len(Page(1, words, "text", rulings=tuple(lines)).tables()) == 2


def test_a_table_without_lines_is_found_by_alignment():
    rows = [("日期", "金额", "余额"), ("05-01", "12.00", "88.00"), ("05-02", "8.00", "80.00"), ("05-03", "", "75.00")]
    words = tuple(
        word(text, 0.1 + 0.25 * column, 0.1 + 0.02 * row)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        if text
    )
    (table,) = Page(1, words, "text").tables()

    assert not table.ruled
    assert (table.rows, table.columns) == (4, 3)
    assert [cell.text for cell in table.cells if cell.row == 3] == ["05-03", "", "75.00"]


def test_the_cells_of_a_sheet_are_as_they_are_named():
    page = open_file(workbook([["日期", "金额"], ["05-01", "12.00"]]), "a.xlsx").pages[0]
    (table,) = page.tables()

    assert {(cell.row, cell.column): cell.text for cell in table.cells}[1, 1] == "12.00"


def test_coloured_cells_of_a_pdf_are_a_table():
    def draw(canvas):
        for row in range(3):
            for column in range(3):
                canvas.setFillColorRGB(0.9, 0.9, 0.8 + 0.1 * ((row + column) % 2))
                canvas.rect(60 + 120 * column, 700 - 24 * row, 120, 24, stroke=1, fill=1)
                canvas.setFillColorRGB(0, 0, 0)
                canvas.drawString(66 + 120 * column, 707 - 24 * row, f"r{row}c{column}")

    (table,) = open_file(pdf(draw), "a.pdf").pages[0].tables()
    assert [cell.text for cell in table.cells] == [f"r{row}c{column}" for row in range(3) for column in range(3)]


@pytest.mark.parametrize(
    ("point", "cell"), [((0.2, 0.12), (0.1, 0.1, 0.3, 0.15)), ((0.4, 0.22), (0.3, 0.2, 0.5, 0.25)), ((0.9, 0.12), None)]
)
def test_the_cell_around_a_point(point, cell):
    found = Borders(grid()).cell_at(*point)

    assert (tuple(found.as_list()) if found else None) == cell
