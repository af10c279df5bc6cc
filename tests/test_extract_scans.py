"""What scans do to tables and labels: words grown together over columns, lines run into one, marks and letters mistaken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from demo.draw_damage import DAMAGES, damaged_pdf
from demo.papers.forged import figure_places
from demo.papers.invoices import red_invoice
from demo.papers.visits import visit_photo
from extract.kinds import LooseMoney, Money, MoneyInWords, Ratio, Span, Text, Uscc
from extract.layout import Sheet
from extract.reading import read_document, read_file
from extract.scanned import meant
from extract.tables.grown import parted
from ingest.ocr import Glyph, Reading
from ingest.opening import open_file
from ingest.scan_words import Sight, rejoined, words_of
from records.document import Box, Document, Page, Ruling, Word
from records.facts import Outcome, Paper, State
from tests.paper import LETTER, pages, width

Placed = tuple[float, str]  #: where a word begins, and what it says
HEAD: list[list[Placed]] = [
    [(0.3, "云洲银行账户交易明细")],
    [(0.05, "户名：沈某某"), (0.4, "账号：6228489999000004568"), (0.75, "币种人民币")],
    [(0.06, "交易日期"), (0.25, "交易金额"), (0.44, "余额"), (0.6, "摘要"), (0.76, "对方户名")],
]


def word(x: float, y: float, text: str, confidence: float = 0.99) -> Word:
    edges = tuple(x + width(text[:n]) for n in range(len(text) + 1))
    return Word(text, Box(x, y, edges[-1], y + 0.012), confidence, edges=edges)


def scan(*rows: Sequence[Placed], more: Sequence[Word] = ()) -> Document:
    """A page on which an engine read these words."""
    words = [word(x, 0.05 + 0.02 * line, text) for line, row in enumerate(rows) for x, text in row]
    return pages(Page(1, (*words, *more), "ocr", engine="written", legibility=0.99))


def row(day: str, amount: str, balance: str, summary: str, name: str) -> list[Placed]:
    """A row as its columns stand: amounts end, words begin at the same place."""
    return [
        (0.06, day),
        (0.34 - width(amount), amount),
        (0.54 - width(balance), balance),
        (0.55, summary),
        (0.74, name),
    ]


ROWS = [
    row("2026-05-01", "-12.34", "499,987.66", "消费", "云洲书店"),
    row("2026-05-02", "12,860.00", "512,847.66", "代发工资", "云洲机械厂"),
    row("2026-05-03", "-4,312.56", "508,535.10", "贷款还款", "云洲银行"),
    row("2026-05-04", "-35.10", "508,500.00", "消费", "云洲书店"),
    row("2026-05-05", "-500.00", "508,000.00", "消费", "云洲超市"),
]


def read(document: Document) -> Paper:
    return read_document(document).papers[0]


def column(paper: Paper, name: str, table: str = "transactions") -> list[str | None]:
    return [str(cells[name].value) if name in cells else None for cells in paper.tables[table]]


def grown(cells: list[Placed], first: int) -> list[Placed]:
    """Two cells side by side read as one word."""
    (x, one), (_, other) = cells[first : first + 2]
    return [*cells[:first], (x, one + other), *cells[first + 2 :]]


@pytest.mark.parametrize("rows", [(1,), (0, 2)])
def test_words_grown_together_over_two_columns_are_parted_where_the_other_rows_show_white(rows):
    lines = [grown(cells, 2) if number in rows else cells for number, cells in enumerate(ROWS)]
    paper = read(scan(*HEAD, *lines))

    assert column(paper, "balance") == ["499987.66", "512847.66", "508535.10", "508500.00", "508000.00"]
    assert column(paper, "summary") == ["消费", "代发工资", "贷款还款", "消费", "消费"]


def test_an_amount_grown_together_with_the_next_column_keeps_the_letter_of_its_side():
    lined = [[*cells[:2], (cells[2][0] - width("贷"), cells[2][1] + "贷"), *cells[3:]] for cells in ROWS]
    lines = [grown(cells, 2) if number == 1 else cells for number, cells in enumerate(lined)]
    paper = read(scan(*HEAD, *lines))

    assert column(paper, "balance") == ["499987.66", "512847.66", "508535.10", "508500.00", "508000.00"]
    assert column(paper, "summary")[1] == "代发工资"


def test_a_unit_that_a_scan_sets_apart_belongs_to_the_head_before_it():
    """Amounts end under the unit, right of the head's own words."""
    head = [
        *HEAD[:2],
        [(0.06, "交易日期"), (0.2, "交易金额"), (0.3, "(元)"), (0.42, "余额"), (0.5, "(元)"), *HEAD[2][3:]],
    ]
    paper = read(scan(*head, *ROWS))

    assert column(paper, "amount") == ["-12.34", "12860.00", "-4312.56", "-35.10", "-500.00"]
    assert column(paper, "balance")[0] == "499987.66"


def test_a_long_text_of_one_column_stays_whole():
    lines = [*ROWS[:4], [*ROWS[4][:3], (0.55, "云洲超市五一节日消费")]]
    paper = read(scan(*HEAD, *lines))

    assert column(paper, "summary")[4] == "云洲超市五一节日消费"


@pytest.mark.parametrize(
    ("printed", "confidence", "told"),
    [("搞要", 0.88, "消费"), ("搞要", 0.99, None), ("捣安", 0.88, None), ("金要", 0.88, None)],
)
def test_a_head_with_one_letter_misread_names_its_column_where_no_other_is_as_near(printed, confidence, told):
    head = [(x, text) for x, text in HEAD[2] if text != "摘要"]
    paper = read(scan(*HEAD[:2], head, *ROWS, more=[word(0.6, 0.05 + 0.02 * 2, printed, confidence)]))

    assert column(paper, "summary")[0] == told
    assert column(paper, "balance")[0] == "499987.66"


def test_an_amount_that_runs_over_a_printed_line_is_one_amount():
    """A figure printed too wide for its cell, as a forger does."""
    wide = [[*ROWS[0][:1], (0.29, "-9,512.34"), *ROWS[0][2:]], *ROWS[1:]]
    document = scan(*HEAD, *wide)
    lines = tuple(Ruling(x, 0.08, x, 0.2) for x in (0.05, 0.2, 0.355, 0.545, 0.7, 0.9))
    paper = read(replace(document, pages=(replace(document.pages[0], rulings=lines),)))

    assert column(paper, "amount")[0] == "-9512.34"


def test_a_latin_word_is_never_parted():
    """Blanks of a narrative stand under one another by chance."""
    head = [[(0.3, "Account statement")], [(0.05, "Account name: J HOLLIS"), (0.4, "Account no.: 12345678")]]
    head += [[(0.06, "Date"), (0.25, "Description"), (0.6, "Amount"), (0.8, "Balance")]]
    rows = [
        [
            (0.06, f"0{n} Jun 2026"),
            (0.25, "ATM"),
            (0.29, "MILL"),
            (0.34, "LANE"),
            (0.61, "-1.00"),
            (0.8, f"{90 - n}.00"),
        ]
        for n in range(1, 6)
    ]
    rows[4][1:4] = [(0.25, "RIVERSIDE"), (0.34, "LANE")]
    document = scan(*head, *rows)

    assert parted(Sheet(document, document.pages).strips[3:])[4].text.endswith("RIVERSIDE LANE -1.00 85.00")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("3,174.371202026209900034567", "3,174.37 1202026209900034567"),
        (
            "13,174.37202026209900034567",
            "13,174.37202026209900034567",
        ),  # printed wider: its cents end beyond the border
        ("13,174.37", "13,174.37"),
    ],
)
def test_an_amount_is_parted_from_a_number_behind_its_cents_or_not_at_all(text, pieces):
    lines = [
        [(0.3 - width(amount), amount), (0.302, "33050199990000012345")] for amount in ("12.30", "4,312.56", "0.99")
    ]
    document = scan(*lines, [(0.3 - width("3,174.37"), text)])

    assert parted(Sheet(document, document.pages).strips)[3].text == pieces


def test_a_blank_that_many_rows_share_is_no_border_of_columns():
    """缴税 实时扣税 in row after row, 账户管理费 in one."""
    same = [[*cells[:3], (0.55, "缴税"), (0.59, "实时扣税")] for cells in ROWS]
    same[2] = [*ROWS[2][:3], (0.55, "账户管理费")]
    document = scan(*HEAD, *same)

    assert parted(Sheet(document, document.pages).strips[3:])[2].text.endswith("账户管理费")


def test_columns_that_stand_closer_than_words_of_a_cell_are_columns():
    """工资月份 ends where 姓名 begins, and neither stands under the middle of its head."""
    head = [(0.06, "工资月份"), (0.25, "姓名"), (0.42, "税前工资"), (0.58, "代扣合计"), (0.75, "到手工资")]
    months = [
        [(0.08, f"2026年0{n}月"), (0.186, "顾听澜"), (0.45, "9459.24"), (0.62, "1831.24"), (0.8, "7628.00")]
        for n in range(1, 6)
    ]
    months[2] = grown(months[2], 0)
    paper = read(scan([(0.4, "代发工资明细")], [(0.1, "代发单位：云洲机械厂")], head, *months))

    assert column(paper, "name", "rows") == ["顾听澜"] * 5


def test_two_lines_of_a_cell_that_ran_into_one_are_read_one_after_the_other():
    cells = [*ROWS[0][:4], (0.742, "云洲恒屿精密机械")]
    lower = word(0.738, 0.05 + 0.02 * 3 + 0.0055, "有限公司")
    paper = read(scan(*HEAD, cells, *ROWS[1:], more=[lower]))

    assert column(paper, "counterparty_name")[0] == "云洲恒屿精密机械有限公司"


def test_letters_of_a_watermark_beside_a_figure_do_not_hide_it():
    lines = [[*ROWS[0][:2], (0.39, "银行"), *ROWS[0][2:]], *ROWS[1:]]

    assert column(read(scan(*HEAD, *lines)), "balance")[0] == "499987.66"


def test_a_word_that_may_change_a_figure_is_not_passed_over():
    lines = [[*ROWS[0][:2], (0.40, "负"), *ROWS[0][2:]], *ROWS[1:]]

    assert column(read(scan(*HEAD, *lines)), "balance")[0] != "499987.66"


@pytest.mark.parametrize(("day", "told"), [("2026-05-O3", "2026-05-03"), ("2026-0?-03", "2026-05-02")])
def test_a_row_whose_day_was_misread_is_not_lost(day, told):
    """Read where only one day can be meant, else that of the row above; never surely."""
    paper = read(scan(*HEAD, *ROWS[:2], [(0.06, day), *ROWS[2][1:]], *ROWS[3:]))
    third = paper.tables["transactions"][2]

    assert (str(third["date"].value), third["date"].state) == (told, State.LOW_CONFIDENCE)
    assert str(third["balance"].value) == "508535.10"
    assert all(check.state is not Outcome.FAILS for check in paper.checks)


def test_the_currency_behind_a_label_without_its_colon():
    assert str(read(scan(*HEAD, *ROWS)).fields["currency"].value) == "CNY"


# --- marks and letters --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("92.547.87", "92,547.87"),
        ("-3.081.702.50", "-3,081,702.50"),
        ("7,379,447,00", "7,379,447.00"),
        ("1.280.5", "1.280.5"),  # no cents: it may have lost a figure
        ("12.860", "12.860"),
        ("2026.07.01", "2026.07.01"),
    ],
)
def test_the_groups_of_an_amount_say_what_its_marks_are(printed, said):
    assert meant(Money("金额"), printed) == said
    assert meant(LooseMoney("金额"), printed) == said
    assert meant(Text("金额"), printed) == printed


def test_an_amount_with_mistaken_marks_is_read_and_its_spelling_kept():
    lines = [ROWS[0], row("2026-05-02", "12,860.00", "512.847.66", "代发工资", "云洲机械厂"), *ROWS[2:]]
    balance = read(scan(*HEAD, *lines)).tables["transactions"][1]["balance"]

    assert str(balance.value) == "512847.66"
    assert balance.source.raw == "512.847.66"


def test_a_text_layer_means_what_it_says():
    lines = [ROWS[0], row("2026-05-02", "12,860.00", "512.847.66", "代发工资", "云洲机械厂"), *ROWS[2:]]
    written = scan(*HEAD, *lines)
    written = replace(written, pages=tuple(replace(page, source="text") for page in written.pages))

    assert column(read(written), "balance")[1] is None


def test_a_dash_between_two_days_read_as_one():
    assert meant(Span("期间"), "2026年07月01日一2026年09月30日") == "2026年07月01日-2026年09月30日"
    assert meant(Span("期间"), "二〇二六年一月") == "二〇二六年一月"


def test_a_taxpayer_code_has_no_letter_o():
    assert meant(Uscc("税号"), "91999901MA9HENGYOD") == "91999901MA9HENGY0D"
    assert meant(Uscc("税号"), "91999901MA9HENGYO7") == "91999901MA9HENGYO7"  # its check character fails either way


# --- words --------------------------------------------------------------------------------------------------------------


def test_an_amount_in_words_read_in_two_pieces_is_one():
    first = word(0.1, 0.5, "人民币壹拾伍万捌仟贰佰零")
    second = word(first.edges[-6], 0.501, "捌仟贰佰零陆元整")
    whole = rejoined([first, second, word(0.6, 0.5, "158,206.00")])

    assert [each.text for each in whole] == ["人民币壹拾伍万捌仟贰佰零陆元整", "158,206.00"]
    assert whole[0].box.x1 == second.box.x1


def test_figures_that_lie_over_each_other_are_not_made_one():
    first = word(0.1, 0.5, "1,234,555")
    second = word(first.edges[-4], 0.5, "555.00")

    assert [each.text for each in rejoined([first, second])] == ["1,234,555", "555.00"]


def test_single_figures_below_one_another_are_figures_of_their_rows():
    """The quantities 2 and 1 of two rows in a narrow column, which an engine took for print that runs down."""
    corners = ((520.0, 400.0), (520.0, 470.0), (500.0, 470.0), (500.0, 400.0))
    glyphs = (Glyph("2", 0.1, 0.3, 0.99), Glyph("1", 0.7, 0.9, 0.99))
    two, one = words_of([Reading("21", corners, 0.99, glyphs)], Sight(1000, 1000))

    assert (two.text, one.text) == ("2", "1")
    assert two.box.y1 < one.box.y0
    assert max(two.confidence, one.confidence) < 0.8


@pytest.mark.parametrize(("number", "gap", "sure"), [("33050100012345", 0.0, True), ("33050100012345", 1.0, False)])
def test_a_long_number_that_may_have_lost_one_of_several_like_figures_is_not_sure(number, gap, sure):
    step = LETTER * 1000
    starts = [n * step + (gap * step if n > 7 else 0.0) for n in range(len(number))]  # between the zeros
    long = starts[-1] + step
    glyphs = tuple(Glyph(c, x / long, (x + 0.9 * step) / long, 0.99) for c, x in zip(number, starts, strict=True))
    corners = ((100.0, 100.0), (100 + long, 100.0), (100 + long, 140.0), (100.0, 140.0))
    (read_as,) = words_of([Reading(number, corners, 0.99, glyphs)], Sight(1000, 1000))

    assert (read_as.confidence > 0.9) is sure


def test_the_rest_of_a_broken_amount_in_words_is_no_amount():
    """查 was read for 壹: what stands behind it would be 15.84 of 30,215.84."""
    words = MoneyInWords("金额合计(大写)")

    assert words.pick("叁万零贰佰查拾伍元捌角肆分", Decimal(1)) is None
    assert words.pick("叁万零贰佰壹拾伍元捌角肆分", Decimal(1)) is not None
    assert words.pick("人民币叁万元整", Decimal(1)) is not None


def test_the_total_of_an_invoice_whose_own_label_lies_under_a_seal():
    drawn = red_invoice()
    document = open_file(drawn.bytes, drawn.name)
    words = [tuple(each for each in page.words if "小写" not in each.text) for page in document.pages]
    read_by_ocr = [replace(p, words=w, source="ocr") for p, w in zip(document.pages, words, strict=True)]
    total = read(replace(document, pages=tuple(read_by_ocr))).fields["total_num"]

    assert f"{total.value:f}" == drawn.truth["fields"]["total_num"]


@pytest.mark.parametrize("kind", DAMAGES)
def test_every_damage_leaves_pages_of_pictures_and_is_the_same_again(kind):
    drawn = red_invoice()
    places = figure_places(drawn.bytes)
    spoilt = damaged_pdf(drawn.bytes, kind, seed=3, figures=places)

    assert spoilt == damaged_pdf(drawn.bytes, kind, seed=3, figures=places)
    assert not open_file(spoilt, "scan.pdf", ocr="off").pages[0].words


def test_the_thousands_of_an_amount_are_no_share():
    share = Ratio("功率因数")

    assert share.pick("-1,264.36", Decimal(1)) is None
    assert share.pick("0.94", Decimal(1)) == (Decimal("0.94"), "0.94")
    assert share.pick("力率0.94,-0.75%", Decimal(1)) == (Decimal("0.94"), "0.94")


def test_who_visited_is_not_joined_with_the_words_below_him():
    """Strokes of large handwriting were once taken for the borders of cells."""
    lines = ["上门走访，本人在家。", "单位裁员，已于9月失业，", "现无固定收入，靠配偶工资还月供。", "未发现涉诉情况。"]
    drawn = visit_photo("顾临川", date(2026, 11, 4), lines, visitor="何屿", seed=6)
    fields = read_file(drawn.bytes, drawn.name).papers[0].fields
    assert fields["visitors"].value == ("何屿",)
    assert fields["date"].value == date(2026, 11, 4)
