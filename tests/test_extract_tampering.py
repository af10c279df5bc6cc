"""Signs of alteration in three values: told with their place, never on clean papers; what cannot be seen is not called clean."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from reportlab.pdfgen.canvas import Canvas

from demo.papers import (
    CORPORATE,
    PERSONAL,
    altered_statement,
    corporate_statement,
    miniature_electricity,
    miniature_tax,
    personal_statement,
)
from demo.papers.drawn import Drawn
from demo.papers.forged import forged
from demo.papers.payments import bank_receipt
from demo.papers.taxes import tax_status
from demo.papers.utilities import arrears_notice
from extract.reading import read_document, read_file
from ingest.opening import open_file
from ingest.pdf_traits import saves_in, traits_of
from records.contract import dumps, loads
from records.document import Document, Notice, Traits
from records.facts import Tampering, Verdict

CLEAN = [(corporate_statement, name) for name in sorted(CORPORATE)] + [
    (personal_statement, name) for name in sorted(PERSONAL) if name != "icbc_csv"
]


def tax_status_reply() -> Drawn:
    return tax_status("reply")


def judged(document: Document) -> Tampering:
    tampering = read_document(document).papers[0].tampering
    assert tampering is not None
    return tampering


def codes(tampering: Tampering) -> set[str]:
    return {sign.code for sign in tampering.signs}


@pytest.mark.parametrize(("draw", "layout"), CLEAN, ids=[f"{d.__name__}-{name}" for d, name in CLEAN])
def test_no_clean_statement_raises_an_alarm(draw, layout):
    drawn = draw(layout, rows=40, seed=61)

    assert judged(open_file(drawn.bytes, drawn.name)).verdict is Verdict.NO_SIGNS


@pytest.mark.parametrize("draw", [miniature_tax, miniature_electricity])
def test_no_clean_paper_of_another_kind_raises_an_alarm(draw):
    drawn = draw()

    assert judged(open_file(drawn.bytes, drawn.name)).signs == ()


@pytest.mark.parametrize("layout", sorted(CORPORATE))
def test_an_amount_that_its_balances_contradict_is_a_sign_with_its_place(layout):
    drawn = altered_statement(layout, rows=40, seed=62)
    reading = read_file(drawn.bytes, drawn.name)
    (paper,) = reading.papers
    assert paper.tampering is not None
    (sign,) = paper.tampering.signs

    assert sign.code == "amount_altered"
    assert sign.box is not None
    assert "tamper_signs" in {finding.code for finding in paper.findings}
    assert dumps(loads(dumps(reading))) == dumps(reading)


def test_a_sheet_and_a_scan_are_never_called_clean():
    for medium in ("xlsx", "csv"):
        drawn = corporate_statement("ccb", rows=20, seed=63, medium=medium)
        assert judged(open_file(drawn.bytes, drawn.name)).verdict is Verdict.CANNOT_TELL
    drawn = corporate_statement("ccb", rows=20, seed=63)
    document = open_file(drawn.bytes, drawn.name)
    pictured = replace(document, pages=tuple(replace(page, source="ocr") for page in document.pages))
    assert judged(pictured).verdict is Verdict.CANNOT_TELL


CCB = corporate_statement("ccb", rows=40, seed=64)
OPENED = open_file(CCB.bytes, CCB.name)


@pytest.mark.parametrize(
    ("traits", "code"),
    [
        (Traits(producer="Adobe Photoshop 25.0"), "made_by_editor"),
        (Traits(producer="iText", creator="PDFescape Online"), "made_by_editor"),
        (Traits(producer="iText", created="2019-01-02"), "made_before_its_rows"),
    ],
)
def test_what_the_file_says_about_itself(traits, code):
    assert codes(judged(replace(OPENED, traits=traits))) == {code}


@pytest.mark.parametrize("producer", ["iText 2.1.7", "Microsoft Word", "Skia/PDF m120", "Acrobat Distiller 9.0", ""])
def test_how_banks_make_their_files_is_no_sign(producer):
    assert judged(replace(OPENED, traits=Traits(producer=producer, created="2000-01-01"))).signs == ()


def changed(document: Document, number: int, **what: object) -> Document:
    """The document with one amount of a row (of the first page, by its place) set otherwise."""
    first, *others = document.pages
    spots = [n for n, word in enumerate(first.words) if word.font]
    words = list(first.words)
    words[spots[number]] = replace(words[spots[number]], **what)
    return replace(document, pages=(replace(first, words=tuple(words)), *others))


def test_one_amount_in_another_face_is_a_sign():
    assert codes(judged(changed(OPENED, 20, font="Courier 9.0"))) == {"mixed_fonts"}


def test_two_figures_on_one_spot_are_a_sign():
    first, *others = OPENED.pages
    word = next(word for word in first.words if word.font and word.box.y0 > 0.8)
    above = replace(word, text="9" + word.text[1:] if word.text[0] != "9" else "8" + word.text[1:])
    document = replace(OPENED, pages=(replace(first, words=(*first.words, above)), *others))

    assert "text_overlaid" in codes(judged(document))


@pytest.mark.parametrize(("covered", "found"), [("12,860.00", {"figures_covered"}), ("注册地址 云洲市", set())])
def test_a_covered_amount_is_a_sign_a_covered_address_is_none(covered: str, found: set[str]):
    notice = Notice("covered_text", f"第 1 页有被遮盖的文字，未读（只读看得见的）：{covered}", 1)

    assert codes(judged(replace(OPENED, notices=(notice,)))) == found


def saved_again(old: str, new: str) -> bytes:
    """A PDF of two saves: the second replaces the page's text."""
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=0, invariant=1)
    canvas.drawString(72, 720, f"Balance {old}")
    canvas.drawString(72, 700, "Total 1,000.00")
    canvas.save()
    first = out.getvalue()
    at = first.index(b"stream")
    start = first.rindex(b" obj", 0, at)
    number = int(first[:start].split()[-2])
    stream = first[first.index(b"\n", at) + 1 : first.index(b"endstream")].replace(old.encode(), new.encode())
    body = f"{number} 0 obj\n<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"endstream\nendobj\n"
    place, table = len(first), len(first) + len(body)
    before = int(first.rsplit(b"startxref", 1)[1].split()[0])
    trailer = first[first.rindex(b"trailer") : first.rindex(b"startxref")].decode("latin-1")
    root = trailer[trailer.index("/Root") :].split()[1]
    tail = f"xref\n{number} 1\n{place:010d} 00000 n \ntrailer\n<< /Size 20 /Root {root} 0 R /Prev {before} >>\n"
    tail += f"startxref\n{table}\n%%EOF\n"
    return first + body + tail.encode()


def test_a_later_save_that_changes_a_figure_is_found_with_both():
    traits = traits_of(saved_again("5,000.00", "9,000.00"), "x.pdf")

    assert traits.revisions == 2
    assert [(change.page, change.was, change.now) for change in traits.changes] == [(1, ("5,000.00",), ("9,000.00",))]


def test_a_later_save_that_changes_nothing_is_no_change():
    assert traits_of(saved_again("5,000.00", "5,000.00"), "x.pdf").changes == ()


def test_a_file_saved_once_has_one_save():
    assert len(saves_in(CCB.bytes)) == 1
    assert OPENED.traits is not None
    assert OPENED.traits.producer.startswith("iText")


def test_one_address_spelled_in_two_ways_is_a_sign():
    first, *others = OPENED.pages
    foot = first.words[-1]
    right = replace(foot, text="www.ccbank.com.cn", font="", edges=())
    below = replace(foot.box, y0=foot.box.y0 - 0.5, y1=foot.box.y1 - 0.5)
    document = replace(
        OPENED,
        pages=(
            replace(first, words=(*first.words, right, replace(right, text="www.ccbnak.com.cn", box=below))),
            *others,
        ),
    )

    assert "address_misspelt" in codes(judged(document))


@pytest.mark.parametrize("draw", [tax_status_reply, arrears_notice, bank_receipt], ids=["reply", "notice", "receipt"])
def test_a_figure_covered_by_a_forger_is_told_on_papers_of_words_too(draw):
    honest, spoilt = draw(), forged(draw())
    assert spoilt is not None
    before, after = (read_file(drawn.bytes, drawn.name).papers[0] for drawn in (honest, spoilt))

    assert before.tampering is None or before.tampering.verdict is not Verdict.SIGNS
    assert after.tampering is not None
    assert "figures_covered" in codes(after.tampering)


def test_a_figure_written_over_another_is_told():
    spoilt = forged(bank_receipt(), covered=False)
    assert spoilt is not None
    tampering = read_file(spoilt.bytes, spoilt.name).papers[0].tampering

    assert tampering is not None
    assert "text_overlaid" in codes(tampering)
