"""Markup into tags and text in one pass: time in proportion to the size, whatever nonsense the markup is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_NAME = re.compile(r"/?[a-zA-Z][a-zA-Z0-9:_-]{0,40}")
_REST = re.compile(r"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
_FAR = 1 << 16  # characters that a tag may have; beyond, its quotation marks are not believed
_ATTRIBUTE = re.compile(r"""([^\s=/>"']{1,60})(?:\s{0,9}=\s{0,9}("[^"]*"|'[^']*'|[^\s>"']*))?""")
_MOST = 4096  # characters of attributes that are looked at
_RAW = {tag: re.compile(f"</{tag}[\\s/>]", re.I) for tag in ("script", "style")}

#: A tag as its name, with a slash before it when it closes, and what else it says; text under the empty name.
Token = tuple[str, str]


def tokens(text: str) -> Iterator[Token]:
    """Every tag and every text between tags; comments, declarations and scripts are left out."""
    at, end = 0, len(text)
    while at < end:
        start = text.find("<", at)
        if start < 0:
            yield "", text[at:]
            return
        if start > at:
            yield "", text[at:start]
        name = _NAME.match(text, start + 1)
        if name is None:
            at = _beyond(text, start)
            if at == start + 1:
                yield "", "<"
            continue
        rest = _REST.match(text, name.end(), min(end, name.end() + _FAR))
        at = rest.end() if rest else text.find(">", name.end()) + 1 or end
        tag = name[0].lower()
        yield tag, text[name.end() : min(at - 1, name.end() + _MOST)]
        if tag in _RAW:
            closed = _RAW[tag].search(text, at)
            at = closed.start() if closed else end


def _beyond(text: str, start: int) -> int:
    """Where it goes on behind a comment or a declaration; right behind the sign where it is only a sign."""
    if text.startswith("<!--", start):
        return text.find("-->", start + 4) + 3 if text.find("-->", start + 4) >= 0 else len(text)
    if text.startswith(("<!", "<?", "</"), start):
        return text.find(">", start) + 1 or len(text)
    return start + 1


def attributes(about: str) -> dict[str, str]:
    """What a tag says besides its name."""
    return {
        found[1].lower(): unescape((found[2] or "").strip("\"'"))
        for found in reversed(list(_ATTRIBUTE.finditer(about)))
    }
