"""What a file is, from its content; its name is only asked where the content leaves it open (csv or txt)."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from io import BytesIO

from ingest.encoding import decoded, looks_like_text, unboxed

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS = "application/vnd.ms-excel"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODT = "application/vnd.oasis.opendocument.text"
OFD = "application/ofd"
CSV, TSV, TXT, MD, HTML = "text/csv", "text/tab-separated-values", "text/plain", "text/markdown", "text/html"
EML, MSG = "message/rfc822", "application/vnd.ms-outlook"
ZIP, SEVEN_ZIP, RAR, GZIP = "application/zip", "application/x-7z-compressed", "application/vnd.rar", "application/gzip"
TAR = "application/x-tar"
PNG, JPEG, WEBP, BMP, TIFF, GIF = "image/png", "image/jpeg", "image/webp", "image/bmp", "image/tiff", "image/gif"
HEIC, XML, RTF = "image/heic", "application/xml", "application/rtf"
XML_SHEET, MHT = "application/vnd.ms-excel.xml", "multipart/related"  # Excel 2003's XML; a web archive
OLE = "application/x-ole-storage"  # the container of old Office files, broken beyond knowing which
OFFICE_LOCKED = "application/encrypted-office"  # an Office file in its encrypted wrapping
UNKNOWN = "application/octet-stream"

PICTURES = frozenset({PNG, JPEG, WEBP, BMP, TIFF, GIF, HEIC})

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF8", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"7z\xbc\xaf\x27\x1c", SEVEN_ZIP),
    (b"Rar!\x1a\x07", RAR),
    (b"\x1f\x8b", GZIP),
    (b"{\\rtf", RTF),
)
_XML_SHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"mif2", b"msf1", b"avif", b"avis")
_ENOUGH = 65536  # bytes of a text that tell what it is
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def media_type(data: bytes, name: str = "") -> str:
    """The kind of content, as a media type; ``application/octet-stream`` when it is none we know."""
    head = data[:1024]
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[:2] == b"BM" and len(data) > 54 and int.from_bytes(data[14:18], "little") in (12, 40, 52, 56, 64, 108, 124):
        return BMP
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[257:262] == b"ustar":
        return TAR
    if head[4:8] == b"ftyp":
        return HEIC if head[8:12] in _HEIF_BRANDS else UNKNOWN
    if head.startswith(_OLE):
        return _inside_ole(data)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _inside_zip(data)
    if _is_pdf(data, head):
        return PDF
    return _of_text(data, name)


def _is_pdf(data: bytes, head: bytes) -> bool:
    """By its header, or, where that was damaged, by its bones."""
    if b"%PDF" in head:
        return True
    return b"startxref" in data[-2048:] and b" obj" in data[:4096] and b"endobj" in data


def _inside_ole(data: bytes) -> str:
    """Which old Office format, by the names of the streams in the container."""

    names = _ole_names(data)

    def holds(stream: str) -> bool:
        if names:
            return any(name.startswith(stream) for name in names)
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return OFFICE_LOCKED
    if holds("__substg1.0_"):
        return MSG
    if holds("WordDocument"):
        return DOC
    if holds("Workbook") or holds("Book"):
        return XLS
    if holds("PowerPoint Document"):
        return PPTX
    return UNKNOWN if names else OLE


def _ole_names(data: bytes) -> set[str]:
    """What lies at the top of the container (what is embedded lies deeper); nothing when its directory cannot be read."""
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            return {child.name for child in ole.root.kids}
    except (OSError, ValueError, TypeError, IndexError, KeyError, AttributeError, RecursionError, struct.error):
        return set()


def _inside_zip(data: bytes) -> str:
    """Which format is wrapped in this zip; a plain archive when none we know."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            odf = archive.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return _inside_broken_zip(data)
    if any(name.replace("\\", "/").rpartition("/")[2].lower() == "ofd.xml" for name in names):
        return OFD
    for folder, kind in (("xl/", XLSX), ("word/", DOCX), ("ppt/", PPTX)):
        if "[Content_Types].xml" in names and any(name.startswith(folder) for name in names):
            return kind
    if odf.startswith("application/vnd.oasis"):
        return odf
    return ZIP


def _inside_broken_zip(data: bytes) -> str:
    """A zip that was cut short still names its first members."""
    for mark, kind in ((b"xl/", XLSX), (b"word/", DOCX), (b"OFD.xml", OFD), (b"Doc_0/", OFD)):
        if mark in data[:65536]:
            return kind
    return ZIP


def _of_text(data: bytes, name: str) -> str:
    text = decoded(data[:_ENOUGH], cut=True)
    if text is None or not looks_like_text(text):
        return UNKNOWN
    if len(data) > _ENOUGH:
        text = text[: text.rfind("\n") + 1] or text  # the last line is cut anywhere
    start = text.lstrip("\ufeff \t\r\n").lower()
    suffix = name.lower().rpartition(".")[2]
    if start.startswith(("<!doctype html", "<html", "<table", "<meta", "<div", "<style", "<body")):
        return HTML
    if suffix in ("html", "htm") and start.startswith("<") and not start.startswith("<?xml"):
        return HTML
    if start.startswith(("<?xml", "<workbook")) and _XML_SHEET in start[:4000]:
        return XML_SHEET
    if start.startswith("<?xml"):
        return HTML if "<html" in start[:2000] else XML
    if suffix in ("xml", "xbrl") and start.startswith("<"):
        return XML
    if _is_web_archive(start, suffix):
        return MHT
    if suffix == "eml" or _is_mail(start):
        return EML
    if suffix in ("md", "markdown"):
        return MD
    return _table_kind(text, strict=suffix not in ("csv", "tsv", "xls", "xlsx")) or (CSV if suffix == "csv" else TXT)


def _is_web_archive(start: str, suffix: str) -> bool:
    """A page saved with its pictures: the envelope of a mail, from nobody to nobody."""
    head = re.split(r"\n\s*\n", start, maxsplit=1)[0]
    if "mime-version:" not in head or "multipart/related" not in head:
        return False
    return suffix in ("mht", "mhtml", "doc", "xls") or not re.search(r"^(?:to|received|message-id):", head, re.M)


def _is_mail(start: str) -> bool:
    heads = {line.partition(":")[0] for line in start.split("\n\n", 1)[0].splitlines() if ":" in line}
    return len(heads & {"from", "to", "subject", "date", "mime-version", "received", "message-id"}) >= 4


def _table_kind(text: str, *, strict: bool) -> str | None:
    """CSV or TSV when most lines are cut into the same number of fields; ``strict`` where the name promises prose."""
    lines = [line for line in unboxed(text).splitlines() if line.strip()]
    if len(lines) < 2:
        return None
    for mark, kind in (("\t", TSV), (",", CSV), (";", CSV), ("|", CSV)):
        counts = [line.count(mark) for line in lines if line.count(mark) >= 2]
        usual = max(set(counts), key=counts.count) if counts else 0
        if strict and not _is_table([line for line in lines if line.count(mark) == usual], mark, len(lines)):
            continue
        alike = sum(1 for count in counts if abs(count - usual) <= 1)
        if usual >= 2 and alike >= 2 and alike >= 0.5 * len(lines):
            return kind
    return None


def _is_table(alike: list[str], mark: str, lines: int) -> bool:
    """Not prose with commas: several lines of exactly the same number of short fields, and hardly any other line."""
    if len(alike) < 3 or len(alike) < 0.7 * lines:
        return False
    fields = [field.strip() for line in alike for field in line.split(mark)]
    return sum(map(len, fields)) < 24 * len(fields) and not any(line.rstrip().endswith((".", "。")) for line in alike)
