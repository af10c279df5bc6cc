"""Lines that only say what a section, table or form is about: 押品查封、冻结情况 tells of no seizure."""

from __future__ import annotations

import re

from extract.notes.clauses import Sentence
from extract.notes.squeeze import TITLED

_LONGEST = 24
_ENGLISH = re.compile(r"(?:search(?:es)?|history|review|section|summary|\(if any\)|schedule|register)$", re.IGNORECASE)
_TELLS = re.compile(
    r"[,:，：]|存在|发现|出现|发生|[已被了仍未无没]|(?<!如)有|收到|送达|下达|显示|列入|新增|提供|涉嫌(?!.{0,4}情况)"
)
_PASSIVE = re.compile(r"被(?:执行|告|查封|冻结|处罚|列)")


def is_heading(sentence: Sentence) -> bool:
    """A short line without a full stop that ends as headings do, and in which nothing is said to be so."""
    words = sentence.words.strip()
    if sentence.stop not in ("", "\n") or len(words) > _LONGEST:
        return False
    if words.isascii():
        return _ENGLISH.search(words) is not None and len(words.split()) <= 3
    return TITLED.search(words) is not None and not _TELLS.search(_PASSIVE.sub("", words))
