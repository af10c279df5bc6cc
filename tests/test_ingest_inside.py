"""What lies inside archives: names in every encoding, passwords, layers, and bombs that go off nowhere."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zipfile
from collections.abc import Callable

import py7zr
import pytest
import pyzipper
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.reading import job, read_file
from ingest import sniff
from ingest.inside import clean_path, leaves, members
from ingest.limits import Limits
from records.contract import loads
from records.errors import Bomb, DamagedFile, EmptyFile, PasswordProtected, TooLarge, UnreadableFile, Unsupported
from tests.ingest_papers import docx, pdf, statement, workbook
from tests.packets import stored_rar, unicode_path, zipped, zipped_raw

FILES = {"电费/五月.txt": b"kwh", "b.csv": b"a,b\n1,2\n"}


def seven(files: dict[str, bytes], password: str | None = None, **more: bool) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password, **more) as archive:
        for path, data in files.items():
            archive.writestr(data, path)
    return out.getvalue()


def tarred(files: dict[str, bytes], encoding: str = "utf-8") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT, encoding=encoding) as archive:
        for path, data in files.items():
            info = tarfile.TarInfo(path)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def locked(password: bytes, encryption: str | None = pyzipper.WZ_AES) -> bytes:
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", encryption=encryption) as archive:
        archive.setpassword(password)
        for path, data in FILES.items():
            archive.writestr(path, data)
    return out.getvalue()


def held(data: bytes, name: str = "包.zip", **more: object) -> dict[str, bytes]:
    found = {}
    for one in leaves(data, name, **more):  # type: ignore[arg-type]
        assert one.problem is None, one
        found[one.path] = one.data
    return found


ARCHIVES: dict[str, Callable[[], bytes]] = {
    "a.zip": lambda: zipped(FILES),
    "stored.zip": lambda: zipped(FILES, zipfile.ZIP_STORED),
    "lzma.zip": lambda: zipped(FILES, zipfile.ZIP_LZMA),
    "a.7z": lambda: seven(FILES),
    "a.rar": lambda: stored_rar(FILES),
    "a.tar": lambda: tarred(FILES),
    "a.tar.gz": lambda: gzip.compress(tarred(FILES)),
    "gbk.tar": lambda: tarred(FILES, "gbk"),
    "gbk.zip": lambda: zipped_raw([(path.encode("gbk"), data) for path, data in FILES.items()]),
    "utf8.zip": lambda: zipped_raw([(path.encode("utf-8"), data) for path, data in FILES.items()]),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_every_kind_of_archive_gives_its_files_under_their_names(name: str):
    assert held(ARCHIVES[name](), name) == FILES


def test_a_name_in_the_extra_field_stands_before_the_mangled_one():
    raw = b"??.txt"
    assert list(held(zipped_raw([(raw, b"x")], {raw: unicode_path(raw, "电费.txt")}))) == ["电费.txt"]


def test_a_name_of_dos_stays_one():
    assert list(held(zipped_raw([(b"r\x82sum\x82.txt", b"x")]))) == ["résumé.txt"]


def test_a_gzip_file_is_the_file_it_was_made_from():
    plain = gzip.compress(b"a,b\n")
    named = plain[:3] + b"\x08" + plain[4:10] + "流水.csv".encode("gbk") + b"\x00" + plain[10:]
    assert held(named, "x.gz") == {"流水.csv": b"a,b\n"}
    assert held(gzip.compress(b"a,b\n"), "流水.csv.gz") == {"流水.csv": b"a,b\n"}


def test_paths_go_nowhere_and_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = ["../../etc/passwd", "/root/x.txt", "C:\\Windows\\y.txt", "..\\z.txt", "a/./b//c.txt", "\u202egpj.txt"]
    found = held(zipped({name: name.encode() for name in names}))

    assert list(found) == ["etc/passwd", "root/x.txt", "Windows/y.txt", "z.txt", "a/b/c.txt", "gpj.txt"]
    assert os.listdir(tmp_path) == []


@settings(deadline=None)
@given(st.text(max_size=80))
def test_a_clean_path_never_leads_anywhere(path: str):
    parts = clean_path(path).split("/")
    assert parts
    assert all(part not in ("", ".", "..") and part.isprintable() and "\\" not in part for part in parts)
    assert clean_path(clean_path(path)) == clean_path(path)


def test_a_member_without_a_name_is_given_one():
    assert held(zipped_raw([(b"", b"x"), (b"a.txt", b"y")])) == {"unnamed": b"x", "a.txt": b"y"}


@pytest.mark.parametrize("within", ["multipart/mixed; boundary=B{0}\n\n--B{0}", "message/rfc822\n"])
def test_a_mail_of_parts_in_parts_without_end_is_damaged_or_given_as_far_as_it_goes(within: str):
    deep = "".join(f"Content-Type: {within.format(level)}\n" for level in range(5_000))
    data = ("From: a@example.com\nSubject: x\nMIME-Version: 1.0\n" + deep).encode()
    try:
        found = list(members(data, "a.eml"))
    except DamagedFile:
        return
    assert all(one.problem or one.data for one in found)


def test_what_systems_leave_behind_is_no_member():
    junk = ["__MACOSX/._a.txt", "a/.DS_Store", "Thumbs.db", "b/desktop.ini", "._b.csv"]
    assert held(zipped(dict.fromkeys(junk, b"x") | FILES)) == FILES


def test_two_members_of_one_name_are_both_given():
    found = held(zipped_raw([(b"a.txt", b"1"), (b"a.txt", b"2")]))
    assert found == {"a.txt": b"1", "a (2).txt": b"2"}


def test_containers_in_containers_are_opened_in_their_turn():
    inner = zipped({"甲.zip": zipped({"底.txt": b"deep"}), "x.7z": seven({"y.txt": b"seven"})})
    assert held(inner) == {"甲.zip!/底.txt": b"deep", "x.7z!/y.txt": b"seven"}
    assert [one.path for one in members(inner, "包.zip")] == ["甲.zip", "x.7z"]


def test_a_layer_too_many_is_a_problem_of_that_member_alone():
    data = zipped({"底.txt": b"deep"})
    for layer in "321":
        data = zipped({f"{layer}.zip": data})
    found = list(leaves(zipped({"1.zip": data, "好.txt": b"good"}), "包.zip"))

    assert [(one.path, type(one.problem)) for one in found] == [
        ("1.zip!/1.zip!/2.zip", Unsupported),
        ("好.txt", type(None)),
    ]


# --- what is no archive -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "make"), [("a.docx", lambda: docx("<w:p/>")), ("a.xlsx", lambda: workbook([["a"]]))])
def test_office_files_are_never_taken_for_archives(name: str, make: Callable[[], bytes]):
    packet = zipped({name: make()})

    assert list(held(packet)) == [name]
    assert read_file(make(), name).members == ()


def test_the_package_of_some_program_is_not_taken_apart():
    with pytest.raises(Unsupported):
        list(leaves(zipped({"META-INF/MANIFEST.MF": b"", "a.txt": b"x"}), "a.jar"))


# --- passwords ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("password", ["123456", "秘密abc"])
@pytest.mark.parametrize("spelling", ["utf-8", "gb18030"])
def test_a_locked_zip_opens_with_its_password_only(password: str, spelling: str):
    data = locked(password.encode(spelling))

    assert held(data, password=password) == FILES
    for wrong in (None, "", "654321"):
        with pytest.raises(PasswordProtected):
            held(data, password=wrong)


def test_the_old_encryption_opens_too():
    """ZipCrypto, as the bills of payment services come; encrypted here by the words of the specification."""
    assert held(OLD_ENCRYPTION, password="123456") == {"a.txt": b"hello"}
    with pytest.raises(PasswordProtected):
        held(OLD_ENCRYPTION, password="654321")


def zipcrypto(data: bytes, password: bytes) -> bytes:
    """PKWARE's traditional encryption, from its specification (APPNOTE 6.1)."""
    import zlib

    table = [0] * 256
    for index in range(256):
        value = index
        for _ in range(8):
            value = (value >> 1) ^ (0xEDB88320 if value & 1 else 0)
        table[index] = value
    keys = [0x12345678, 0x23456789, 0x34567890]

    def feed(byte: int) -> None:
        keys[0] = (keys[0] >> 8) ^ table[(keys[0] ^ byte) & 255]
        keys[1] = ((keys[1] + (keys[0] & 255)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = (keys[2] >> 8) ^ table[(keys[2] ^ (keys[1] >> 24)) & 255]

    for byte in password:
        feed(byte)
    out = bytearray()
    for byte in bytes(11) + bytes([zlib.crc32(data) >> 24]) + data:
        mixed = (keys[2] | 2) & 0xFFFF
        out.append(byte ^ (mixed * (mixed ^ 1) >> 8 & 255))
        feed(byte)
    return bytes(out)


def old_encryption() -> bytes:
    import struct
    import zlib

    data = b"hello"
    body = zipcrypto(data, b"123456")
    fixed = struct.pack("<HHHHHLLLHH", 20, 1, 0, 0, 0, zlib.crc32(data), len(body), len(data), 5, 0)
    local = b"PK\x03\x04" + fixed + b"a.txt" + body
    directory = b"PK\x01\x02\x14\x00" + fixed + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + b"a.txt"
    return local + directory + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(directory), len(local), 0)


OLD_ENCRYPTION = old_encryption()


@pytest.mark.parametrize("names_too", [False, True])
def test_a_locked_7z_opens_with_its_password_only(names_too: bool):
    data = seven(FILES, "秘密", header_encryption=names_too)

    assert held(data, "a.7z", password="秘密") == FILES
    for wrong in (None, "x"):
        with pytest.raises(PasswordProtected):
            held(data, "a.7z", password=wrong)


def test_one_locked_member_does_not_close_the_others():
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w") as archive:
        archive.writestr("open.txt", b"open")
        archive.setencryption(pyzipper.WZ_AES)
        archive.setpassword(b"x")
        archive.writestr("locked.txt", b"locked")
    found = list(leaves(out.getvalue(), "a.zip"))

    assert [(one.path, type(one.problem)) for one in found] == [
        ("open.txt", type(None)),
        ("locked.txt", PasswordProtected),
    ]


def test_the_password_opens_what_lies_inside_too():
    assert held(zipped({"内.zip": locked(b"123456")}), password="123456") == {
        f"内.zip!/{k}": v for k, v in FILES.items()
    }


# --- RAR without a program ----------------------------------------------------------------------------------------------


def test_a_packed_rar_says_what_to_do_where_no_program_unpacks_it(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Unsupported, match=r"zip") as said:
        held(stored_rar({"a.txt": b"hello"}, packed=True), "a.rar")
    assert "unrar" in said.value.message_zh


# --- damage and bombs ---------------------------------------------------------------------------------------------------


def nested(layers: int, width: int) -> bytes:
    """Like 42.zip: every layer holds so many of the layer below."""
    data = zipped({"0": bytes(1000)})
    for _ in range(layers):
        data = zipped({f"{index}.zip": data for index in range(width)}, zipfile.ZIP_STORED)
    return data


def overlapping() -> bytes:
    """Many names in the directory for the same packed bytes, after David Fifield."""
    data = zipped({"a.txt": bytes(1 << 20)})
    end = data.rfind(b"PK\x05\x06")
    start = data.rfind(b"PK\x01\x02")
    entry, count = data[start:end], 200
    tail = bytearray(data[end:])
    tail[8:12] = count.to_bytes(2, "little") * 2
    tail[12:16] = (len(entry) * count).to_bytes(4, "little")
    return data[:start] + entry * count + bytes(tail)


def lying() -> bytes:
    """Says that it unpacks to ten bytes."""
    data = bytearray(zipped({"a.bin": bytes(80 << 20), "b.txt": b"b"}))
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = data.find(mark)
        data[start + at : start + at + 4] = (10).to_bytes(4, "little")
    return bytes(data)


BOMBS: dict[str, tuple[Callable[[], bytes], type[UnreadableFile]]] = {
    "ratio.zip": (lambda: zipped({"0": bytes(60 << 20)}), Bomb),
    "ratio.7z": (lambda: seven({"0": bytes(60 << 20)}), Bomb),
    "ratio.gz": (lambda: gzip.compress(bytes(60 << 20)), Bomb),
    "ratio.tar.gz": (lambda: gzip.compress(tarred({"0": bytes(60 << 20)})), Bomb),
    "nested.zip": (lambda: nested(3, 12), Bomb),
    "overlapping.zip": (overlapping, Bomb),
    "many.zip": (lambda: zipped({str(n): b"" for n in range(1001)}, zipfile.ZIP_STORED), TooLarge),
    "many.tar": (lambda: tarred({str(n): b"" for n in range(1001)}), TooLarge),
    "empty.zip": (lambda: zipped({}), EmptyFile),
    "cut.zip": (lambda: zipped(FILES)[:-30], DamagedFile),
    "cut.7z": (lambda: seven(FILES)[:-30], DamagedFile),
    "cut.gz": (lambda: gzip.compress(os.urandom(9000))[:-300], DamagedFile),
    "noise.rar": (lambda: b"Rar!\x1a\x07\x00" + bytes(range(256)), DamagedFile),
    "noise.7z": (lambda: b"7z\xbc\xaf\x27\x1c" + bytes(range(256)), DamagedFile),
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_cannot_be_opened_says_why(name: str):
    make, kind = BOMBS[name]
    with pytest.raises(kind):
        list(leaves(make(), name))


def test_a_member_that_lies_about_its_size_is_bad_alone():
    found = {one.path: one.problem for one in leaves(lying(), "a.zip")}
    assert isinstance(found["a.bin"], UnreadableFile)
    assert found["b.txt"] is None


def test_a_bomb_within_is_bad_alone():
    found = {
        one.path: one.problem for one in leaves(zipped({"弹.zip": zipped({"0": bytes(60 << 20)}), "b": b"b"}), "a.zip")
    }
    assert isinstance(found["弹.zip"], Bomb)
    assert found["b"] is None


def test_a_member_larger_than_a_file_may_be_is_bad_alone():
    data = zipped({"大.bin": os.urandom(3000), "小.txt": b"x"})
    found = {one.path: one.problem for one in leaves(data, "a.zip", limits=Limits(bytes=2000))}
    assert isinstance(found["大.bin"], TooLarge)
    assert found["小.txt"] is None


@settings(deadline=None)
@given(st.data())
def test_a_zip_spoilt_anywhere_gives_members_or_problems_and_never_breaks(data: st.DataObject):
    whole = bytearray(zipped(FILES))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    if sniff.media_type(bytes(whole)) != sniff.ZIP:
        return
    try:
        for one in leaves(bytes(whole), "a.zip"):
            assert one.path
    except UnreadableFile:
        pass


def test_attachments_of_a_pdf_follow_it():
    paper = attached(pdf(statement), {"附件.csv": b"a,b\n1,2\n3,4\n", "data.xml": b"<?xml version='1.0'?><a/>"})
    told: list[str] = []
    answer = job({"name": "a.pdf", "members": "direct"}, paper, _Taking(told))
    reading = loads(answer["reading"])

    assert reading.papers
    assert told == ["附件.csv"]
    assert any("data.xml" in finding.message for finding in reading.findings)
    assert list(held(zipped({"p.pdf": paper}))) == ["p.pdf", "p.pdf!/附件.csv"]


class _Taking:
    """Takes the names of what is handed over."""

    def __init__(self, told: list[str]) -> None:
        self.told = told

    def __call__(self, page: int, pages: int) -> None:
        pass

    def member(self, told: dict[str, str], data: bytes) -> None:
        self.told.append(told["path"])


def attached(paper: bytes, files: dict[str, bytes]) -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument(paper)
    for name, data in files.items():
        document.new_attachment(name).set_data(data)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
