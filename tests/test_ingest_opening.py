"""Every kind of bad input is answered with its code, in a sentence, with a remedy; every good one is opened as what it is."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import zlib

import pytest

from ingest.limits import Limits
from ingest.opening import open_file
from records.errors import (
    Bomb,
    DamagedFile,
    EmptyFile,
    NotADocument,
    PasswordProtected,
    TooLarge,
    TooManyPages,
    UnreadableFile,
    Unsupported,
)
from tests.ingest_papers import ROOT, encoded, pdf, picture_of, statement, texts, words, workbook, zipped


def locked(data: bytes, password: str) -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption

    return pdf(statement, encrypt=StandardEncryption(password, canPrint=0)) if data else b""


def huge_picture() -> bytes:
    """40 MB of picture, as a camera with no compression writes it."""
    from PIL import Image

    return encoded(Image.effect_noise((4000, 3500), 60).convert("RGB"), "BMP")


def picture_bomb() -> bytes:
    """A PNG of a hundred bytes that says it is 100,000 x 100,000."""
    header = (100_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    chunks = [b"IHDR" + header, b"IDAT" + zlib.compress(bytes(100)), b"IEND"]
    packed = [(len(c) - 4).to_bytes(4, "big") + c + zlib.crc32(c).to_bytes(4, "big") for c in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


BAD = [
    ("nothing.pdf", lambda: b"", EmptyFile, "empty"),
    ("blanks.txt", lambda: b" \r\n\t  \n", EmptyFile, "empty"),
    ("zeros.pdf", lambda: bytes(4096), EmptyFile, "empty"),
    ("blank.pdf", lambda: pdf(lambda canvas: None), EmptyFile, "empty"),
    ("half.pdf", lambda: pdf(statement)[:900], DamagedFile, "damaged"),
    ("locked.pdf", lambda: locked(b"x", "geheim"), PasswordProtected, "password_protected"),
    ("large.bmp", huge_picture, TooLarge, "too_large"),
    ("bomb.png", picture_bomb, Bomb, "bomb"),
    ("cut.jpg", lambda: encoded(picture_of(pdf(statement)), "JPEG")[:9000], DamagedFile, "damaged"),
    ("packet.zip", lambda: zipped({"a.pdf": pdf(statement)}), Unsupported, "unsupported"),
    ("invoice.ofd", lambda: zipped({"OFD.xml": "<ofd/>"}), DamagedFile, "damaged"),
    ("books.xml", lambda: b'<?xml version="1.0"?><books><book>1</book></books>', Unsupported, "unsupported"),
    ("photo.heic", lambda: b"\x00\x00\x00\x18ftypheic" + bytes(50), DamagedFile, "damaged"),
    ("song.mp3", lambda: bytes(range(256)) * 40, NotADocument, "not_a_document"),
    ("noise.pdf", lambda: bytes(range(255, -1, -1)) * 40, NotADocument, "not_a_document"),
    ("cut.xlsx", lambda: workbook([["a", 1]])[:-600], DamagedFile, "damaged"),
    ("empty.xlsx", lambda: workbook([]), EmptyFile, "empty"),
    ("bomb.xlsx", lambda: zipped({"[Content_Types].xml": "", "xl/a.xml": bytes(90_000_000)}), Bomb, "bomb"),
]


@pytest.mark.parametrize(("name", "make", "error", "code"), BAD, ids=[case[0] for case in BAD])
def test_bad_input_is_answered_with_its_code(name, make, error, code):
    with pytest.raises(error) as caught:
        open_file(make(), name)

    assert caught.value.code == code
    assert name in caught.value.message_zh
    assert caught.value.remedy_zh


def test_every_refusal_is_an_unreadable_file():
    assert all(issubclass(error, UnreadableFile) for _, _, error, _ in BAD)


def test_a_file_beyond_the_limit_is_not_even_looked_at():
    with pytest.raises(TooLarge, match=r"0\.0 MB > 0 MB"):
        open_file(pdf(statement), "a.pdf", limits=Limits(bytes=1000))


def test_too_many_pages():
    with pytest.raises(TooManyPages, match="3 > 2"):
        open_file(pdf(words("a"), words("b"), words("c")), "a.pdf", limits=Limits(pages=2))


def test_a_workbook_of_few_cells_far_apart_is_a_bomb():
    import openpyxl

    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = 1, 2
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(Bomb, match="1048576"):
        open_file(file.getvalue(), "far.xlsx")


def test_the_right_password_opens_and_the_wrong_one_does_not():
    data = locked(b"x", "geheim")

    assert "户名：张三" in texts(open_file(data, "a.pdf", password="geheim").pages[0])
    with pytest.raises(PasswordProtected):
        open_file(data, "a.pdf", password="falsch")


def test_text_called_pdf_is_read_as_text_and_said_to_be():
    document = open_file("走访记录\n现场正常。".encode(), "visit.pdf")

    assert document.media_type == "text/plain"
    assert texts(document.pages[0]) == ["走访记录", "现场正常。"]
    assert [notice.code for notice in document.notices] == ["misnamed"]


def test_the_identity_of_a_document_is_its_bytes():
    data = pdf(statement)
    first, second = open_file(data, "a.pdf"), open_file(data, "b.pdf")

    assert first.sha256 == second.sha256
    assert first.pages == second.pages
    assert first.size == len(data)


def test_progress_is_told_page_by_page():
    told: list[tuple[int, int]] = []
    open_file(pdf(words("a"), words("b")), "a.pdf", on_page=lambda page, count: told.append((page, count)))

    assert told == [(1, 2), (2, 2)]


def test_a_text_pdf_loads_nothing_heavy():
    """The cold start of ``postloan read`` depends on it."""
    code = (
        "import sys; from pathlib import Path; from ingest.opening import open_file\n"
        "open_file(Path(sys.argv[1]).read_bytes(), 'a.pdf')\n"
        "print(*sorted({'numpy', 'cv2', 'PIL', 'rapidocr', 'openvino', 'pdfplumber', 'openpyxl', 'docx'} & set(sys.modules)))"
    )
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf(statement))
        file.flush()
        run = subprocess.run(
            [sys.executable, "-c", code, file.name], capture_output=True, text=True, check=True, cwd=ROOT
        )

    assert run.stdout.strip() == ""
