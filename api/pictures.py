"""Page pictures: drawn once in a process of their own, kept by content, handed out by name.

A hostile file may break the renderer; so it runs in a child that can be killed, never in the service itself.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.limits import Limits
from records import errors
from records.errors import NotFound

if TYPE_CHECKING:  # the drawing process imports this file and needs neither the archive nor its database
    from archive.documents import Documents

WIDTHS = (240, 620, 1240, 1860)  #: a few sizes, so that the cache stays small: thumbnail, half, page, zoomed


def draw(request: dict[str, Any], data: bytes, progress: Callable[..., object]) -> dict[str, Any]:
    """Draw one page. Runs in the child, so what cannot be drawn goes back as the name of its error."""
    from ingest.picture import page_picture
    from records.document import Box, Word

    words = tuple(Word(text, Box(*place)) for _, text, *place in request["words"])
    try:
        png = page_picture(
            data,
            request["name"],
            request["page"],
            rotation=request["rotation"],
            width=request["width"],
            words=words,
            password=request.get("password"),
        )
    except errors.PostloanError as error:
        return {"error": type(error).__name__, "detail": error.detail}
    return {"png": base64.b64encode(png).decode()}


def drawn(answer: dict[str, Any]) -> bytes:
    """The picture in an answer of the child, or the error that it tells of."""
    if "error" in answer:
        kind: type[errors.PostloanError] = getattr(errors, answer["error"])
        raise kind(answer["detail"])
    return base64.b64decode(answer["png"])


def nearest_width(wanted: int) -> int:
    """The smallest of our sizes that is wide enough."""
    return next((width for width in WIDTHS if width >= wanted), WIDTHS[-1])


class Pictures:
    """A folder of page pictures that can be drawn again at any time."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder = folder
        self.limits = limits
        self._lock = threading.Lock()
        self._child: Any = None

    def page(
        self,
        sha256: str,
        name: str,
        page: int,
        *,
        original: Callable[[], bytes],
        rotation: int = 0,
        width: int = 1240,
        words: Callable[[], list[Any]] = list,
        drawn_from_words: bool = False,
    ) -> Path:
        """The picture of one page; the original and the words are only asked for when it must be drawn."""
        shown = words() if drawn_from_words else []
        width = nearest_width(width)
        kept = self._path(sha256, page, rotation, width, shown)
        if not kept.exists():
            request = {"name": name, "page": page, "rotation": rotation, "width": width, "words": shown}
            self._keep(kept, self._draw(request, original()))
        return kept

    def of_document(self, documents: Documents, id: str, page: int, width: int = 1240) -> Path:
        """The picture of a page of a document on file, turned as it was read; ``NotFound`` beyond its last page."""
        record = documents.get(id)
        rotation, drawn_from_words = 0, False
        if record.version:
            pages = {read.page: read for read in documents.reading(id).pages}
            if pages and page not in pages:
                raise NotFound(f"page {page} of document {id}")
            if page in pages:
                rotation, drawn_from_words = pages[page].rotation, pages[page].source in ("cells", "text file")
        return self.page(
            record.sha256,
            record.name,
            page,
            original=lambda: documents.original(id),
            rotation=rotation,
            width=width,
            words=lambda: list(documents.words(id, page)),
            drawn_from_words=drawn_from_words,
        )

    def close(self) -> None:
        """End the drawing process."""
        with self._lock:
            if self._child is not None:
                self._child.close()
                self._child = None

    def _path(self, sha256: str, page: int, rotation: int, width: int, words: list[Any]) -> Path:
        name = f"{sha256[:40]}-{page}-{rotation}-{width}"
        if words:
            name += "-" + hashlib.sha256(json.dumps(words).encode()).hexdigest()[:12]
        return self.folder / sha256[:2] / f"{name}.png"

    def _draw(self, request: dict[str, Any], data: bytes) -> bytes:
        from ingest.child import Child

        with self._lock:
            if self._child is None:
                self._child = Child(job="api.pictures:draw", limits=self.limits)
            return drawn(self._child.run(request, data))

    def _keep(self, target: Path, png: bytes) -> None:
        """Written beside and renamed: two requests for the same picture never see half of it."""
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_suffix(f".{threading.get_ident()}")
        beside.write_bytes(png)
        beside.replace(target)
