"""Papers written in the test: a document from lines of text, as if its words had been read off a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from records.document import Box, Document, Page, PageSource, Word

STEP = 0.02  #: from one line to the next
LETTER = 0.009  #: the width of a Latin letter; a Chinese one takes two


def width(text: str) -> float:
    """How wide this text is printed."""
    return sum(LETTER if character.isascii() else 2 * LETTER for character in text)


def line(text: str, top: float, *, confidence: float = 1.0) -> list[Word]:
    """The words of one line: a blank is a letter's width, ``|`` starts the next column (a sixth of the page each)."""
    words: list[Word] = []
    for column, part in enumerate(text.split("|")):
        x = 0.03 + column * 0.16 if column else 0.03
        for token in part.split():
            words.append(Word(token, Box(x, top, x + width(token), top + 0.012), confidence))
            x += width(token) + LETTER
    return words


def page(*lines: str, number: int = 1, source: PageSource = "text", confidence: float = 1.0) -> Page:
    """A page with these lines, one under the other."""
    words = [
        word for index, text in enumerate(lines) for word in line(text, 0.05 + index * STEP, confidence=confidence)
    ]
    return Page(number, tuple(words), source, legibility=confidence)


def paper(*lines: str, confidence: float = 1.0, source: PageSource = "text") -> Document:
    """A document of one page with these lines."""
    return pages(page(*lines, confidence=confidence, source=source))


def pages(*given: Page) -> Document:
    """A document of these pages."""
    numbered = tuple(replace(each, number=number) for number, each in enumerate(given, 1))
    return Document("0" * 64, "paper.pdf", "application/pdf", 1, numbered)


def misread(document: Document, page_number: int, index: int, text: str) -> Document:
    """The same document with another text in one word: what a misreading would have given."""
    result: list[Page] = []
    for each in document.pages:
        words: Sequence[Word] = each.words
        if each.number == page_number:
            words = [replace(word, text=text, edges=()) if n == index else word for n, word in enumerate(words)]
        result.append(replace(each, words=tuple(words)))
    return replace(document, pages=tuple(result))
