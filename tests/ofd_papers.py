"""Small OFD files for the tests, part by part, so that each can be wrong in its own way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text(x: float, y: float, words: str, *, size: float = 4.0, more: str = "", code: str = "") -> str:
    """A TextObject whose first character stands at x, on the baseline y, in millimetres."""
    steps = " ".join("%.3f" % (size if ord(letter) > 0x2E80 else size / 2) for letter in words[:-1])
    code = code or f'X="0" Y="{size}" DeltaX="{steps}"'
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y - size} 100 {1.5 * size}" Font="3" Size="{size}" {more}>'
        f"<ofd:TextCode {code}>{words}</ofd:TextCode></ofd:TextObject>"
    )


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    """A stroked line."""
    return (
        f'<ofd:PathObject ID="2" Boundary="{x0} {y0} {x1 - x0 + 0.1} {y1 - y0 + 0.1}" LineWidth="0.3">'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def image(resource: str, x: float = 0, y: float = 0, width: float = 210, height: float = 297) -> str:
    """An ImageObject."""
    return f'<ofd:ImageObject ID="4" Boundary="{x} {y} {width} {height}" CTM="{width} 0 0 {height} 0 0" ResourceID="{resource}"/>'


def page(*objects: str, before: str = "", layer: str = "") -> str:
    """The content of a page."""
    return f"<ofd:Page {SPACE}>{before}<ofd:Content><ofd:Layer {layer}>{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>"


def parts(
    pages: Sequence[str], *, media: Mapping[str, str] | None = None, common: str = "", after: str = "", body: str = ""
) -> dict[str, str | bytes]:
    """The parts of a plain OFD with these pages; ``media`` are pictures by number."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(1, len(pages) + 1))
    pictures = "".join(
        f'<ofd:MultiMedia ID="{number}" Type="Image"><ofd:MediaFile>{path}</ofd:MediaFile></ofd:MultiMedia>'
        for number, path in (media or {}).items()
    )
    found: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{body}"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        f"</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{common}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages>{after}</ofd:Document>",
        "Doc_0/PublicRes.xml": f'<ofd:Res {SPACE} BaseLoc="Res"><ofd:MultiMedias>{pictures}</ofd:MultiMedias></ofd:Res>',
    }
    return found | {f"Doc_0/Pages/Page_{n}/Content.xml": content for n, content in enumerate(pages, 1)}


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """These parts as a file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def ofd(*pages: str, media: Mapping[str, str] | None = None, **members: str | bytes) -> bytes:
    """A plain OFD with these pages."""
    return packed(parts(pages, media=media) | dict(members))
