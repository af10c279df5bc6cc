"""Web archives (MHT), as Word and Excel save them: the pages inside, in their order; their pictures are not read."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace

from ingest.html import read_html
from ingest.limits import Limits
from records.document import Notice, Page
from records.errors import DamagedFile, EmptyFile, TooManyPages

_MOST = 500  # parts


def read_mht(data: bytes, name: str, *, limits: Limits | None = None) -> tuple[tuple[Page, ...], tuple[Notice, ...]]:
    """Every HTML part that shows anything; frames and lists of sheets show nothing of their own."""
    limits = limits or Limits()
    pages: list[Page] = []
    notices: list[Notice] = []
    for content in _parts(data, name):
        try:
            read, said = read_html(content, name, limits=limits)
        except EmptyFile:
            continue
        notices += [replace(notice, page=notice.page and notice.page + len(pages)) for notice in said]
        pages += [replace(page, number=page.number + len(pages)) for page in read]
        if len(pages) > limits.pages:
            raise TooManyPages(f"{name}: {len(pages)} > {limits.pages}")
    if not pages:
        raise EmptyFile(name)
    return tuple(pages), tuple(notices)


def _parts(data: bytes, name: str) -> list[bytes]:
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        found: list[bytes] = []
        for index, part in enumerate(message.walk()):
            if index > _MOST:
                raise DamagedFile(f"{name}: more than {_MOST} parts")
            if part.get_content_type() == "text/html":
                content = part.get_payload(decode=True)
                if isinstance(content, bytes) and b"<frameset" not in content.lower():
                    found.append(content)
        return found
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError) as error:
        raise DamagedFile(name) from error
