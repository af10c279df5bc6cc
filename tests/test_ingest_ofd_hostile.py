"""OFD files that mean harm, or were cut short: each refused with its code, quickly, without unpacking it."""

from __future__ import annotations

import subprocess
import sys
import time
import zlib
from collections.abc import Callable

import pytest

from ingest.limits import Limits
from ingest.opening import open_file
from records.errors import Bomb, DamagedFile, EmptyFile, PasswordProtected, TooManyPages, UnreadableFile
from tests.ingest_papers import ROOT, texts
from tests.ofd_papers import SPACE, image, ofd, packed, page, parts, text

ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + f"]><ofd:Page {SPACE}>&i;</ofd:Page>"
)


def with_part(name: str, content: str | bytes) -> bytes:
    return packed(parts([page(text(20, 40, "余额"))]) | {name: content})


def many_pages(count: int) -> bytes:
    """The same content listed as so many pages."""
    members = parts([page(text(20, 40, "余额"))])
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_1/Content.xml"/>' for n in range(count))
    members["Doc_0/Document.xml"] = f"<ofd:Document {SPACE}><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    return packed(members)


def huge_png() -> bytes:
    """A PNG of a hundred bytes that says it is 100,000 x 100,000."""
    header = (100_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    chunks = [b"IHDR" + header, b"IDAT" + zlib.compress(bytes(100)), b"IEND"]
    whole = [(len(c) - 4).to_bytes(4, "big") + c + zlib.crc32(c).to_bytes(4, "big") for c in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(whole)


def lying_zip() -> bytes:
    """A member of 100 MB whose directory says that it is small."""
    data = bytearray(with_part("Doc_0/Pages/Page_1/Content.xml", b"<a>" + b" " * 100_000_000))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"Doc_0/Pages/Page_1/Content.xml"))
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(data)


def locked() -> bytes:
    """Every member marked as encrypted."""
    data = bytearray(ofd(page(text(20, 40, "余额"))))
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    return bytes(data)


def nested(depth: int) -> bytes:
    inside = "<ofd:PageBlock>" * depth + text(20, 40, "深") + "</ofd:PageBlock>" * depth
    return ofd(page(text(20, 40, "余额1250.00"), inside))


BAD: list[tuple[str, Callable[[], bytes], type[UnreadableFile]]] = [
    ("entities in a page", lambda: with_part("Doc_0/Pages/Page_1/Content.xml", ENTITIES), Bomb),
    ("entities in the root", lambda: with_part("OFD.xml", ENTITIES), Bomb),
    ("zip bomb", lambda: with_part("Doc_0/Res/x.bin", bytes(400_000_000)), Bomb),
    ("a large part of blanks", lambda: with_part("Doc_0/Pages/Page_1/Content.xml", b"<a>" + b" " * 30_000_000), Bomb),
    ("a lying directory", lying_zip, DamagedFile),
    ("a picture bomb", lambda: ofd(page(image("9")), media={"9": "x.png"}, **{"Doc_0/Res/x.png": huge_png()}), Bomb),
    ("objects without end", lambda: ofd(page(text(20, 40, "余") * 130_000)), Bomb),
    ("ten thousand pages", lambda: many_pages(10_000), TooManyPages),
    ("Encryptions.xml", lambda: with_part("Encryptions.xml", "<Encryptions/>"), PasswordProtected),
    ("encrypted members", locked, PasswordProtected),
    ("cut short", lambda: ofd(page(text(20, 40, "余额")))[:-200], DamagedFile),
    ("cut in half", lambda: ofd(*[page(text(20, 40, "余额"))] * 9)[:900], DamagedFile),
    ("no document", lambda: packed({"OFD.xml": f"<ofd:OFD {SPACE}/>"}), DamagedFile),
    ("a root that is none", lambda: packed({"OFD.xml": b"\x00\x01\x02"}), DamagedFile),
    ("no pages", lambda: packed(parts([])), DamagedFile),
    ("blank", lambda: ofd(page()), EmptyFile),
    ("every page missing", lambda: packed({k: v for k, v in parts([page()]).items() if "Page_1" not in k}), DamagedFile),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "error"), BAD, ids=[case[0] for case in BAD])
def test_a_bad_file_is_refused_with_its_code(name: str, make: Callable[[], bytes], error: type[UnreadableFile]):
    data = make()
    start = time.process_time()
    with pytest.raises(error) as caught:
        open_file(data, "票.ofd")

    assert time.process_time() - start < 5
    assert caught.value.code == error.code
    assert "票.ofd" in caught.value.message_zh


@pytest.mark.parametrize("depth", [5, 50, 5000])
def test_blocks_in_blocks_end_somewhere(depth: int):
    assert "余额1250.00" in texts(open_file(nested(depth), "a.ofd").pages[0])


def test_a_composite_that_contains_itself_ends():
    members = parts([page(text(20, 40, "余额"), '<ofd:CompositeObject ResourceID="5" Boundary="0 0 9 9"/>')])
    inner = '<ofd:CompositeObject ResourceID="5" Boundary="0 0 9 9"/>' * 3
    members["Doc_0/PublicRes.xml"] = (
        f'<ofd:Res {SPACE}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="5" Width="9" Height="9"><ofd:Content>'
        f"{inner}{text(1, 8, '图')}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
    )

    assert "余额" in " ".join(texts(open_file(packed(members), "a.ofd").pages[0]))


def test_a_page_that_is_its_own_template_ends():
    content = page(text(20, 40, "余额"), before='<ofd:Template TemplateID="7"/>')
    members = parts([content], common='<ofd:TemplatePage ID="7" BaseLoc="Pages/Page_1/Content.xml"/>')

    assert texts(open_file(packed(members), "a.ofd").pages[0]) == ["余额"]


def test_nothing_outside_the_file_is_read_or_written(tmp_path):
    (tmp_path / "secret.xml").write_text(page(text(20, 40, "机密")), encoding="utf-8")
    members = parts([page(text(20, 40, "余额"))]) | {"../../escaped.xml": "x", "/etc/escaped": "x"}
    listed = f'<ofd:Page ID="2" BaseLoc="{tmp_path}/secret.xml"/><ofd:Page ID="3" BaseLoc="../../../..{tmp_path}/secret.xml"/>'
    members["Doc_0/Document.xml"] = str(members["Doc_0/Document.xml"]).replace("</ofd:Pages>", f"{listed}</ofd:Pages>")
    document = open_file(packed(members), "a.ofd")

    assert [texts(each) for each in document.pages] == [["余额"], [], []]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret.xml"]


def test_external_entities_are_not_followed(tmp_path):
    (tmp_path / "secret.txt").write_text("机密", encoding="utf-8")
    content = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY s SYSTEM "file://{tmp_path}/secret.txt">]>' + page(
        text(20, 40, "&s;")
    )
    with pytest.raises(Bomb):
        open_file(with_part("Doc_0/Pages/Page_1/Content.xml", content), "a.ofd")


def test_as_many_pages_as_allowed_and_not_one_more():
    assert len(open_file(many_pages(30), "a.ofd", limits=Limits(pages=30)).pages) == 30
    with pytest.raises(TooManyPages, match="31 > 30"):
        open_file(many_pages(31), "a.ofd", limits=Limits(pages=30))


@pytest.mark.slow
def test_a_bomb_costs_little_memory():
    """In a process of its own: how much it ever held, over one that opened an honest file."""
    code = (
        "import sys, resource\n"
        "from tests.test_ingest_ofd_hostile import BAD, ofd, page, text\n"
        "from ingest.opening import open_file\n"
        "from records.errors import UnreadableFile\n"
        "import ingest.ofd\n"
        "data = next(make for name, make, _ in BAD if name == sys.argv[1])()\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try: open_file(data, 'a.ofd')\n"
        "except UnreadableFile: pass\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    for name in ("a lying directory", "entities in a page", "ten thousand pages", "a picture bomb"):
        run = subprocess.run([sys.executable, "-c", code, name], capture_output=True, text=True, check=True, cwd=ROOT)
        assert int(run.stdout) < 200_000, name  # kilobytes


def answer(data: bytes) -> str:
    """What becomes of a file: read, or the code of its refusal."""
    try:
        open_file(data, "a.ofd", ocr="off")
    except UnreadableFile as error:
        return error.code
    return "read"


def test_any_cut_of_a_good_file_is_refused():
    data = ofd(page(text(20, 40, "余额1250.00")))

    assert {answer(data[:end]) for end in range(4, len(data) - 30, 97)} <= {"damaged", "unsupported"}


def test_any_flipped_byte_is_refused_or_read():
    data = ofd(page(text(20, 40, "余额1250.00")))
    answers = {answer(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]) for at in range(0, len(data), 53)}

    assert answers <= {"read", "damaged", "unsupported", "not_a_document", "empty", "password_protected", "bomb"}
