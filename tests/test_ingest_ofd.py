"""OFD: every character where the file puts it, whatever the writer's habits; pages that are pictures; what lies beside."""

from __future__ import annotations

import io
import math
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageOps

from ingest.ofd_marks import times
from ingest.ofd_path import outline
from ingest.ofd_text import _steps as steps
from ingest.opening import open_file
from ingest.picture import page_picture
from records.document import Document, Word
from tests.ingest_papers import encoded, lines, pdf, picture_of, statement, texts
from tests.ofd_papers import SPACE, image, ofd, packed, page, parts, rule, text


def opened(data: bytes) -> Document:
    return open_file(data, "a.ofd", ocr="off")


def word(document: Document, wanted: str, number: int = 1) -> Word:
    return next(word for word in document.pages[number - 1].words if word.text == wanted)


def test_text_stands_where_the_file_puts_it():
    document = opened(ofd(page(text(21, 29.7, "期末余额"), text(100, 29.7, "1,250.00"))))
    amount = word(document, "1,250.00")

    assert lines(document.pages[0]) == [["期末余额", "1,250.00"]]
    assert document.pages[0].source == "text"
    assert amount.box.x0 == pytest.approx(100 / 210)
    assert amount.box.x1 == pytest.approx(116 / 210)
    assert amount.box.y0 < 29.7 / 297 < amount.box.y1 + 0.001
    assert amount.edges == pytest.approx([(100 + 2 * n) / 210 for n in range(9)])
    assert (document.pages[0].width, document.pages[0].height) == (595.28, 841.89)


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ('X="0" Y="4" DeltaX="g 4 2"', 10),
        ('X="0" Y="4" DeltaX="2 g 3 2"', 10),
        ('X="0" Y="4" DeltaX="2"', 10),
        ('X="0" Y="4"', 10),
        ('X="1" Y="4" DeltaX="2 2 2 2 2 2 2 2"', 11),
    ],
    ids=["shorthand", "mixed", "one for all", "none", "too many"],
)
def test_distances_in_every_way_of_writing_them(code: str, right: float):
    document = opened(ofd(page(text(20, 40, "12.50", code=code))))

    assert word(document, "12.50").box.x1 == pytest.approx((20 + right) / 210)


@given(
    st.lists(st.tuples(st.integers(1, 6), st.floats(-9, 9).map(lambda step: round(step, 3))), min_size=1, max_size=6),
    st.integers(1, 40),
)
def test_the_shorthand_says_what_the_long_form_says(pieces: list[tuple[int, float]], count: int):
    short = " ".join(f"g {many} {step}" if many > 1 else str(step) for many, step in pieces)
    long = " ".join(str(step) for many, step in pieces for _ in range(many))

    assert steps(short, count) == steps(long, count)
    assert len(steps(short, count) or []) == count


def test_a_shorthand_of_a_thousand_million_distances_costs_nothing():
    document = opened(ofd(page(text(20, 40, "12.50", code='X="0" Y="4" DeltaX="g 1000000000 2"'))))

    assert word(document, "12.50")


def test_the_matrix_of_an_object_scales_and_moves_it():
    document = opened(ofd(page(text(20, 40, "金额", size=1, more='CTM="4 0 0 4 10 2"'))))

    assert word(document, "金额").box.x0 == pytest.approx(30 / 210)
    assert word(document, "金额").box.width == pytest.approx(8 / 210)


def test_several_lines_in_one_text_code():
    code = 'X="0" Y="4" DeltaX="2 2 -4 2 2" DeltaY="0 0 6 0 0"'

    assert lines(opened(ofd(page(text(20, 40, "123456", code=code)))).pages[0]) == [["123"], ["456"]]


def test_characters_below_one_another_are_one_word():
    down = text(8, 34, "购买方", code='X="0" Y="4" DeltaX="g 2 0" DeltaY="g 2 8"')
    document = opened(ofd(page(down, text(20, 34, "名称："), text(36, 34, "某某公司"))))

    assert word(document, "购买方").box.height > 3 * word(document, "购买方").box.width
    assert ["名称：", "某某公司"] in lines(document.pages[0]) or ["名称：某某公司"] in lines(document.pages[0])


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_a_page_written_sideways_is_turned_upright(quarter: int):
    a, b = round(math.cos(quarter * math.pi / 2)), round(math.sin(quarter * math.pi / 2))
    turn = f'CTM="{a} {b} {-b} {a} 0 0"'
    objects = [text(100 + 10 * n, 100 + 10 * n, "本期余额1280.00", more=turn) for n in range(3)]
    read = opened(ofd(page(*objects))).pages[0]

    assert read.rotation == (-90 * quarter) % 360
    assert texts(read) == ["本期余额1280.00"] * 3
    assert all(each.box.width > each.box.height for each in read.words)


def test_slanted_text_is_a_watermark_and_no_word():
    slanted = text(60, 150, "仅供贷后检查使用", more='CTM="0.8 -0.6 0.6 0.8 0 0"')
    document = opened(ofd(page(text(20, 40, "余额1280.00"), text(20, 50, "金额20.00"), text(20, 60, "摘要"), slanted)))

    assert "仅供贷后检查使用" not in " ".join(texts(document.pages[0]))
    assert [notice.code for notice in document.notices] == ["watermark"]


def test_templates_and_shown_annotations_belong_to_the_page_hidden_ones_do_not():
    content = page(text(50, 40, "1250.00"), before='<ofd:Template TemplateID="7" ZOrder="Background"/>')
    members = parts(
        [content],
        common='<ofd:TemplatePage ID="7" BaseLoc="Tpls/Tpl_0/Content.xml"/>',
        after="<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>",
    )
    members["Doc_0/Tpls/Tpl_0/Content.xml"] = page(text(20, 40, "余额："), rule(20, 50, 120, 50))
    members["Doc_0/Annots/Annotations.xml"] = (
        f'<ofd:Annotations {SPACE}><ofd:Page PageID="1"><ofd:FileLoc>P/A.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
    )
    members["Doc_0/Annots/P/A.xml"] = (
        f'<ofd:PageAnnot {SPACE}><ofd:Annot Type="Stamp"><ofd:Appearance Boundary="100 100 50 20">{text(5, 9, "已核对")}'
        f'</ofd:Appearance></ofd:Annot><ofd:Annot Visible="false"><ofd:Appearance Boundary="0 0 9 9">{text(5, 9, "隐藏")}'
        "</ofd:Appearance></ofd:Annot></ofd:PageAnnot>"
    )
    document = opened(packed(members))

    assert texts(document.pages[0]) == ["余额：", "1250.00", "已核对"]
    assert word(document, "已核对").box.x0 == pytest.approx(105 / 210)
    assert [r.y0 for r in document.pages[0].rulings] == pytest.approx([50 / 297], abs=1e-4)


def test_several_documents_in_one_file_are_numbered_through():
    members = parts([page(text(20, 40, "甲"))])
    members |= {
        k.replace("Doc_0", "Doc_1"): v
        for k, v in parts([page(text(20, 40, "乙")), page(text(20, 40, "丙"))]).items()
        if k != "OFD.xml"
    }
    members["OFD.xml"] = (
        f"<ofd:OFD {SPACE}>"
        + "".join(f"<ofd:DocBody><ofd:DocRoot>Doc_{n}/Document.xml</ofd:DocRoot></ofd:DocBody>" for n in (0, 1))
        + "</ofd:OFD>"
    )

    assert [(each.number, texts(each)) for each in opened(packed(members)).pages] == [
        (1, ["甲"]),
        (2, ["乙"]),
        (3, ["丙"]),
    ]


# --- the habits of writers ----------------------------------------------------------------------------------------------


def plain() -> dict[str, str | bytes]:
    return parts([page(text(20, 40, "余额1250.00"), image("9", 0, 0, 20, 20))], media={"9": "图 片.png"}) | {
        "Doc_0/Res/图 片.png": encoded(Image.new("RGB", (20, 20), "red"))
    }


def changed(change: str) -> bytes:
    members = plain()
    match change:
        case "another prefix":
            members = {
                k: v.replace("ofd:", "o:").replace(":ofd", ":o") if isinstance(v, str) else v
                for k, v in members.items()
            }
        case "no prefix":
            members = {
                k: v.replace("ofd:", "").replace("xmlns:ofd", "xmlns") if isinstance(v, str) else v
                for k, v in members.items()
            }
        case "prefix not declared":
            members = {k: v.replace(SPACE, "") if isinstance(v, str) else v for k, v in members.items()}
        case "absolute paths":
            members["OFD.xml"] = str(members["OFD.xml"]).replace(">Doc_0/", ">/Doc_0/")
            members["Doc_0/Document.xml"] = str(members["Doc_0/Document.xml"]).replace('"Pages/', '"/Doc_0/Pages/')
        case "backslashes":
            members["Doc_0/Document.xml"] = str(members["Doc_0/Document.xml"]).replace(
                "Pages/Page_1/", "Pages\\Page_1\\"
            )
        case "wrong case":
            members["OFD.xml"] = str(members["OFD.xml"]).replace("Doc_0/Document.xml", "doc_0/DOCUMENT.XML")
        case "wrong folder":
            members["Doc_0/PublicRes.xml"] = str(members["Doc_0/PublicRes.xml"]).replace(
                'BaseLoc="Res"', 'BaseLoc="Nowhere"'
            )
        case "a folder around it":
            members = {f"发票/{k}": v for k, v in members.items()}
        case "paths that climb":
            members["Doc_0/PublicRes.xml"] = str(members["Doc_0/PublicRes.xml"]).replace(
                ">图", ">../../../Doc_0/Res/图"
            )
        case "gbk":
            members = {
                k: f'<?xml version="1.0" encoding="GBK"?>{v}'.encode("gbk") if isinstance(v, str) else v
                for k, v in members.items()
            }
    return packed(members)


@pytest.mark.parametrize(
    "change",
    ["nothing", "another prefix", "no prefix", "prefix not declared", "absolute paths", "backslashes", "wrong case",
     "wrong folder", "a folder around it", "paths that climb", "gbk"],
)  # fmt: skip
def test_a_writer_may_have_his_habits(change: str):
    document = opened(changed(change))

    assert texts(document.pages[0]) == ["余额1250.00"]
    assert document.notices == ()


class _Gbk(zipfile.ZipInfo):
    """A member whose name is written as GBK without saying so, as Windows programs do."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def test_a_member_named_in_gbk_without_saying_so_is_found():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in plain().items():
            archive.writestr(_Gbk(name), content)
    document = opened(file.getvalue())

    assert "图 片".encode("gbk") in file.getvalue()
    assert texts(document.pages[0]) == ["余额1250.00"]
    assert document.notices == ()


def test_a_missing_picture_is_a_notice_and_the_text_is_read():
    document = opened(ofd(page(text(20, 40, "余额1250.00"), image("9", 0, 0, 20, 20)), media={"9": "gone.png"}))

    assert texts(document.pages[0]) == ["余额1250.00"]
    assert [(notice.code, notice.page) for notice in document.notices] == [("picture_missing", 1)]


def test_a_missing_page_is_said_and_the_others_are_read():
    members = parts([page(text(20, 40, "甲")), page(text(20, 40, "乙"))])
    del members["Doc_0/Pages/Page_1/Content.xml"]
    document = opened(packed(members))

    assert [texts(each) for each in document.pages] == [[], ["乙"]]
    assert [(notice.code, notice.page) for notice in document.notices] == [("page_damaged", 1)]


def test_a_signature_is_said_to_be_unverified():
    members = parts([page(text(20, 40, "甲"))], body="<ofd:Signatures>Doc_0/Signs/S.xml</ofd:Signatures>")
    members["Doc_0/Signs/S.xml"] = f'<ofd:Signatures {SPACE}><ofd:Signature ID="1" BaseLoc="x"/></ofd:Signatures>'

    (notice,) = opened(packed(members)).notices
    assert notice.code == "signature_unverified"
    assert "没有验证" in notice.message


# --- pages that are pictures --------------------------------------------------------------------------------------------


def scan() -> Image.Image:
    return picture_of(pdf(statement), dpi=150)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "TIFF"])
def test_a_page_that_is_a_picture_goes_to_the_engine(kind: str):
    data = ofd(page(image("9")), media={"9": "scan.bin"}, **{"Doc_0/Res/scan.bin": encoded(scan(), kind)})
    document = opened(data)

    assert [each.source for each in document.pages] == ["ocr"]
    assert document.notices[0].code == "ocr_off"


@pytest.mark.slow
def test_a_scan_in_an_ofd_is_read_like_any_scan():
    data = ofd(page(image("9")), media={"9": "scan.png"}, **{"Doc_0/Res/scan.png": encoded(scan())})
    read = open_file(data, "a.ofd").pages[0]

    assert "17,345.67" in texts(read)
    assert read.engine


def jbig2(picture: Image.Image) -> bytes:
    """A JBIG2 file of one generic region, coded as fax (which is what a TIFF holds too)."""
    file = io.BytesIO()
    ImageOps.invert(picture).convert("1").save(file, "TIFF", compression="group4", tiffinfo={278: picture.height})
    with Image.open(file) as tiff:
        (start,), (length,) = tiff.tag_v2[273], tiff.tag_v2[279]  # type: ignore[attr-defined]
    coded = file.getvalue()[start : start + length]
    width, height = picture.size
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + coded
    information = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)

    def segment(number: int, kind: int, data: bytes) -> bytes:
        return struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data

    return (
        b"\x97JB2\r\n\x1a\n\x01" + struct.pack(">I", 1)
        + segment(0, 48, information) + segment(1, 38, region) + segment(2, 49, b"") + segment(3, 51, b"")
    )  # fmt: skip


@pytest.mark.parametrize("whole", [True, False], ids=["a file", "bare segments"])
def test_a_jbig2_picture_is_decoded(whole: bool):
    drawn = Image.new("L", (64, 48), 255)
    drawn.paste(0, (8, 8, 40, 24))
    data = jbig2(drawn)
    data = data if whole else data[13:-22]
    ofd_file = ofd(
        page(text(20, 40, "甲"), image("9", 100, 100, 64, 48)), media={"9": "code.jb2"}, **{"Doc_0/Res/code.jb2": data}
    )
    picture = shown(ofd_file, width=2100)

    assert opened(ofd_file).notices == ()
    assert dark_share(picture, (110 / 210, 110 / 297, 138 / 210, 122 / 297)) > 0.95
    assert dark_share(picture, (145 / 210, 110 / 297, 160 / 210, 145 / 297)) == 0


def test_a_broken_jbig2_leaves_the_page_readable():
    data = jbig2(Image.new("L", (64, 48), 0))[:30]
    ofd_file = ofd(
        page(text(20, 40, "甲"), image("9", 100, 100, 64, 48)), media={"9": "code.jb2"}, **{"Doc_0/Res/code.jb2": data}
    )

    assert texts(opened(ofd_file).pages[0]) == ["甲"]
    assert shown(ofd_file).size == (1240, 1754)


def test_text_laid_invisibly_over_a_scan_is_read_second_hand():
    said = "这是由他人识别后隐藏在图像下的文字" * 5
    data = ofd(page(image("9"), text(10, 40, said, size=2, more='Alpha="0"')), media={"9": "s.png"},
               **{"Doc_0/Res/s.png": encoded(scan())})  # fmt: skip
    document = opened(data)

    assert document.pages[0].source == "text"
    assert {each.confidence for each in document.pages[0].words} == {0.85}
    assert "invisible_text" in [notice.code for notice in document.notices]


def test_a_form_that_is_a_picture_under_typed_text_is_said_to_be_unread():
    typed = [text(20, 40 + 10 * n, "J329901-2026-000213 云洲市临屿区") for n in range(4)]
    data = ofd(page(image("9"), *typed), media={"9": "s.png"}, **{"Doc_0/Res/s.png": encoded(scan())})
    document = opened(data)

    assert document.pages[0].source == "text"
    assert [notice.code for notice in document.notices] == ["picture_unread"]


def test_invisible_text_on_a_page_without_a_picture_is_not_on_the_page():
    document = opened(ofd(page(text(20, 40, "余额1250.00"), text(20, 60, "隐藏", more='Alpha="0"'))))

    assert texts(document.pages[0]) == ["余额1250.00"]


# --- pages shown to people ----------------------------------------------------------------------------------------------


def shown(data: bytes, **options: int) -> Image.Image:
    return Image.open(io.BytesIO(page_picture(data, "a.ofd", 1, **options)))


def dark_share(picture: Image.Image, box: tuple[float, float, float, float]) -> float:
    x0, y0, x1, y1 = (round(side * length) for side, length in zip(box, (*picture.size, *picture.size), strict=True))
    part = picture.convert("L").crop((x0, y0, x1, y1))
    return sum(part.histogram()[:128]) / max(1, part.width * part.height)


def test_the_picture_shows_the_text_where_its_box_is():
    data = ofd(page(text(20, 40, "余额：壹佰元整"), text(120, 200, "1250.00")))
    picture = shown(data)

    assert picture.size == (1240, 1754)
    for each in opened(data).pages[0].words:
        box = each.box
        assert dark_share(picture, (box.x0, box.y0, box.x1, box.y1)) > 0.05
        assert dark_share(picture, (box.x0, box.y1 + 0.01, box.x1, box.y1 + 0.03)) == 0


def test_a_sideways_page_is_shown_upright():
    data = ofd(page(*(text(100 + 10 * n, 100, "本期余额1280.00", more='CTM="0 1 -1 0 0 0"') for n in range(3))))
    read = opened(data).pages[0]
    picture = shown(data, rotation=read.rotation)
    box = read.words[0].box

    assert picture.width > picture.height
    assert dark_share(picture, (box.x0, box.y0, box.x1, box.y1)) > 0.05


def test_pictures_lie_where_their_matrix_puts_them():
    red = encoded(Image.new("RGB", (10, 10), "red"))
    data = ofd(page(text(20, 40, "甲"), image("9", 100, 100, 20, 20)), media={"9": "r.png"}, **{"Doc_0/Res/r.png": red})
    picture = shown(data).convert("RGB")

    assert picture.getpixel((round(110 / 210 * 1240), round(110 / 297 * 1754))) == (255, 0, 0)
    assert picture.getpixel((round(130 / 210 * 1240), round(110 / 297 * 1754))) == (255, 255, 255)


def test_lines_are_drawn():
    with_line, without = ofd(page(text(20, 40, "甲"), rule(20, 50, 190, 50))), ofd(page(text(20, 40, "甲")))

    box = ImageChops.difference(shown(with_line).convert("L"), shown(without).convert("L")).getbbox()
    assert box is not None
    assert box[0] == pytest.approx(20 / 210 * 1240, abs=3)
    assert box[2] == pytest.approx(190 / 210 * 1240, abs=3)


def test_the_same_file_gives_the_same_picture():
    data = ofd(page(text(20, 40, "余额：壹佰元整"), rule(20, 50, 190, 50)))

    assert page_picture(data, "a.ofd", 1) == page_picture(data, "a.ofd", 1)


# --- paths and matrices -------------------------------------------------------------------------------------------------


def test_a_full_turn_of_arcs_is_a_circle():
    (line,) = outline("M 10 0 A 10 10 0 0 1 -10 0 A 10 10 0 0 1 10 0 C", 4000)

    assert all(math.hypot(x, y) == pytest.approx(10, abs=0.01) for x, y in line)


@given(st.text(alphabet="MLQBACS 0123456789.-eX", max_size=120))
def test_any_path_data_is_read_or_left(data: str):
    for line in outline(data, 500):
        assert len(line) > 1


@given(st.lists(st.floats(-5, 5), min_size=12, max_size=12), st.floats(-9, 9), st.floats(-9, 9))
def test_a_product_of_matrices_does_one_after_the_other(values: list[float], x: float, y: float):
    from ingest.ofd_marks import at

    one, other = tuple(values[:6]), tuple(values[6:])
    both = times(one, other)  # type: ignore[arg-type]

    assert at(both, x, y) == pytest.approx(at(other, *at(one, x, y)), abs=1e-6)  # type: ignore[arg-type]
