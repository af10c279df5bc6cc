"""A paper as one line of a list: which group it stands in, what it turned out to be, where it belongs and why, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from api.formats import size
from api.names import title_of
from api.words import Language, say
from archive.documents import DocumentRecord, LinkRecord
from ingest.inside import CONTAINERS, MAILS
from records import errors
from records.facts import Problem

Group = Literal["attention", "reading", "read"]


@dataclass(frozen=True, slots=True)
class LinkLabel:
    """Where a paper was linked, and by which evidence."""

    label: str
    why: str
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """One paper of the inbox."""

    record: DocumentRecord
    group: Group
    glyph: str
    what: str
    links: tuple[LinkLabel, ...]
    note: str
    remedy: str
    wants_password: bool
    may_reread: bool
    held: tuple[tuple[str, int], ...] = ()  #: of a container: how many of its files are in which state


def row(record: DocumentRecord, lang: Language) -> Row:
    """The line of one paper, in the language of the reader."""
    code = record.problem.code if record.problem else ""
    return Row(
        record=record,
        group=group_of(record),
        glyph=glyph(record),
        what=what(record, lang),
        links=tuple(dict.fromkeys(link_label(link, lang) for link in record.links)),
        note=_noted(record, lang),
        remedy=remedy(record, lang),
        wants_password=code == "password_protected",
        held=held(record),
        may_reread=record.status in ("failed", "cancelled") or code in ("took_too_long", "reader_died"),
    )


def group_of(record: DocumentRecord) -> Group:
    """What needs a person comes first."""
    if record.status in ("received", "reading"):
        return "reading"
    doubtful = any(record.counts.get(name, 0) > 0 for name in ("conflict", "checks_failed", "unopened"))
    if record.status in ("unreadable", "failed") or record.unclaimed or doubtful:
        return "attention"
    return "read"


def glyph(record: DocumentRecord) -> str:
    """The icon for the kind of file."""
    ending = record.name.rpartition(".")[2].lower()
    kind = record.media_type or ""
    if kind in CONTAINERS or (not kind and ending in ("zip", "7z", "rar", "gz", "tgz", "eml", "msg")):
        return "packet"
    if kind.startswith("image/") or ending in ("jpg", "jpeg", "png", "bmp", "webp", "tif", "tiff", "heic"):
        return "img"
    return "sheet" if ending in ("xlsx", "xls", "csv") or "spreadsheet" in kind or "csv" in kind else "file"


def what(record: DocumentRecord, lang: Language) -> str:
    """What the file turned out to be; its size while nobody knows."""
    if record.status != "read":
        return size(record.bytes)
    if record.holds and not record.types:
        return say(lang, "packet.mail" if record.media_type in MAILS else "packet.archive")
    titles = " + ".join(title_of(code, lang) for code in dict.fromkeys(record.types))
    pages = say(lang, "pages.n", n=record.pages_total) if record.pages_total else ""
    return " · ".join(part for part in (titles, pages) if part)


def link_label(link: LinkRecord, lang: Language) -> LinkLabel:
    """The loan or the customer, and the strongest reason."""
    why = say(lang, f"by.{link.reasons[0].kind}") if link.reasons else ""
    if link.kind == "loan":
        return LinkLabel(link.to, why, f"/loans/{link.to}")
    return LinkLabel(link.name, why, f"/loans?customer={link.to}")


def held(record: DocumentRecord) -> tuple[tuple[str, int], ...]:
    """The files inside by what a reader wants to know first: what is read, what is still to come, what went wrong."""
    order = {"read": "read", "received": "reading", "reading": "reading"}
    found: dict[str, int] = dict.fromkeys(("read", "reading", "unread"), 0)
    for status, count in record.holds.items():
        found[order.get(status, "unread")] += count
    return tuple((state, count) for state, count in found.items() if count)


def _noted(record: DocumentRecord, lang: Language) -> str:
    if unopened := record.counts.get("unopened", 0):
        return say(lang, "packet.unopened", n=unopened)
    failed = record.counts.get("checks_failed", 0)
    if failed:
        return f"{say(lang, 'check.fails')} {failed}"
    findings = record.counts.get("findings", 0)
    return f"{say(lang, 'findings')} {findings}" if findings else ""


def remedy(record: DocumentRecord, lang: Language) -> str:
    """What happened to a file that could not be read, and what to do now."""
    if record.problem:
        return problem_words(record.problem, lang)
    if record.status == "cancelled":
        return say(lang, "cancelled.remedy")
    return say(lang, "failed.remedy") if record.status == "failed" else ""


def problem_words(problem: Problem, lang: Language) -> str:
    """The sentence and the remedy of a problem in one language; what is not of our error tree is said as it came."""
    kind = _kinds().get(problem.code)
    if kind is None:
        return f"{problem.message} {problem.remedy}".strip()
    if lang == "zh":
        return f"{kind.says_zh}。{kind.remedy_zh}"
    return f"{kind.says}. {kind.remedy}"


def _kinds() -> dict[str, type[errors.PostloanError]]:
    """Every error of the tree, by its code."""
    found: dict[str, type[errors.PostloanError]] = {}
    todo: list[type[errors.PostloanError]] = [errors.PostloanError]
    while todo:
        kind = todo.pop()
        found.setdefault(kind.code, kind)
        todo.extend(kind.__subclasses__())
    return found
