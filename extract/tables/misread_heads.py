"""Heads of a scanned table of which an engine mistook one letter (搞要 for 摘要)."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.tables.headers import Head, Header
from extract.tables.labels import Labels, key_of

_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")
_SURE = 0.95  # confidence above which no letter of a head was mistaken


def with_misread_heads(header: Header, labels: Labels) -> Header:
    """The head with the names of such columns, where a name is not taken yet and no other is as near."""
    near = [_near(head, labels) for head in header.heads]
    names = [name for name in near if name]
    fresh = {name for name in names if names.count(name) == 1 and name not in header.named()}
    heads = zip(header.heads, near, strict=True)
    return replace(header, heads=tuple(replace(head, column=name) if name in fresh else head for head, name in heads))


def _near(head: Head, labels: Labels) -> str | None:
    """The column that a head seems to name: not of one that was read surely (序号 is no 账号), nor raw material of a type."""
    key = key_of(head.texts[0])
    doubtful = head.column is None and len(head.texts) == 1 and head.confidence <= _SURE
    if not doubtful or not _CHINESE.fullmatch(key):
        return None
    like = {
        name
        for label, (name, _) in labels.exact.items()
        if len(label) == len(key) and sum(a != b for a, b in zip(label, key, strict=True)) == 1
    }
    return like.pop() if len(like) == 1 and not min(like).startswith("_") else None
