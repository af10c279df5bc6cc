"""What a desk really receives: every bad file is answered with its code, a sentence and a remedy, and the others are read."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
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
from tests.conftest import Door
from tests.ofd_papers import packed, page, parts, text
from tests.test_api_packets import get, read_all
from tests.test_ingest_bombs import many_pages, many_tiff, stream_pdf
from tests.test_ingest_bombs import packed as unpacking_to

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


def bomb(size: int = 700 << 20) -> bytes:
    """A workbook that is small outside and huge inside."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"<workbook/>" + b" " * size)
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


# --- at the door of the service -----------------------------------------------------------------------------------------


def climbing_ofd() -> bytes:
    """A sound page beside members and references that climb out of the package."""
    sound = parts([page(text(20, 40, "走访记录"), text(20, 50, "车间正常"))])
    listed = sound["Doc_0/Document.xml"].replace(
        "</ofd:Pages>", '<ofd:Page ID="99" BaseLoc="../../../../../etc/passwd"/></ofd:Pages>'
    )
    return packed(sound | {"Doc_0/Document.xml": listed, "../../escaped.xml": "x", "/tmp/escaped.xml": "x"})


def mail_with_a_broken_attachment() -> bytes:
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = "资料", "客户 <a@example.com>", "desk@example.com"
    letter.set_content("附件请查收")
    for name, data in (("残缺.pdf", miniature_tax().bytes[:3000]), ("完税.pdf", miniature_tax().bytes)):
        letter.add_attachment(data, maintype="application", subtype="pdf", filename=name)
    return letter.as_bytes()


#: What arrives, and as what it is answered.
BATCH: dict[str, tuple[Callable[[], bytes], str]] = {
    "越界.ofd": (climbing_ofd, "read"),
    "一万二千页.pdf": (lambda: many_pages(12_000), "too_many_pages"),
    "嵌套.pdf": (lambda: stream_pdf(unpacking_to(256 << 20, 2), b"/FlateDecode/FlateDecode"), "bomb"),
    "十万页.tiff": (lambda: many_tiff(100_000), "too_many_pages"),
    "炸弹.xlsx": (lambda: bomb(64 << 20), "bomb"),
    "坏附件.eml": (mail_with_a_broken_attachment, "read"),
    "好的.pdf": (lambda: miniature_tax().bytes, "read"),
}


def test_of_a_batch_every_original_is_kept_and_the_good_ones_are_read(door: Door):
    sent = {name: make() for name, (make, _) in BATCH.items()}
    ids = {name: door.upload(name, data) for name, data in sent.items()}
    read_all(door)

    for name, (_, code) in BATCH.items():
        told = get(door, ids[name])
        problem = told.get("problem")
        assert (problem["code"] if problem else told["status"]) == code, name
        assert told["status"] == ("read" if code == "read" else "unreadable")
        assert problem is None or (name in problem["message"] and problem["remedy"].endswith("。"))
        assert door.client.get(f"/v1/documents/{ids[name]}/original").content == sent[name]
    assert not any("escaped" in path.name for path in door.folder.parent.rglob("*"))
    attached = [(one["path"], one["status"]) for one in get(door, ids["坏附件.eml"])["members"]]
    assert ("残缺.pdf", "unreadable") in attached
    assert ("完税.pdf", "read") in attached


# --- a reader that misbehaves -------------------------------------------------------------------------------------------


def test_a_reader_that_hangs_is_stopped():
    child = Child(job="tests.ingest_jobs:job", limits=Limits(seconds=1.0, page_seconds=1.0))
    try:
        with pytest.raises(TookTooLong):
            child.run({"name": "a.pdf", "how": "spin"}, b"x")
    finally:
        child.close()


def test_a_reader_that_dies_is_replaced_and_the_next_file_is_read():
    child = Child(job="tests.ingest_jobs:job")
    try:
        with pytest.raises(ReaderDied):
            child.run({"name": "a.pdf", "how": "leave"}, b"x")
        assert child.run({"name": "b.pdf"}, b"xyz")["bytes"] == 3
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
