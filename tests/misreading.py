"""What an OCR engine would have made of a paper: seeded glyph confusions in figures, with confidences and alternatives."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from records.document import Document, Word

#: What engines take for what; wider than the table that repair tries, as engines are.
TAKEN_FOR = {
    "0": "OD86", "1": "l74", "2": "Z7", "3": "85", "4": "19", "5": "S68", "6": "850", "7": "12", "8": "3B60", "9": "87",
}  # fmt: skip
MONEY = re.compile(r"^[+-]?[\d,]+\.\d\d$")


def misread(
    document: Document, seed: int, share: float = 0.02, offered: float = 0.6
) -> tuple[Document, dict[tuple[int, int], str]]:
    """The document as read from a picture: some amounts wrong, some right ones doubted; and what the wrong ones should be."""
    random = Random(seed)
    wrong: dict[tuple[int, int], str] = {}
    pages = []
    for page in document.pages:
        words: list[Word] = []
        for index, word in enumerate(page.words):
            if MONEY.match(word.text) and random.random() < share:
                text = slip(word.text, random)
                if text != word.text:
                    wrong[page.number, index] = word.text
                    others = (word.text,) if random.random() < offered else (slip(word.text, random),)
                    words.append(
                        replace(
                            word,
                            text=text,
                            edges=(),
                            confidence=round(random.uniform(0.6, 0.97), 3),
                            alternatives=others,
                        )
                    )
                    continue
            doubt = random.random() < 0.1 and MONEY.match(word.text)
            others = (slip(word.text, random),) if doubt else ()
            words.append(replace(word, edges=(), confidence=0.93 if doubt else 0.99, alternatives=others))
        pages.append(replace(page, words=tuple(words), source="ocr", engine="simulated", rulings=page.rulings))
    return replace(document, pages=tuple(pages), traits=None), wrong


def slip(text: str, random: Random) -> str:
    """One slip: a glyph taken for another, a point for a comma, a sign or a separator lost."""
    kind = random.random()
    if kind < 0.75:
        place = random.choice([n for n, glyph in enumerate(text) if glyph.isdigit()])
        return text[:place] + random.choice(TAKEN_FOR[text[place]]) + text[place + 1 :]
    if kind < 0.85 and "," in text:
        return text.replace(",", ".", 1)
    if kind < 0.92:
        return text.replace(".", "") if random.random() < 0.5 else text.replace(".", ",")
    return text.lstrip("+-") if text[0] in "+-" else text.replace(",", "", 1)
