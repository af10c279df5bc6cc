"""RTF, which is what many a .doc really is; web archives; Office files with a password."""

from __future__ import annotations

import io

import pytest

from ingest import sniff
from ingest.opening import open_file
from records.errors import PasswordProtected, TooManyPages, Unsupported
from tests.ingest_papers import answer, lines, texts, workbook
from tests.office_papers import Run, doc

FONTS = r"{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\fcharset2 Wingdings;}{\f2\fcharset0 Arial;}}"
HEAD = r"{\rtf1\ansi\ansicpg936\deff0" + FONTS


def rtf(body: str) -> bytes:
    return (HEAD + body + "}").encode("latin-1")


def escaped(text: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode("gbk"))


def test_bytes_of_GBK_and_Unicode_characters():
    page = open_file(
        rtf(escaped("贷后检查") + r"\par\uc1\u20320?\u22909?, {\uc2\u20551\'bc\'d9} ok\par"), "a.doc"
    ).pages[0]

    assert lines(page) == [["贷后检查"], ["你好,", "假", "ok"]]


def test_a_second_byte_may_be_written_as_a_plain_character():
    """乗 is 81 5C in GBK, and 5C is the backslash."""
    assert texts(open_file(rtf(r"\'81\\\'8b\'40 x\par"), "a.rtf").pages[0]) == ["乗婡", "x"]


def test_rows_are_cells_in_their_columns():
    row = r"\trowd\cellx2000\cellx6000\pard\intbl %s\cell %s\cell\row"
    body = row % (escaped("客户"), escaped("张三")) + row % (escaped("余额"), "1,280.00") + r"\pard " + escaped("完")
    page = open_file(rtf(body), "a.doc").pages[0]

    assert lines(page) == [["客户", "张三"], ["余额", "1,280.00"], ["完"]]
    left = {word.text: word.box.x0 for word in page.words}
    assert left["张三"] == pytest.approx(left["1,280.00"])
    assert left["张三"] > left["客户"] + 0.2


def test_what_was_deleted_or_hidden_or_is_no_text_is_not_read():
    body = (
        r"{\info{\author Li}}{\*\generator x;}{\deleted 1}{\v 2}{\field{\*\fldinst PAGE}{\fldrslt 7}}"
        r"{\pict\pngblip 89504e47}{\*\annotation 3}{\*\unknown 4}5\par"
    )
    document = open_file(rtf(body), "a.rtf")

    assert texts(document.pages[0]) == ["75"]
    assert [notice.code for notice in document.notices] == ["tracked_changes"]


def test_headers_notes_and_boxes_follow_the_body():
    body = r"{\header H\par}one{\footnote N\par}{\shp{\*\shpinst{\shptxt B\par}}}\par two\par"

    assert lines(open_file(rtf(body), "a.rtf").pages[0]) == [["one"], ["two"], ["H"], ["N"], ["B"]]


@pytest.mark.parametrize(
    ("box", "shown"),
    [
        (r"{\field{\*\fldinst FORMCHECKBOX{\*\formfield{\fftype1\ffres1}}}{\fldrslt}}", "☑"),
        (r"{\field{\*\fldinst FORMCHECKBOX{\*\formfield{\fftype1\ffres25\ffdefres0}}}{\fldrslt}}", "□"),
        (r'{\field{\*\fldinst SYMBOL 254 \\f "Wingdings" \\s 10}{\fldrslt\f1\'fe}}', "☑"),
        (r"{\f1\'a8}", "□"),
    ],
)
def test_boxes_are_ticked_or_not(box, shown):
    assert texts(open_file(rtf(f"x{box}y"), "a.rtf").pages[0]) == [f"x{shown}y"]


def test_binary_pictures_are_leapt_over():
    assert texts(open_file(rtf("a{\\pict\\bin5 }{}{}}b"), "a.rtf").pages[0]) == ["ab"]


@pytest.mark.parametrize(
    "body",
    [
        "{" * 100_000,
        r"\bin9999999999 x",
        "}" * 1000,
        r"\u99999999999?x",
        r"\uc-5\f-1\'",
        "\\",
        r"\cellx-9\cell\row\row",
    ],
)
def test_nonsense_does_no_harm(body):
    assert answer(rtf(body), "a.rtf") in ("read", "damaged", "empty")


def test_as_many_characters_as_pages_can_hold():
    with pytest.raises(TooManyPages):
        open_file(rtf(("x" * 1000 + r"\par ") * 9000), "a.rtf")


MHT = (
    'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    "Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: a.htm\r\n\r\n"
    "%s\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n"
)


def test_a_web_archive_is_the_pages_in_it():
    import quopri

    table = "<html><body><table><tr><td>余额<td>100.00</table></body></html>".encode("gbk")
    data = (MHT % quopri.encodestring(table).decode()).encode()
    document = open_file(data, "a.doc")

    assert document.media_type == sniff.MHT
    assert lines(document.pages[0]) == [["余额", "100.00"]]


def test_a_mail_with_pictures_is_still_a_mail():
    data = ("From: a@b\r\nTo: c@d\r\nSubject: x\r\nDate: y\r\n" + MHT % "<p>hi</p>").encode()

    assert sniff.media_type(data, "a") == sniff.EML


def locked(data: bytes, password: str) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    file = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, file)
    return file.getvalue()


def written(text: str) -> bytes:
    """A document with everything in it that a program of its own would ask for."""
    import docx

    file = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(text)
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [(workbook([["余额", 100]]), "a.xlsx"), (written("余额"), "a.docx")],
    ids=["xlsx", "docx"],
)
def test_the_right_password_opens_an_office_file_and_no_other_does(data, name):
    closed = locked(data, "geheim")

    assert "余额" in texts(open_file(closed, name, password="geheim").pages[0])
    for wrong in (None, "falsch"):
        with pytest.raises(PasswordProtected):
            open_file(closed, name, password=wrong)


def test_a_workbook_that_nobody_locked_needs_no_password():
    assert "余额" in texts(open_file(locked(workbook([["余额", 1]]), "VelvetSweatshop"), "a.xlsx").pages[0])


def test_an_old_document_that_says_it_is_locked_asks_for_the_password():
    with pytest.raises(PasswordProtected):
        open_file(doc(Run("x\r"), flags=0x0100), "a.doc")
    with pytest.raises(Unsupported):  # locked, it says, but with no lock that a key could fit
        open_file(doc(Run("x\r"), flags=0x0100), "a.doc", password="any")
