"""The reading of a file that holds other files: what is inside, each handed over in turn to be read by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from ingest import sniff
from ingest.inside import Member, is_for_programs, leaves, members, too_deep
from ingest.limits import Limits
from records.errors import UnreadableFile
from records.facts import FileReading, Finding, Held, Problem

#: Takes one file found inside: what is told about it, and its bytes (none when it cannot be had).
HandOver = Callable[[dict[str, Any], bytes], None]


def read_packet(
    data: bytes,
    name: str,
    kind: str,
    *,
    password: str | None = None,
    limits: Limits | None = None,
    deep: bool = False,
    hand_over: HandOver | None = None,
) -> FileReading:
    """Go through a container. ``deep`` hands over what lies at any depth, else what lies directly in it."""
    found = FileReading(name, hashlib.sha256(data).hexdigest(), kind, len(data), (), ())
    held: list[Held] = []
    limits = limits or Limits()
    try:
        if limits.depth < 1:
            raise too_deep(name, Limits())
        for one in (leaves if deep else members)(data, name, password=password, limits=limits):
            held.append(_told(one, hand_over))
    except UnreadableFile as problem:
        return replace(found, problem=_problem(problem))
    return replace(found, findings=tuple(_counted(held)), members=tuple(held))


def with_attachments(
    reading: FileReading,
    data: bytes,
    *,
    password: str | None = None,
    limits: Limits | None = None,
    deep: bool = False,
    hand_over: HandOver | None = None,
) -> FileReading:
    """The reading of a PDF with the papers attached to it; what is attached for programs is only said."""
    held: list[Held] = []
    left: list[str] = []
    if limits is not None and limits.depth < 1:
        return reading
    try:
        for one in (leaves if deep else members)(data, reading.name, password=password, limits=limits):
            if is_for_programs(one):
                left.append(one.path)
            else:
                held.append(_told(one, hand_over))
    except UnreadableFile as problem:
        return replace(reading, findings=(Finding("attachments_unread", f"附件未能取出：{problem.message_zh}"),))
    said = [Finding("attachments_left", f"附件不是单据，未识读：{'、'.join(left)}")] if left else []
    return replace(reading, findings=(*_counted(held), *said), members=tuple(held))


def _told(one: Member, hand_over: HandOver | None) -> Held:
    problem = _problem(one.problem) if one.problem else None
    had = one.problem is None or bool(one.data)
    held = Held(one.path, hashlib.sha256(one.data).hexdigest() if had else None, len(one.data), problem)
    if hand_over:
        told = {
            "path": held.path,
            "sha256": held.sha256,
            "bytes": held.bytes,
            "media_type": sniff.media_type(one.data, one.path) if one.data else sniff.UNKNOWN,
            "problem": [problem.code, problem.message, problem.remedy] if problem else None,
        }
        hand_over(told, b"" if problem else one.data)
    return held


def _counted(held: list[Held]) -> Iterator[Finding]:
    """How much is inside, and how much of it could not be had."""
    if not held:
        return
    bad = [one.path for one in held if one.problem]
    yield Finding("holds_files", f"内含 {len(held)} 份文件，已逐份识读。" if not bad else f"内含 {len(held)} 份文件。")
    if bad:
        some = "、".join(bad[:5]) + ("等" if len(bad) > 5 else "")
        yield Finding("members_unopened", f"其中 {len(bad)} 份无法取出：{some}")


def _problem(problem: UnreadableFile) -> Problem:
    return Problem(problem.code, problem.message_zh, problem.remedy_zh)
