"""Files that hold other files: one interface that gives what is inside archives, mails and PDFs, one after the other.

Nothing is ever written to disk, so a path inside is a name for people and no place. The limits of a file hold for every
member; count and size are bounded over everything that is nested, so that a bomb of many small layers is one too.
"""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ingest import sniff
from ingest.encoding import decoded
from ingest.limits import Limits
from records.errors import Bomb, EmptyFile, TooLarge, UnreadableFile, Unsupported

#: What stands between a container and the path inside it.
INTO = "!/"

MAILS = frozenset({sniff.EML, sniff.MSG})
ARCHIVES = frozenset({sniff.ZIP, sniff.SEVEN_ZIP, sniff.RAR, sniff.GZIP, sniff.TAR})
#: Files that are nothing but what they hold. A PDF is a paper of its own that may hold others besides.
CONTAINERS = ARCHIVES | MAILS

#: What is attached to a PDF for programs (the XML of an invoice); nobody files it as a paper.
FOR_PROGRAMS = frozenset({sniff.XML, sniff.UNKNOWN})

_JUNK_NAMES = frozenset({".ds_store", "thumbs.db", "desktop.ini", "__macosx"})
_LONGEST = 200  # characters of one part of a path


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside another: its bytes, or why they cannot be had."""

    path: str
    data: bytes = b""
    problem: UnreadableFile | None = None


Opener = Callable[[bytes, str, str | None, Limits], Iterator[Member]]


class _Spent(Bomb):
    """All that is nested in a file comes to more than one file may ask for: the file itself is the bomb."""


@dataclass(slots=True)
class _Budget:
    """What everything inside one file may come to, however deep it lies."""

    name: str
    limits: Limits
    count: int = 0
    size: int = 0

    def spend(self, member: Member) -> None:
        self.count += 1
        self.size += len(member.data)
        if self.count > self.limits.members:
            raise _Spent(f"{self.name}: {self.count} files and more")
        if self.size > self.limits.unpacked:
            raise _Spent(f"{self.name}: {self.size} bytes and more")


def members(data: bytes, name: str, *, password: str | None = None, limits: Limits | None = None) -> Iterator[Member]:
    """What lies directly in a file; raises ``UnreadableFile`` when the file as a whole cannot be opened.

    What lies deeper is looked through too, but not given: a member that is itself a container will be asked in its turn.
    """
    limits = limits or Limits()
    budget = _Budget(name, limits)
    for one in _opened(data, name, password, limits):
        budget.spend(one)
        yield one
        deque(_down(one, name, password, limits, budget, 1), 0)


def leaves(data: bytes, name: str, *, password: str | None = None, limits: Limits | None = None) -> Iterator[Member]:
    """Everything that lies in a file at any depth and is no container; one that cannot be opened stands for itself."""
    limits = limits or Limits()
    return _leaves(data, name, password, limits, _Budget(name, limits), 0)


def _leaves(
    data: bytes, name: str, password: str | None, limits: Limits, budget: _Budget, depth: int
) -> Iterator[Member]:
    for one in _opened(data, name, password, limits):
        budget.spend(one)
        yield from _down(one, name, password, limits, budget, depth + 1)


def _down(
    one: Member, name: str, password: str | None, limits: Limits, budget: _Budget, depth: int
) -> Iterator[Member]:
    """A member, or what it holds."""
    kind = sniff.media_type(one.data, one.path) if one.data and one.problem is None else sniff.UNKNOWN
    if kind not in CONTAINERS:
        yield one
        if kind != sniff.PDF:
            return
    full = f"{name}{INTO}{one.path}"
    if depth >= limits.depth:
        if kind != sniff.PDF:
            yield replace(one, problem=too_deep(full, limits))
        return
    try:
        for inner in _leaves(one.data, full, password, limits, budget, depth):
            if kind == sniff.PDF and is_for_programs(inner):
                continue
            yield replace(inner, path=f"{one.path}{INTO}{inner.path}")
    except _Spent:
        raise
    except UnreadableFile as problem:
        if kind != sniff.PDF:
            yield replace(one, problem=problem)


def is_for_programs(attached: Member) -> bool:
    """Whether something attached to a PDF is no paper."""
    return attached.problem is None and sniff.media_type(attached.data, attached.path) in FOR_PROGRAMS


def too_deep(name: str, limits: Limits) -> Unsupported:
    """What is packed into more layers than anybody packs papers into."""
    return Unsupported(f"{name}（嵌套超过 {limits.depth} 层，请取出后单独上传 · nested more than {limits.depth} deep）")


def _opened(data: bytes, name: str, password: str | None, limits: Limits) -> Iterator[Member]:
    """The members under clean names, junk left out. When not a single one can be had, that is a problem of the whole."""
    held: list[Member] = []
    good = False
    names: set[str] = set()
    kind = sniff.media_type(data, name)
    for one in _opener(kind)(data, name, password, limits):
        path = clean_path(one.path)
        if _is_junk(path):
            continue
        one = _bounded(replace(one, path=_unique(path, names)), name, limits)
        if one.problem is not None and not good:
            held.append(one)
            continue
        yield from held if not good else ()
        good = True
        yield one
    if good:
        return
    if held and held[0].problem is not None:
        raise held[0].problem
    if kind != sniff.PDF:
        raise EmptyFile(name)


def _bounded(one: Member, name: str, limits: Limits) -> Member:
    if len(one.data) <= limits.bytes:
        return one
    return Member(one.path, problem=too_large(f"{name}{INTO}{one.path}", len(one.data), limits))


def too_large(name: str, size: int, limits: Limits) -> TooLarge:
    """A member that is larger than any file may be."""
    return TooLarge(f"{name}: {size / 1e6:.1f} MB > {limits.bytes / 1e6:.0f} MB")


def _opener(kind: str) -> Opener:
    """What opens this kind; each is imported only when a file of its kind arrives."""
    if kind == sniff.ZIP:
        from ingest.inside_zip import members_of
    elif kind == sniff.SEVEN_ZIP:
        from ingest.inside_7z import members_of
    elif kind == sniff.RAR:
        from ingest.inside_rar import members_of
    elif kind in (sniff.GZIP, sniff.TAR):
        from ingest.inside_tar import members_of
    elif kind == sniff.EML:
        from ingest.mail import members_of
    elif kind == sniff.MSG:
        from ingest.mail_msg import members_of
    else:
        from ingest.inside_pdf import members_of
    return members_of


def clean_path(path: str) -> str:
    """A path inside as people read it: forward slashes, no way up, no drive, nothing that does not print."""
    text = unicodedata.normalize("NFC", path).replace("\\", "/")
    parts = ["".join(filter(str.isprintable, part)).strip()[:_LONGEST] for part in text.split("/")]
    kept = [part for part in parts if part not in ("", ".", "..") and not (len(part) == 2 and part[1] == ":")]
    return "/".join(kept) or "unnamed"


def _is_junk(path: str) -> bool:
    """What systems leave behind in folders; no person put it there."""
    parts = path.split("/")
    return parts[0].lower() in _JUNK_NAMES or parts[-1].lower() in _JUNK_NAMES or parts[-1].startswith("._")


def _unique(path: str, names: set[str]) -> str:
    """Two members may bear one name; each is told by its own."""
    name, number = path, 2
    while name in names:
        stem, dot, suffix = path.rpartition(".")
        name = f"{stem} ({number}).{suffix}" if dot and "/" not in suffix else f"{path} ({number})"
        number += 1
    names.add(name)
    return name


def name_in(raw: bytes, otherwise: str) -> str:
    """A name from bytes of an unnamed encoding: UTF-8 or that of Chinese Windows, else what the format says."""
    text = decoded(raw)
    western = text is not None and any("\x7f" < letter < "\u0100" for letter in text)
    return otherwise if text is None or western else text
