"""XML as it really arrives: any encoding, any prefix or none declared, control characters; entities are refused."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError

from ingest.encoding import decoded
from ingest.limits import MB
from records.errors import Bomb

_LARGEST = 12 * MB  # of one XML part; a tree takes ten times that, a page of an honest paper is below two
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_CHINESE = re.compile(rb"""\s*<\?xml[^>]*encoding\s*=\s*["'](?:gbk|gb2312|gb18030)""", re.IGNORECASE)
_PREFIX = re.compile(r"(</?)[\w.\-]*:(?=[\w.\-])")
_ATTRIBUTE = re.compile(r"""\s(?:xmlns(?::[\w.\-]*)?|[\w.\-]+:[\w.\-]+)\s*=\s*(?:"[^"]*"|'[^']*')""")
_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def xml_tree(data: bytes, name: str) -> Element | None:
    """The root element, names without namespaces; None when this is no XML even to a forgiving eye."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if len(data) > _LARGEST:
        raise Bomb(f"{name}: {len(data)} bytes of XML")
    try:
        try:
            root: Element | None = fromstring(data)
        except (ParseError, ValueError, LookupError):
            text = _mended(data)
            root = fromstring(text) if text else None
    except DefusedXmlException as error:  # no paper needs entities
        raise Bomb(f"{name}: {type(error).__name__}") from error
    except (ParseError, ValueError, LookupError, RecursionError):
        return None
    if root is not None:
        _bare(root)
    return root


def _mended(data: bytes) -> str | None:
    """Decoded by what it is rather than what it says, without prefixes that nobody declared."""
    says = _CHINESE.match(data[:200])
    text = data.decode("gb18030", "replace") if says else decoded(data)
    if text is None:
        return None
    text = _DECLARATION.sub("", text.lstrip("\ufeff"))
    return _NEVER.sub("", _ATTRIBUTE.sub("", _PREFIX.sub(r"\1", text)))


def _bare(root: Element) -> None:
    """Take the namespaces off, in place: writers disagree about them, readers never need them."""
    for element in root.iter():
        if isinstance(element.tag, str) and "}" in element.tag:
            element.tag = element.tag.rpartition("}")[2]


def child(element: Element | None, *names: str) -> Element | None:
    """The element down this path of names, capital or small letters alike, or None."""
    for name in names:
        if element is None:
            return None
        element = next((each for each in element if _is(each, name)), None)
    return element


def children(element: Element | None, name: str) -> list[Element]:
    """All direct children of this name."""
    return [each for each in element if _is(each, name)] if element is not None else []


def text_at(element: Element | None, *names: str) -> str:
    """The text of the element down this path; empty when there is none."""
    found = child(element, *names)
    return (found.text or "").strip() if found is not None else ""


def _is(element: Element, name: str) -> bool:
    return isinstance(element.tag, str) and (element.tag == name or element.tag.lower() == name.lower())
