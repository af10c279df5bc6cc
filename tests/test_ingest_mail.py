"""Mails: who wrote what in which charset, what is attached under which name, and mails within mails."""

from __future__ import annotations

import base64
import contextlib
import struct
from email.header import Header
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.reading import read_file
from ingest.inside import leaves, members
from ingest.mail_rtf import _DICTIONARY, text_of_rtf
from records.errors import DamagedFile, UnreadableFile
from tests.packets import message, outlook

SUED = "借款人作为被告，因买卖合同纠纷被诉至法院。"
SPOKEN = "請查收電費單，囍㕶镕"  # beyond GB2312, within GBK or GB18030


def inside(data: bytes, name: str = "信.eml") -> dict[str, bytes]:
    found = {}
    for one in leaves(data, name):
        assert one.problem is None, one
        found[one.path] = one.data
    return found


def letter(body: bytes, charset: str, subject: bytes = b"test") -> bytes:
    head = b"From: a@b.cn\r\nTo: c@d.cn\r\nSubject: " + subject + b"\r\nDate: Mon, 6 May 2024 10:00:00 +0800\r\n"
    kind = (
        f"MIME-Version: 1.0\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return head + kind.encode() + body


@pytest.mark.parametrize(
    ("named", "real"),
    [("gb2312", "gb18030"), ("GBK", "gb18030"), ("gb18030", "gb18030"), ("utf-8", "utf-8"), ("utf-8", "gb18030"),
     ("iso-8859-1", "gb18030"), ("us-ascii", "utf-8"), ("gb2312", "utf-8"), ("no-such-thing", "gb18030"),
     ("big5", "big5")],
)  # fmt: skip
def test_the_text_is_read_whatever_the_charset_is_called(named: str, real: str):
    words = "請查收電費單，謝謝您的來信。" if real == "big5" else f"您好。{SPOKEN}请查收附件中的流水。"
    text = inside(letter(words.encode(real), named))["正文"].decode()

    assert words in text
    assert "发件人：a@b.cn" in text
    assert "收件人：c@d.cn" in text


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030", "utf-8"])
@pytest.mark.parametrize("letters", "BQ")
def test_a_subject_in_encoded_words(charset: str, letters: str):
    raw = SPOKEN.encode("utf-8" if charset == "utf-8" else "gb18030")
    if letters == "B":
        word = f"=?{charset}?B?{base64.b64encode(raw).decode()}?="
    else:
        word = f"=?{charset}?Q?{''.join(f'={byte:02X}' for byte in raw)}?="
    assert f"主题：{SPOKEN}" in inside(letter(b"hello there", "utf-8", word.encode()))["正文"].decode()


def test_an_encoded_word_cut_inside_a_character_is_joined():
    raw = "电费缴纳通知".encode("gbk")
    words = [f"=?gb2312?B?{base64.b64encode(part).decode()}?=" for part in (raw[:5], raw[5:])]
    assert "主题：电费缴纳通知" in inside(letter(b"hello", "utf-8", "\r\n ".join(words).encode()))["正文"].decode()


def test_a_subject_of_raw_bytes():
    assert "主题：电费单" in inside(letter(b"hello", "utf-8", "电费单".encode("gbk")))["正文"].decode()


NAMES = {
    "rfc2231": "Content-Disposition: attachment; filename*=gb2312''%B5%E7%B7%D1%E9F.csv",
    "rfc2231 continued": "Content-Disposition: attachment; filename*0*=utf-8''%E7%94%B5%E8%B4%B9;\r\n filename*1=%E9%95%95.csv",
    "rfc2047": 'Content-Disposition: attachment; filename="=?gbk?B?tee30ele?="',
    "rfc2047 in the type": 'Content-Type: text/csv; name="=?utf-8?B?55S16LS5LmNzdg==?="\r\nContent-Disposition: attachment',
    "raw": 'Content-Disposition: attachment; filename="电费.csv"',
}
MEANT = {
    "rfc2231": "电费镕.csv",
    "rfc2231 continued": "电费%E9%95%95.csv",
    "rfc2047": "电费閑",
    "rfc2047 in the type": "电费.csv",
}


@pytest.mark.parametrize("form", NAMES)
def test_the_name_of_an_attachment_in_every_form(form: str):
    head = b"From: a@b.cn\r\nTo: c@d.cn\r\nSubject: x\r\nDate: x\r\nMIME-Version: 1.0\r\n"
    head += b'Content-Type: multipart/mixed; boundary="cut"\r\n\r\n--cut\r\nContent-Type: text/plain\r\n\r\nhello\r\n--cut\r\n'
    raw = NAMES[form].encode("gbk" if form == "raw" else "ascii")
    found = inside(head + raw + b"\r\n\r\na,b,c\r\n--cut--\r\n")

    expected = MEANT.get(form, "电费.csv")
    if form == "rfc2047":
        expected = base64.b64decode("tee30ele").decode("gb18030")
    assert list(found) == ["正文", expected]


def mixed(*parts: MIMEText | MIMEApplication | MIMEImage | MIMEMultipart) -> bytes:
    mail = MIMEMultipart("mixed")
    mail["Subject"] = Header("关于电费", "gb2312")
    mail["From"] = mail["To"] = "a@b.cn"
    for part in parts:
        mail.attach(part)
    return mail.as_bytes()


def image(size: int, disposition: str = "inline") -> MIMEImage:
    part = MIMEImage(b"\x89PNG\r\n\x1a\n" + bytes(size), "png")
    part.add_header("Content-Disposition", disposition, filename="image001.png")
    part.add_header("Content-ID", "<image001>")
    return part


def test_a_logo_in_the_text_is_no_paper_and_a_photo_in_it_is_one():
    assert list(inside(mixed(MIMEText("见附件", "plain", "gbk"), image(500)))) == ["正文"]
    assert list(inside(mixed(MIMEText("见附件", "plain", "gbk"), image(90_000)))) == ["正文", "image001.png"]
    assert list(inside(mixed(MIMEText("见附件", "plain", "gbk"), image(500, "attachment")))) == ["正文", "image001.png"]


def test_of_a_text_in_two_forms_one_is_read():
    both = MIMEMultipart("alternative")
    both.attach(MIMEText(SUED, "plain", "utf-8"))
    both.attach(MIMEText(f"<p>{SUED}</p>", "html", "utf-8"))
    text = inside(mixed(both))["正文"].decode()

    assert text.count(SUED) == 1
    assert "<p>" not in text


def test_a_text_in_html_alone_is_read_as_a_page():
    html = f'<html><head><meta charset="gb2312"></head><body><p>{SUED}</p></body></html>'
    text = inside(mixed(MIMEText(html, "html", "gbk")))["正文"]
    reading = read_file(text, "信.eml!/正文")

    assert reading.media_type == "text/html"
    assert [event.type for event in reading.papers[0].events] == ["litigation_defendant"]


def test_a_mail_forwarded_within_a_mail_is_opened_under_its_subject():
    inner = EmailMessage()
    inner["Subject"], inner["From"] = "内层/邮件", "x@y.cn"
    inner.set_content(SUED)
    inner.add_attachment(b"a,b\n", maintype="text", subtype="csv", filename="流水.csv")
    outer = EmailMessage()
    outer["Subject"], outer["From"], outer["To"] = "转发", "a@b.cn", "c@d.cn"
    outer.set_content("转发")
    outer.add_attachment(inner)
    found = inside(outer.as_bytes())

    assert list(found) == ["正文", "内层_邮件.eml!/正文", "内层_邮件.eml!/流水.csv"]


def test_the_prose_of_a_mail_gives_events():
    reading = read_file(inside(letter(SUED.encode("gbk"), "gb2312"))["正文"], "信.eml!/正文")
    assert [event.type for event in reading.papers[0].events] == ["litigation_defendant"]


def test_a_mail_of_nothing_is_damaged():
    with pytest.raises(DamagedFile):
        list(members(b"Received: x\r\nFrom: a\r\nTo: b\r\nDate: c\r\nMessage-ID: d\r\n\r\n", "a.eml"))


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_after_the_head_of_a_mail_are_a_text_or_a_problem(body: bytes):
    head = b'From: a\r\nTo: b\r\nSubject: s\r\nDate: c\r\nContent-Type: multipart/mixed; boundary="--"\r\n\r\n----\r\n'
    with contextlib.suppress(UnreadableFile):
        list(leaves(head + body, "a.eml"))


# --- Outlook ------------------------------------------------------------------------------------------------------------


def test_an_outlook_mail_gives_its_text_and_attachments():
    found = inside(outlook("催收情况", SUED, attached={"流水.csv": b"a,b\n" * 2000, "说明.txt": b"short"}), "信.msg")

    assert list(found) == ["正文", "流水.csv", "说明.txt"]
    assert found["流水.csv"] == b"a,b\n" * 2000
    text = found["正文"].decode()
    assert text.startswith(
        "主题：催收情况\n发件人：张三 <zhang@example.com>\n收件人：贷后管理部\n日期：2024-05-12 23:06\n"
    )
    assert SUED in text


def test_a_mail_embedded_in_an_outlook_mail_is_opened_in_its_turn():
    inner = message("内层", SUED, attached={"x.csv": b"a,b"})
    data = outlook("外层", "转发", attached={"fw": inner})
    found = inside(data, "信.msg")

    assert list(found) == ["正文", "内层.eml!/正文", "内层.eml!/x.csv"]
    assert SUED in found["内层.eml!/正文"].decode()
    assert "日期：2024-05-12 23:06" in found["内层.eml!/正文"].decode()
    assert list(members(data, "信.msg")) == list(members(data, "信.msg"))


def test_html_of_outlook_is_read_when_it_is_the_only_text():
    html = f"<html><body>{SUED}</body></html>".encode("gbk")
    assert SUED in inside(outlook("x", html=html), "a.msg")["正文"].decode()


def compressed(rtf: bytes) -> bytes:
    """Letters only, no references: what MS-OXRTFCP calls compressed as well."""
    body = b"".join(b"\x00" + rtf[at : at + 8] for at in range(0, len(rtf), 8))
    return struct.pack("<LL4sL", len(body) + 12, len(rtf), b"LZFu", 0) + body


def test_compressed_rtf_is_the_last_resort():
    escaped = "".join(f"\\'{byte:02x}" for byte in SUED.encode("gbk"))
    rtf = b"{\\rtf1\\ansi\\ansicpg936 " + escaped.encode() + b"}"

    assert SUED in inside(outlook("x", rtf=compressed(rtf)), "a.msg")["正文"].decode()


def test_the_example_of_the_specification_unpacks():
    """MS-OXRTFCP, section 4.1: references into the dictionary."""
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert text_of_rtf(packed).strip() == "hello world"
    assert len(_DICTIONARY) == 207


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_spoilt_rtf_never_breaks(body: bytes):
    text_of_rtf(struct.pack("<LL4sL", 0, 5000, b"LZFu", 0) + body)


def test_a_spoilt_outlook_mail_is_damaged_or_partly_read():
    whole = bytearray(outlook("x", SUED, attached={"a.txt": b"x" * 5000}))
    for at in range(0, len(whole), 97):
        spoilt = bytes(whole[:at]) + b"\xff\x13" + bytes(whole[at + 2 :])
        with contextlib.suppress(UnreadableFile):
            list(members(spoilt, "a.msg"))
