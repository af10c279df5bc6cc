"""The same sheet of paper written as an OFD (GB/T 33190): text, lines and pictures at millimetres from the top left."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from PIL import Image

from demo.draw import A4, BLACK, Colour, seal_picture, width_of

_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MM = 25.4 / 72  # of a point


class OfdSheet:
    """Pages of one OFD, drawn with the words of ``demo.draw.Sheet``."""

    def __init__(self, *, landscape: bool = False, title: str = "", size: tuple[float, float] = A4):
        self.width, self.height = (size[1], size[0]) if landscape else size
        self._title, self._pages, self._pictures = title, [[]], []  # type: ignore[var-annotated]
        self._number = 10
        self.page = 1

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 9,
        font: str = "sans",
        align: str = "left",
        colour: Colour = BLACK,
        bold: bool = False,
        spacing: float = 0,
    ) -> int:
        """Write on the baseline y; returns the number of the object, for tags."""
        steps = [width_of(letter, size) + spacing for letter in text]
        width = sum(steps) - spacing
        x -= {"left": 0.0, "right": width, "center": width / 2}[align]
        high = size * _MM
        number = self._next()
        delta = " ".join(f"{step:.4f}" for step in steps[:-1])
        self._pages[-1].append(
            f'<ofd:TextObject ID="{number}" Boundary="{x:.3f} {y - high:.3f} {width + 1:.3f} {1.3 * high:.3f}" Font="3" '
            f'Size="{high:.4f}">{_colour("Fill", colour)}<ofd:TextCode X="0" Y="{high:.3f}" DeltaX="{delta}">'
            f"{escape(text)}</ofd:TextCode></ofd:TextObject>"
        )
        return number

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.18, *, colour: Colour = BLACK) -> None:
        """A ruling, ``width`` in millimetres."""
        self._path(x0, y0, x1, y1, f"M 0 0 L {x1 - x0:.3f} {y1 - y0:.3f}", width, colour)

    def box(
        self, x: float, y: float, width: float, height: float, *, fill: Colour | None = None, stroke: float = 0.18,
        colour: Colour = BLACK,
    ) -> None:  # fmt: skip
        """A rectangle; ``stroke`` 0 leaves the edge out."""
        data = f"M 0 0 L {width:.3f} 0 L {width:.3f} {height:.3f} L 0 {height:.3f} C"
        self._path(x, y, x + width, y + height, data, stroke, colour, fill)

    def _path(
        self, x0: float, y0: float, x1: float, y1: float, data: str, width: float, colour: Colour,
        fill: Colour | None = None,
    ) -> None:  # fmt: skip
        paints = f'Stroke="{str(width > 0).lower()}" Fill="{str(fill is not None).lower()}"'
        inks = _colour("Stroke", colour) + (_colour("Fill", fill) if fill else "")
        self._pages[-1].append(
            f'<ofd:PathObject ID="{self._next()}" Boundary="{x0:.3f} {y0:.3f} {x1 - x0 + 0.01:.3f} {y1 - y0 + 0.01:.3f}" '
            f'LineWidth="{width}" {paints}>{inks}<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'
        )

    def picture(self, picture: Image.Image, x: float, y: float, width: float, height: float) -> None:
        """A picture, as PNG."""
        file = io.BytesIO()
        picture.save(file, "PNG")
        self._pictures.append(file.getvalue())
        self._pages[-1].append(
            f'<ofd:ImageObject ID="{self._next()}" Boundary="{x:.3f} {y:.3f} {width:.3f} {height:.3f}" '
            f'CTM="{width:.3f} 0 0 {height:.3f} 0 0" ResourceID="{900 + len(self._pictures)}"/>'
        )

    def seal(self, x: float, y: float, words: str, *, radius: float = 17, inner: str = "") -> None:
        """A round red seal laid over what stands there: a picture, not text."""
        self.picture(seal_picture(words, inner, 210), x - radius, y - radius, 2 * radius, 2 * radius)

    def next_page(self) -> None:
        """Finish this page and begin another."""
        self._pages.append([])
        self.page += 1

    def _next(self) -> int:
        self._number += 1
        return self._number

    def finish(
        self, attachments: Mapping[str, str] | None = None, values: Mapping[str, str] | None = None, tags: str = ""
    ) -> bytes:
        """The OFD, the same bytes for the same drawing; with attached files, DocInfo values and a file of tags."""
        parts: dict[str, str | bytes] = {"OFD.xml": self._main(values or {})}
        listed = "".join(
            f'<ofd:Page ID="{place}" BaseLoc="Pages/Page_{place - 1}/Content.xml"/>'
            for place in range(1, self.page + 1)
        )
        beside = "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>" if attachments else ""
        beside += "<ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags>" if tags else ""
        parts["Doc_0/Document.xml"] = (
            f"{_HEAD}<ofd:Document {_SPACE}><ofd:CommonData><ofd:MaxUnitID>{self._number}</ofd:MaxUnitID><ofd:PageArea>"
            f"<ofd:PhysicalBox>0 0 {self.width} {self.height}</ofd:PhysicalBox></ofd:PageArea>"
            f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{beside}</ofd:Document>"
        )
        parts["Doc_0/PublicRes.xml"] = self._resources()
        for place, objects in enumerate(self._pages):
            parts[f"Doc_0/Pages/Page_{place}/Content.xml"] = (
                f'{_HEAD}<ofd:Page {_SPACE}><ofd:Content><ofd:Layer ID="2">{"".join(objects)}</ofd:Layer></ofd:Content>'
                "</ofd:Page>"
            )
        for place, picture in enumerate(self._pictures, 1):
            parts[f"Doc_0/Res/image_{place}.png"] = picture
        parts |= _beside(attachments or {}, tags)
        return _zipped(parts)

    def _main(self, values: Mapping[str, str]) -> str:
        custom = "".join(
            f"<ofd:CustomData Name={quoteattr(name)}>{escape(value)}</ofd:CustomData>" for name, value in values.items()
        )
        return (
            f'{_HEAD}<ofd:OFD {_SPACE} DocType="OFD" Version="1.1"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID>'
            f"<ofd:Title>{escape(self._title)}</ofd:Title><ofd:CustomDatas>{custom}</ofd:CustomDatas></ofd:DocInfo>"
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        )

    def _resources(self) -> str:
        pictures = "".join(
            f'<ofd:MultiMedia ID="{900 + place}" Type="Image" Format="PNG"><ofd:MediaFile>image_{place}.png</ofd:MediaFile>'
            "</ofd:MultiMedia>"
            for place in range(1, len(self._pictures) + 1)
        )
        return (
            f'{_HEAD}<ofd:Res {_SPACE} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="3" FontName="宋体" FamilyName="宋体"/></ofd:Fonts>'
            f"<ofd:MultiMedias>{pictures}</ofd:MultiMedias></ofd:Res>"
        )


def _colour(name: str, colour: Colour) -> str:
    shades = " ".join(str(round(255 * shade)) for shade in colour)
    return f'<ofd:{name}Color Value="{shades}"/>'


def _beside(attachments: Mapping[str, str], tags: str) -> dict[str, str | bytes]:
    parts: dict[str, str | bytes] = {f"Doc_0/Attachs/{name}": content for name, content in attachments.items()}
    if attachments:
        listed = "".join(
            f'<ofd:Attachment ID="{800 + place}" Name={quoteattr(name.rpartition(".")[0])} Format="xml" Visible="false">'
            f"<ofd:FileLoc>{escape(name)}</ofd:FileLoc></ofd:Attachment>"
            for place, name in enumerate(attachments)
        )
        parts["Doc_0/Attachs/Attachments.xml"] = f"{_HEAD}<ofd:Attachments {_SPACE}>{listed}</ofd:Attachments>"
    if tags:
        parts["Doc_0/Tags/CustomTags.xml"] = (
            f'{_HEAD}<ofd:CustomTags {_SPACE}><ofd:CustomTag TypeID="root"><ofd:FileLoc>CustomTag.xml</ofd:FileLoc>'
            "</ofd:CustomTag></ofd:CustomTags>"
        )
        parts["Doc_0/Tags/CustomTag.xml"] = f"{_HEAD}<ofd:root {_SPACE}>{tags}</ofd:root>"
    return parts


def _zipped(parts: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6)), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()
