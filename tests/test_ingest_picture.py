"""Pages as pictures for people, and what was read drawn on them."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from ingest import drawing
from ingest.opening import open_file
from ingest.picture import draw_boxes, page_picture, read_picture
from ingest.sniff import GIF, HEIC, JPEG, PNG, TIFF, WEBP, media_type
from records.document import Box
from records.errors import BackendUnavailable, DamagedFile, NotFound, PasswordProtected
from tests.heic import heic
from tests.ingest_papers import docx, encoded, pdf, picture_of, statement, words, workbook
from tests.test_ingest_rtf import locked


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def ink(picture: Image.Image, box: Box) -> float:
    """The share of dark pixels in a place."""
    part = picture.crop(
        (
            int(box.x0 * picture.width),
            int(box.y0 * picture.height),
            int(box.x1 * picture.width) + 1,
            int(box.y1 * picture.height) + 1,
        )
    ).convert("L")
    return sum(part.histogram()[:128]) / (part.width * part.height)


def sideways(canvas):
    canvas.translate(300, 420)
    canvas.rotate(90)
    canvas.drawString(-100, 0, "余额 100.00")


FILES = {
    "a.pdf": lambda: pdf(statement),
    "turned.pdf": lambda: pdf(sideways),
    "a.xlsx": lambda: workbook([["日期", "金额"], ["2024-01-03", 1280.5]] * 10),
    "a.csv": lambda: "日期,摘要,金额\n2024-01-03,工资,1\n2024-01-04,消费,2\n".encode(),
    "a.docx": lambda: docx("<w:p><w:r><w:t>贷后检查报告</w:t></w:r></w:p>"),
    "a.txt": lambda: "走访记录\n现场正常。".encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_every_word_has_ink_where_it_is_said_to_stand(name):
    data = FILES[name]()
    page = open_file(data, name).pages[0]
    picture = opened(page_picture(data, name, 1, rotation=page.rotation))

    assert picture.width == 1240
    assert all(ink(picture, word.box) > 0.03 for word in page.words)
    assert abs(picture.width / picture.height - page.width / page.height) < 0.05 or page.source != "text"


def test_a_picture_is_shown_at_the_width_asked_for():
    photo = encoded(picture_of(pdf(statement), dpi=60), "JPEG")

    assert opened(page_picture(photo, "a.jpg", 1, width=620)).width == 620
    turned = opened(page_picture(photo, "a.jpg", 1, rotation=90, width=620))
    assert turned.width > turned.height


def test_a_locked_page_is_shown_to_whoever_has_the_password():
    from reportlab.lib.pdfencrypt import StandardEncryption

    data = pdf(statement, encrypt=StandardEncryption("geheim"))
    assert opened(page_picture(data, "a.pdf", 1, password="geheim")).width == 1240
    with pytest.raises(PasswordProtected):
        page_picture(data, "a.pdf", 1)


def test_a_locked_workbook_is_shown_to_whoever_has_the_password():
    plain = workbook([["日期", "金额"], ["2024-01-03", 1280.5]])
    data = locked(plain, "geheim")

    assert page_picture(data, "a.xlsx", 1, password="geheim") == page_picture(plain, "a.xlsx", 1)
    with pytest.raises(PasswordProtected):
        page_picture(data, "a.xlsx", 1)


def with_photo(photo: bytes) -> bytes:
    from docx import Document
    from docx.shared import Cm

    made, file = Document(), io.BytesIO()
    made.add_paragraph("之前")
    made.add_picture(io.BytesIO(photo), Cm(15), Cm(20))
    made.add_paragraph("之后")
    made.save(file)
    return file.getvalue()


def test_a_photo_in_a_word_document_is_shown_as_itself_and_the_text_beside_it_as_text():
    photo = Image.new("RGB", (300, 400), "#c02020")
    data = with_photo(encoded(photo))
    locked_too = locked(data, "geheim")

    picture = opened(page_picture(data, "a.docx", 2, width=300))
    assert picture.size == (300, 400)
    assert picture.getpixel((150, 200)) == (0xC0, 0x20, 0x20)
    assert opened(page_picture(locked_too, "a.docx", 2, width=300, password="geheim")).size == (300, 400)
    assert opened(page_picture(data, "a.docx", 2, width=300, rotation=90)).size == (300, 225)
    for page in (1, 3):
        assert ink(opened(page_picture(data, "a.docx", page)), Box(0, 0, 1, 0.2)) > 0
    with pytest.raises(NotFound):
        page_picture(data, "a.docx", 4)


@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a.xlsx"])
def test_there_is_no_page_beyond_the_last(name):
    with pytest.raises(NotFound):
        page_picture(FILES[name](), name, 7)


def test_a_sheet_of_many_thousand_rows_is_still_a_picture():
    data = workbook([[index, "行"] for index in range(8000)])

    assert opened(page_picture(data, "a.xlsx", 1, width=620)).height <= 12000


@pytest.mark.parametrize(
    "state", ["verified", "consistent", "conflict", "low_confidence", "absent", "event", "#123456"]
)
def test_a_state_has_its_colour_on_the_page(state):
    page = encoded(Image.new("RGB", (620, 400), "white"))
    picture = opened(draw_boxes(page, [(Box(0.2, 0.4, 0.6, 0.5), state, "余额")]))
    colours = {colour for _, colour in picture.getcolors(100_000) or []}

    wanted = drawing.COLOURS.get(state, state)
    assert tuple(bytes.fromhex(wanted[1:])) in colours


def test_a_place_without_extent_can_be_marked():
    page = encoded(Image.new("RGB", (62, 40), "white"))
    assert draw_boxes(page, [(Box(0.5, 0.5, 0.4, 0.4), "verified", "")])


def test_a_missing_font_is_said_to_be_missing(monkeypatch, tmp_path):
    drawing.font.cache_clear()
    monkeypatch.setattr(drawing, "_FONT", tmp_path / "none.ttf")
    monkeypatch.setattr(drawing, "_SYSTEM_FONTS", ())
    try:
        with pytest.raises(BackendUnavailable, match="make assets"):
            page_picture("走访".encode(), "a.txt", 1)
    finally:
        drawing.font.cache_clear()


# --- opening pictures ---------------------------------------------------------------------------------------------------


def sizes(data: bytes, kind: str) -> list[tuple[float, float]]:
    pages, _ = read_picture(data, "a", kind, ocr="off")
    return [(page.width, page.height) for page in pages]


def test_a_photo_is_held_as_its_camera_was():
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter clockwise to see it upright
    assert sizes(encoded(Image.new("RGB", (40, 30)), "JPEG", exif=exif), JPEG) == [(30, 40)]


def test_a_tiff_of_several_pages():
    first, second = Image.new("L", (30, 40)), Image.new("RGB", (50, 60))
    assert sizes(encoded(first, "TIFF", save_all=True, append_images=[second]), TIFF) == [(30, 40), (50, 60)]


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "I;16"])
def test_any_kind_of_pixels_is_understood(mode):
    from ingest.scan_image import pixels

    kind = "JPEG" if mode == "CMYK" else "PNG"
    data = encoded(Image.new(mode, (20, 10)), kind)
    seen = []
    from ingest import picture as module

    for _, _, frame in module._frames(data, "a", PNG, module.Limits()):
        seen.append(pixels(frame).shape)
    assert seen == [(10, 20, 3)]


def first_frame(data: bytes, kind: str) -> Image.Image:
    from ingest import picture as module

    return next(frame for _, _, frame in module._frames(data, "a", kind, module.Limits()))


@pytest.mark.parametrize("quarters", [0, 1])
def test_a_photo_of_a_phone_is_opened_and_held_upright(quarters):
    drawn = Image.new("RGB", (64, 32), "white")
    drawn.paste("black", (0, 0, 16, 16))
    frame = first_frame(heic(drawn.rotate(-90 * quarters, expand=True), quarters), HEIC).convert("L")

    assert media_type(heic(drawn), "IMG_0001.HEIC") == HEIC
    assert frame.size == (64, 32)
    assert frame.getpixel((8, 8)) < 40
    assert min(frame.getpixel((56, 24)), frame.getpixel((8, 24)), frame.getpixel((56, 8))) > 215


def test_a_photo_cut_short_is_damaged():
    whole = heic(Image.new("RGB", (64, 32), "white"))
    with pytest.raises(DamagedFile):
        sizes(whole[: len(whole) // 2], HEIC)


@pytest.mark.parametrize(("white", "ink"), [(255, 0), (4095, 300), (65535, 5000)])
def test_sixteen_bits_are_brought_down_and_not_cut_off(white, ink):
    deep = Image.new("I;16", (20, 10), white)
    deep.putpixel((3, 3), ink)
    frame = first_frame(encoded(deep), PNG)

    assert frame.getpixel((0, 0)) == 255
    assert frame.getpixel((3, 3)) < 30


def test_a_coarse_fax_gets_pixels_as_wide_as_high():
    fax = Image.new("1", (1728, 1100), 1)
    assert sizes(encoded(fax, "TIFF", dpi=(204, 98)), TIFF) == [(1728, 2290)]
    assert sizes(encoded(fax, "TIFF", dpi=(204, 196)), TIFF) == [(1728, 1100)]


@pytest.mark.parametrize(("suffix", "kind"), [("GIF", GIF), ("WEBP", WEBP), ("PNG", PNG)])
def test_of_what_moves_the_first_frame_is_read_and_that_is_said(suffix, kind):
    frames = [Image.new("RGB", (30, 40), colour) for colour in ("white", "grey", "black")]
    data = encoded(frames[0], suffix, save_all=True, append_images=frames[1:])
    pages, notices = read_picture(data, "a", kind, ocr="off")

    assert len(pages) == 1
    assert [notice.message for notice in notices if notice.code == "animation"] == ["动图共 3 帧，只读取了第一帧。"]


def test_the_last_page_of_a_tiff_is_shown_alone():
    pages = [Image.new("L", (30, 40), 255), Image.new("L", (40, 20), 0)]
    data = encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:])

    assert opened(page_picture(data, "a.tif", 2, width=40)).getpixel((5, 5)) == (0, 0, 0)


def test_a_picture_without_recognition_says_so():
    document = open_file(encoded(picture_of(pdf(words("x")), dpi=40)), "a.png", ocr="off")

    assert {notice.code for notice in document.notices} == {"ocr_off", "no_text"}
    assert document.pages[0].legibility == 0.0
