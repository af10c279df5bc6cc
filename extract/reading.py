"""One file, read: bytes → document → papers → the reading of the contract. Pure: no clock, no network, no settings."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from extract.forms.cell_lines import lines_by_cell
from extract.forms.fields import read_fields
from extract.grammar import Reading, columns_of
from extract.kinds import EXPONENT, Digits, IdCard, Token, Uscc
from extract.layout import Sheet
from extract.packets.parting import Bundle, papers_in
from extract.proof.prove import prove
from extract.proof.tampering import forged, judge, told
from extract.recognise import Recognised, recognise
from extract.statements.lookalikes import settled
from extract.tables.table import read_tables
from ingest.limits import Limits
from records.contract import dumps
from records.document import Document, Page, PageText, text_of
from records.errors import UnreadableFile
from records.facts import FileReading, Finding, PageReading, Paper, Printed, Problem, RiskEvent, State
from records.values.money import unit_of

#: Below this a page is said to be hardly legible.
HARDLY_LEGIBLE = 0.6


def read_file(
    data: bytes,
    name: str,
    *,
    password: str | None = None,
    limits: Limits | None = None,
    ocr: str = "auto",
    wanted: str | None = None,
    on_page: Callable[[int, int], None] | None = None,
) -> FileReading:
    """Read one file. A file that cannot be opened is a reading with a problem, never an exception."""
    return _read(data, name, password, limits, ocr, wanted, on_page)[0]


def _read(
    data: bytes,
    name: str,
    password: str | None,
    limits: Limits | None,
    ocr: str,
    wanted: str | None,
    on_page: Callable[[int, int], None] | None,
    **inside: Any,
) -> tuple[FileReading, Document | None]:
    from ingest.inside import CONTAINERS
    from ingest.opening import check_size, open_file
    from ingest.sniff import media_type

    try:
        check_size(data, name, limits or Limits())
        kind = media_type(data, name)
        if kind in CONTAINERS:
            from extract.packets.members import read_packet

            return read_packet(data, name, kind, password=password, limits=limits, **inside), None
        document = open_file(data, name, password=password, limits=limits or Limits(), ocr=ocr, on_page=on_page)
    except UnreadableFile as problem:
        return unreadable(data, name, media_type(data, name), problem), None
    return read_document(document, wanted), document


def unreadable(data: bytes, name: str, media_type: str, problem: UnreadableFile) -> FileReading:
    """The reading of a file that could not be opened: its identity, the problem, and what to do."""
    return FileReading(
        name, hashlib.sha256(data).hexdigest(), media_type, len(data), (), (),
        Problem(problem.code, problem.message_zh, problem.remedy_zh),
    )  # fmt: skip


def read_document(document: Document, wanted: str | None = None) -> FileReading:
    """Read an opened document: the papers in it, one after the other."""
    papers = tuple(read_paper(bundle, wanted) for bundle in papers_in(document))
    pages = tuple(PageReading(p.number, p.source, p.engine, p.rotation, p.legibility) for p in document.pages)
    return FileReading(document.name, document.sha256, document.media_type, document.size, pages, papers)


def read_paper(bundle: Bundle, wanted: str | None = None) -> Paper:
    """Recognise one paper, read it as its type, prove it, compute its indicators and find its events."""
    reading, recognised = read_fields_of(bundle, wanted)
    kind = recognised.type
    return _paper(
        kind.type_id if kind else "unknown",
        reading,
        recognised,
        prose=not reading.tables if kind is None else kind.prose,
    )


def read_fields_of(bundle: Bundle, wanted: str | None) -> tuple[Reading, Recognised]:
    """One paper recognised and read as its type; nothing proved yet."""
    sheet = bundle.sheet_of_its_own()
    recognised = Recognised(None, 0.0, ()) if bundle.instructions else recognise(sheet, wanted)
    kind, recognised, said = settled(sheet, recognised)
    reading = (kind or Reading)(sheet)
    reading.findings += [*bundle.findings, *said]
    if kind is None:
        return reading, recognised
    reading.money_unit = money_unit(sheet)
    read_tables(reading)
    for fieldset in reading.fieldsets():
        fieldset.read(reading)
    read_fields(reading)
    reading.complete()
    if wanted is None and says_nothing(reading):
        untyped = Reading(sheet)
        untyped.findings += [*bundle.findings, *said]
        return untyped, Recognised(None, recognised.confidence / 2, recognised.candidates)
    return reading, recognised


def says_nothing(reading: Reading) -> bool:
    """Whether a form has not one value of its type: it speaks of such papers (办税日历, 报关须知) and is none. A scan may be one
    of which nothing could be read."""
    values = {name for name in reading.fields if not name.startswith("_")} - reading.derived
    return not (reading.prose or reading.sheet.by_ocr or values or any(reading.tables.values()))


def money_unit(sheet: Sheet) -> Decimal:
    """万元 over the whole paper (单位：万元) multiplies its amounts; 元 where nothing is said."""
    for strip in sheet.strips[:15]:
        if "单位" in strip.text and (found := re.search(r"单位\s*[:：]?\s*(?:人民币)?\s*\S{1,3}", strip.text)):
            unit = unit_of(found.group())
            if unit is not None:
                return unit
    return Decimal(1)


def _paper(type_id: str, reading: Reading, recognised: Recognised, *, prose: bool) -> Paper:
    checks = prove(reading)
    tampering = judge(reading, checks) if checks and not prose else forged(reading, checks)
    reading.findings += told(tampering) if tampering else ()
    sheet = reading.sheet
    paper = Paper(
        type=type_id,
        confidence=recognised.confidence,
        candidates=recognised.candidates,
        pages=(sheet.pages[0].number, sheet.pages[-1].number),
        period=reading.covers(),
        subject=reading.about(),
        fields={name: value for name, value in reading.fields.items() if not name.startswith("_")},
        tables={name: tuple(columns_of(row) for row in rows) for name, rows in reading.tables.items()},
        checks=checks,
        events=tuple(_events(reading, prose)),
        findings=tuple(_findings(reading)),
        absent=reading.missing(),
        tampering=tampering,
    )
    return _with_indicators(paper)


def _with_indicators(paper: Paper) -> Paper:
    from extract.indicators import compute
    from extract.risks import rule_events

    indicators = tuple(compute([("", paper)]))
    return replace(paper, indicators=indicators, events=paper.events + tuple(rule_events(indicators)))


def _findings(reading: Reading) -> list[Finding]:
    """What the type found, what the file's reader noticed, and what is hardly legible or in conflict."""
    findings = [*reading.findings, *_kept_as_numbers(reading)]
    for notice in reading.sheet.document.notices:
        if notice.page is None or any(notice.page == page.number for page in reading.sheet.pages):
            findings.append(Finding(notice.code, notice.message, notice.page))
    small = {finding.page for finding in findings if finding.code == "small_print"}  # which says already what to do
    for page in reading.sheet.pages:
        if page.legibility < HARDLY_LEGIBLE and page.number not in small:
            findings.append(Finding("hardly_legible", f"第 {page.number} 页模糊，请补一份清晰的。", page.number))
    return findings


def _kept_as_numbers(reading: Reading) -> Iterator[Finding]:
    """Identifiers that a table keeps as numbers: where, so that somebody holds them against the original."""
    kinds = [(kind, value) for name, kind in reading.kinds().items() if (value := reading.fields.get(name))]
    for name, table in reading.table_specs().items():
        kinds += [
            (table.columns[column], value)
            for row in reading.tables.get(name, [])
            for column, value in row.items()
            if column in table.columns and not column.startswith("_")
        ]
    cells = [
        value.source.cell
        for kind, value in kinds
        if isinstance(kind, Digits | IdCard | Token | Uscc) and value.state is State.LOW_CONFIDENCE
        if isinstance(value.source, Printed) and value.source.cell and not EXPONENT.search(value.source.raw)
    ]
    if cells:
        places = "、".join(cells[:5]) + (f" 等 {len(cells)} 处" if len(cells) > 5 else "")
        says = f"单元格 {places} 的号码在表格中存成了数值，开头的 0 或末尾的数字可能已丢失，请与原件核对。"
        yield Finding("number_kept_as_value", says, reading.sheet.first_page)


def _events(reading: Reading, prose: bool) -> list[RiskEvent]:
    """What the paper is by itself, and what its text tells: all of it for prose, what stands outside tables for anything else."""
    own = list(reading.own_events())
    if not reading.narrates:
        return own
    from extract.notes import read_events

    return own + reading.retold(read_events(told_pages(reading, prose), suggest=prose, **known_of(reading)))


def known_of(reading: Reading) -> dict[str, Any]:
    """What the notes reader should know of a paper beside its text."""
    subject = reading.about()
    return {
        "report_date": reading.get("check_date")
        or reading.get("date")
        or reading.get("memo_date")
        or reading.get("report_date"),
        "subject": subject.name if subject else None,
        "paper_type": type(reading).type_id or "unknown",
    }


def told_pages(reading: Reading, prose: bool) -> list[PageText]:
    """The pages of a paper with only what tells something."""
    silent = reading.heads if reading.heads_ask else set()
    taken = silent if prose else reading.taken
    return [_told(page, reading.sheet, taken) for page in reading.sheet.pages]


#: A row of a sheet with more cells than this is a record, not something told.
FEW_CELLS = 3


def _told(page: Page, sheet: Sheet, taken: set[tuple[int, int]]) -> PageText:
    """The part of a page that tells something: no rows of tables, and of a sheet's records only cells that hold sentences."""
    strips = sheet.by_page[page.number]
    kept = [
        word
        for strip in strips
        if (strip.page, strip.number) not in taken
        for word in strip.words
        if not strip.cells or len(strip.words) <= FEW_CELLS or any(mark in word.text for mark in "，。；")
    ]
    shown = page if len(kept) == len(page.words) else replace(page, words=tuple(kept))
    borders = sheet.borders(page.number)
    if borders is None:
        return text_of(shown)
    open_strips = [strip for strip in strips if (strip.page, strip.number) not in taken]
    return text_of(shown, lines_by_cell(open_strips, borders))


# --- the job of the child process -------------------------------------------------------------------------------------


def job(request: dict[str, Any], data: bytes, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Read one file in the reading process: the reading as JSON text, and every page's text with the place of each word.

    With ``members`` in the request (``direct``, or ``leaves`` for those at any depth) the files that lie inside are handed
    over as they are found, each to be read as a request of its own: one that kills its reader spoils no other.
    ``depth`` says how many containers this one already lay in.
    """
    from extract.packets.members import with_attachments
    from ingest.sniff import PDF

    limits = replace(Limits(), depth=Limits().depth - request.get("depth", 0))
    inside: dict[str, Any] = {}
    if request.get("members"):
        inside = {"deep": request["members"] == "leaves", "hand_over": getattr(progress, "member", None)}
    password = request.get("password")
    reading, document = _read(
        data, request["name"], password, limits, request.get("ocr", "auto"), request.get("type"), progress, **inside
    )
    if document is not None and document.media_type == PDF:
        reading = with_attachments(reading, data, password=password, limits=limits, **inside)
    return {"reading": dumps(reading), "layout": [layout(page) for page in document.pages] if document else []}


def layout(page: Page) -> dict[str, Any]:
    """A page's text, and per word its offset in it and its place: what search and quotations need."""
    text = text_of(page)
    words = [[start, word.text, *word.box.as_list()] for start, word in zip(text.starts, text.words, strict=True)]
    return {"page": page.number, "text": text.text, "words": words}


def conflicts(paper: Paper) -> int:
    """How many values of a paper stand in conflict."""
    values = list(paper.fields.values()) + [
        cell for rows in paper.tables.values() for row in rows for cell in row.values()
    ]
    return sum(value.state is State.CONFLICT for value in values)
