"""What a desk really receives: every bad file is answered with its code, a sentence and a remedy, and the others are read."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from demo.papers import miniature_tax
from extract.reading import read_file
from ingest.child import Child
from ingest.limits import Limits
from records.contract import loads
from records.errors import ReaderDied, TookTooLong

POSTLOAN = Path(sys.executable).parent / "postloan"


def encrypted() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(100, 700, "Balance 1,250.00")
    canvas.save()
    return file.getvalue()


def zipped() -> bytes:
    """An archive that holds far more than its size allows."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("完税证明.pdf", miniature_tax().bytes)
        archive.writestr("零.pdf", bytes(60 << 20))
    return file.getvalue()


def forty_megabytes() -> bytes:
    """A picture of noise: it cannot be compressed."""
    file = io.BytesIO()
    Image.frombytes("RGB", (4000, 3400), random.Random(1).randbytes(4000 * 3400 * 3)).save(file, "BMP")
    return file.getvalue()


def bomb() -> bytes:
    """A workbook that is small outside and huge inside."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"<workbook/>" + b" " * (700 << 20))
    return file.getvalue()


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "空文件.pdf": (lambda: b"", "empty"),
    "只有空白.txt": (lambda: b" \r\n\t ", "empty"),
    "残缺.pdf": (lambda: miniature_tax().bytes[:3000], "damaged"),
    "加密.pdf": (encrypted, "password_protected"),
    "四十兆.bmp": (forty_megabytes, "too_large"),
    "打包.zip": (zipped, "bomb"),
    "程序.pdf": (lambda: b"\x7fELF" + random.Random(2).randbytes(5000), "not_a_document"),
    "炸弹.xlsx": (bomb, "bomb"),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_file_is_answered_with_code_sentence_and_remedy(name: str):
    make, code = BAD[name]
    reading = read_file(make(), name)

    assert reading.problem is not None
    assert reading.problem.code == code
    assert name in reading.problem.message
    assert reading.problem.remedy.endswith("。")
    assert reading.papers == ()


def test_a_text_called_pdf_is_read_as_what_it_is_and_that_is_said():
    reading = read_file("走访记录\n客户：某某\n日期：2026年5月3日\n车间正常。".encode(), "走访.pdf")

    assert reading.media_type == "text/plain"
    assert reading.papers[0].type == "visit_note"
    assert any("扩展名" in finding.message for finding in reading.papers[0].findings)


def test_the_password_opens_what_it_protects():
    assert read_file(encrypted(), "加密.pdf", password="secret").status == "read"
    wrong = read_file(encrypted(), "加密.pdf", password="wrong").problem
    assert wrong is not None
    assert wrong.code == "password_protected"


def test_the_rest_of_the_batch_goes_on(tmp_path: Path):
    names = [*sorted(set(BAD) - {"四十兆.bmp", "炸弹.xlsx"}), "好的.pdf"]
    for name in names:
        (tmp_path / name).write_bytes(BAD[name][0]() if name in BAD else miniature_tax().bytes)
    done = subprocess.run(
        [POSTLOAN, "read", *(tmp_path / name for name in names), "--json"], capture_output=True, text=True, check=False
    )

    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["file"]["name"] for one in read] == names
    assert [one["status"] for one in read] == ["unreadable"] * (len(names) - 1) + ["read"]
    assert done.returncode == 1


# --- a reader that misbehaves -------------------------------------------------------------------------------------------


def sleeps(request: dict[str, object], data: bytes, progress: object) -> dict[str, object]:
    while True:
        pass


def dies(request: dict[str, object], data: bytes, progress: object) -> dict[str, object]:
    if request.get("die"):
        os._exit(9)
    return {"length": len(data)}


def test_a_reader_that_hangs_is_stopped():
    child = Child(job="tests.test_bad_input:sleeps", limits=Limits(seconds=1.0, page_seconds=1.0))
    try:
        with pytest.raises(TookTooLong):
            child.run({"name": "a.pdf"}, b"x")
    finally:
        child.close()


def test_a_reader_that_dies_is_replaced_and_the_next_file_is_read():
    child = Child(job="tests.test_bad_input:dies")
    try:
        with pytest.raises(ReaderDied):
            child.run({"name": "a.pdf", "die": True}, b"x")
        assert child.run({"name": "b.pdf"}, b"xyz") == {"length": 3}
    finally:
        child.close()


def test_what_the_child_reads_is_what_we_would_read():
    drawn = miniature_tax()
    child = Child()
    try:
        answer = child.run({"name": drawn.name}, drawn.bytes)
    finally:
        child.close()

    assert loads(answer["reading"]).papers[0].type == "tax_payment_certificate"
