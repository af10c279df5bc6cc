"""An OFD as a package: its members found by whatever path a writer gave them, and never anything outside it."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element

from ingest.container import checked, member
from ingest.limits import Limits
from ingest.xml_tree import xml_tree
from records.errors import DamagedFile, PasswordProtected

_KEPT = 8  # parsed parts at hand; templates come again on every page


class Package:
    """The members of an OFD. A path may be absolute or relative, with backslashes, in the wrong case, in a wrong folder."""

    def __init__(self, archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
        self._archive, self.name, self._limits = archive, name, limits
        self._members: dict[str, zipfile.ZipInfo] = {}
        self._by_name: dict[str, list[str]] = {}
        for info in archive.infolist():
            for path in (resolved("", way) for way in _names(info) if not info.filename.endswith("/")):
                self._members.setdefault(path.lower(), info)
        for path in self._members:
            self._by_name.setdefault(posixpath.basename(path), []).append(path)
        self._parsed: dict[str, Element | None] = {}
        self.root = self._root_folder()
        if "encryptions.xml" in self._by_name:
            raise PasswordProtected(name)

    def _root_folder(self) -> str:
        """Where OFD.xml lies: some are zipped with the folder around them."""
        found = sorted(self._by_name.get("ofd.xml", []), key=lambda path: path.count("/"))
        if not found:
            raise DamagedFile(f"{self.name}: OFD.xml")
        return posixpath.dirname(found[0])

    def find(self, path: str, *folders: str) -> str | None:
        """The member meant by a path in one of these folders.

        A picture is also found by its file name alone where only one bears it; parts are not: many are called Content.xml.
        """
        if not path.strip():
            return None
        for folder in (*folders, self.root, ""):
            key = resolved(folder, path, self.root).lower()
            if key in self._members:
                return key
        last = posixpath.basename(resolved("", path)).lower()
        alike = [] if last.endswith(".xml") else self._by_name.get(last, [])
        return alike[0] if len(alike) == 1 else None

    def bytes(self, key: str) -> bytes:
        """The content of a member that ``find`` has found."""
        return b"".join(member(self._archive, self._members[key], self.name, self._limits))

    def title(self, key: str) -> str:
        """The file name of a member as its writer spelt it."""
        return posixpath.basename(resolved("", self._members[key].filename))

    def tree(self, key: str | None) -> Element | None:
        """A member as XML; None when it is missing or none."""
        if key is None:
            return None
        if key not in self._parsed:
            if len(self._parsed) >= _KEPT:
                self._parsed.pop(next(iter(self._parsed)))
            self._parsed[key] = xml_tree(self.bytes(key), self.name)
        return self._parsed[key]

    def ending(self, *suffixes: str) -> list[str]:
        """The members whose names end like this, in order."""
        return sorted(path for path in self._members if path.endswith(suffixes))


def resolved(folder: str, path: str, root: str = "") -> str:
    """A path inside the package: ``..`` never climbs out of it, a leading slash means its root."""
    path = path.strip().replace("\\", "/")
    start = root if path.startswith("/") else folder
    parts: list[str] = []
    for part in f"{start}/{path}".split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _names(info: zipfile.ZipInfo) -> list[str]:
    """The names a member may be meant by: Chinese ones are often written as UTF-8 or GBK without saying which, and
    short ones can be read as both (图片 as ͼƬ)."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return [info.filename]
    names = []
    for encoding in ("gb18030", "utf-8"):
        try:
            names.append(info.filename.encode("cp437").decode(encoding))
        except UnicodeError:
            continue
    return names or [info.filename]


@contextmanager
def package(data: bytes, name: str, limits: Limits) -> Iterator[Package]:
    """Open an OFD within the limits."""
    with checked(data, name, limits) as archive:
        if any(info.flag_bits & 1 for info in archive.infolist()):
            raise PasswordProtected(name)
        yield Package(archive, name, limits)
