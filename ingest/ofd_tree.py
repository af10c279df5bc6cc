"""What an OFD consists of: its documents, their pages in order, templates, annotations and resources."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.limits import Limits
from ingest.ofd_package import Package, resolved
from ingest.xml_tree import child, children, text_at
from records.errors import DamagedFile, TooManyPages

_A4 = (0.0, 0.0, 210.0, 297.0)
Rectangle = tuple[float, float, float, float]  #: x, y, width, height in millimetres


@dataclass(slots=True)
class Resources:
    """What pages refer to by number: pictures (None: the file is missing), drawing styles, composite drawings."""

    pictures: dict[str, str | None] = field(default_factory=dict)
    styles: dict[str, Element] = field(default_factory=dict)
    composites: dict[str, Element] = field(default_factory=dict)

    def copy(self) -> Resources:
        """The same, to be added to for one page."""
        return Resources(dict(self.pictures), dict(self.styles), dict(self.composites))


@dataclass(slots=True)
class OfdPage:
    """A page: where its content is, and what lies over and under it."""

    number: int
    id: str
    key: str | None  #: None: the content is missing
    document: OfdDocument
    annotations: list[str] = field(default_factory=list)


@dataclass(slots=True)
class OfdDocument:
    """One DocBody."""

    folder: str
    box: Rectangle
    resources: Resources
    templates: dict[str, tuple[str | None, str]] = field(default_factory=dict)  #: id → content, order
    pages: list[OfdPage] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    attachments: list[tuple[str, str]] = field(default_factory=list)  #: name, member
    values: list[tuple[str, str]] = field(default_factory=list)  #: what DocInfo says beside the pages
    signatures: int = 0


def documents_in(package: Package, limits: Limits) -> list[OfdDocument]:
    """Every document of the file, its pages numbered through."""
    main = package.tree(package.find("OFD.xml"))
    if main is None:
        raise DamagedFile(f"{package.name}: OFD.xml")
    found: list[OfdDocument] = []
    before = 0
    for body in children(main, "DocBody"):
        document = _document(package, body, before, limits)
        if document is not None:
            found.append(document)
            before += len(document.pages)
    if not found:
        raise DamagedFile(f"{package.name}: Document.xml")
    return found


def _document(package: Package, body: Element, before: int, limits: Limits) -> OfdDocument | None:
    key = package.find(_root_of(package, body))
    root = package.tree(key)
    if root is None or key is None:
        return None
    folder = posixpath.dirname(key)
    common = child(root, "CommonData")
    resources = Resources()
    for kind in ("PublicRes", "DocumentRes"):
        for part in children(common, kind):
            take_resources(package, package.find((part.text or "").strip(), folder), resources)
    box = numbers(text_at(common, "PageArea", "PhysicalBox"))
    document = OfdDocument(folder, rectangle(box) or _A4, resources)
    for template in children(common, "TemplatePage"):
        place = package.find(template.get("BaseLoc", ""), folder)
        document.templates[template.get("ID", "")] = (place, template.get("ZOrder", "Background"))
    listed = children(child(root, "Pages"), "Page")
    if before + len(listed) > limits.pages:
        raise TooManyPages(f"{package.name}: {before + len(listed)} > {limits.pages}")
    for number, page in enumerate(listed, before + 1):
        place = package.find(page.get("BaseLoc", ""), folder)
        document.pages.append(OfdPage(number, page.get("ID", ""), place, document))
    _beside(package, document, root, body)
    return document


def _root_of(package: Package, body: Element) -> str:
    """The document's root: that of the current version where there are versions."""
    for version in children(child(body, "Versions"), "Version"):
        if version.get("Current", "").lower() == "true":
            root = text_at(package.tree(package.find(version.get("BaseLoc", ""))), "DocRoot")
            if root:
                return root
    return text_at(body, "DocRoot")


def _beside(package: Package, document: OfdDocument, root: Element, body: Element) -> None:
    """Annotations, tags, attachments, values and signatures."""
    notes = _part(package, document.folder, text_at(root, "Annotations"))
    for page in children(notes[1], "Page"):
        place = package.find(text_at(page, "FileLoc"), notes[0], document.folder)
        for each in document.pages:
            if place and each.id == page.get("PageID"):
                each.annotations.append(place)
    tags = _part(package, document.folder, text_at(root, "CustomTags"))
    for tag in children(tags[1], "CustomTag"):
        if place := package.find(text_at(tag, "FileLoc"), tags[0], document.folder):
            document.tags.append(place)
    files = _part(package, document.folder, text_at(root, "Attachments"))
    for attachment in children(files[1], "Attachment"):
        if place := package.find(text_at(attachment, "FileLoc"), files[0], document.folder):
            document.attachments.append((attachment.get("Name") or posixpath.basename(place), place))
    for value in children(child(body, "DocInfo", "CustomDatas"), "CustomData"):
        document.values.append((value.get("Name", ""), (value.text or "").strip()))
    signs = _part(package, document.folder, text_at(body, "Signatures"))
    document.signatures = len(children(signs[1], "Signature"))


def _part(package: Package, folder: str, path: str) -> tuple[str, Element | None]:
    """A part of the document and the folder that its own paths start from."""
    key = package.find(path, folder)
    return (posixpath.dirname(key), package.tree(key)) if key else (folder, None)


def take_resources(package: Package, key: str | None, into: Resources) -> None:
    """Add what a resource file lists."""
    root = package.tree(key)
    if root is None or key is None:
        return
    folder = posixpath.dirname(key)
    base = resolved(folder, root.get("BaseLoc", ""), package.root)
    for media in children(child(root, "MultiMedias"), "MultiMedia"):
        if media.get("Type", "Image") == "Image":
            into.pictures[media.get("ID", "")] = package.find(text_at(media, "MediaFile"), base, folder)
    for style in children(child(root, "DrawParams"), "DrawParam"):
        into.styles[style.get("ID", "")] = style
    for unit in children(child(root, "CompositeGraphicUnits"), "CompositeGraphicUnit"):
        into.composites[unit.get("ID", "")] = unit


def numbers(text: str | None) -> list[float]:
    """The numbers of a blank-separated list; what is none, and what no paper has room for, is left out."""
    found = []
    for word in (text or "").replace(",", " ").split():
        try:
            number = float(word)
        except ValueError:
            continue
        if abs(number) < 1e7:
            found.append(number)
    return found


def rectangle(box: list[float]) -> Rectangle | None:
    """Four numbers as a page area, if it is one: no paper is smaller than a stamp or longer than a hundred metres."""
    return (box[0], box[1], box[2], box[3]) if len(box) >= 4 and all(1 <= side <= 1e5 for side in box[2:4]) else None
