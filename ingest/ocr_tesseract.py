"""Tesseract: the engine for machines where RapidOCR cannot run, and a second opinion on numbers. Needs its system package."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import cv2
import numpy as np

from ingest import scan_image as look
from ingest.flat import flattened, flattening
from ingest.ocr import Pixels, Reading
from records.document import Box, Word
from records.errors import BackendUnavailable

_CHINESE = "chi_sim+eng"
_MISSING = "tesseract：系统中没有该程序或中文语言包 · apt install tesseract-ocr tesseract-ocr-chi-sim"
_CLEAR, _CLEARER = 0.7, 0.12  # mean confidence: mirror writing reads below the one, and so much better in the mirror
_ROW = 48  # pixels: the height at which digits were re-read best
_DIGITS = "0123456789.,-"


class TesseractEngine:
    """Reads whole pages at psm 4 (plain psm 6 lost half of the fields and psm 3 whole tables)."""

    name = "tesseract"

    def __init__(self) -> None:
        missing = {"chi_sim", "eng"} - languages()
        if missing:
            raise BackendUnavailable(_MISSING)

    def look(self, image: Pixels) -> _Seen:
        """Nothing is done before something is asked."""
        return _Seen(image)

    def mirrored(self, image: Pixels, readings: list[Reading]) -> list[Reading]:
        """All of them or none: whether the whole page reads better in the mirror."""
        if not readings or _mean(readings) > _CLEAR:
            return []
        turned = _Seen(np.ascontiguousarray(image[:, ::-1])).readings()
        return readings if turned and _mean(turned) > _mean(readings) + _CLEARER else []


class _Seen:
    def __init__(self, image: Pixels) -> None:
        self._image = image

    @cached_property
    def _readings(self) -> list[Reading]:
        image = self._image
        matrix = flattening(image)
        straight = flattened(look.evened(look.without_red(image) if look.seals(image) else image), matrix)
        back = np.eye(3) if matrix is None else np.linalg.inv(matrix)
        found = _data(straight, _CHINESE, "--psm 4")
        return [Reading(text, _moved(box, back), confidence) for text, box, confidence in found]

    def readings(self) -> list[Reading]:
        """Take the seals away, even the light, straighten, read; the corners are those of the picture as given."""
        return list(self._readings)

    def quarter(self) -> int:
        """By Tesseract's own look at the scripts; upright when it sees too little to tell."""
        import pytesseract

        try:
            seen: dict[str, Any] = pytesseract.image_to_osd(
                cv2.cvtColor(self._image, cv2.COLOR_BGR2RGB), config="--dpi 200", output_type=pytesseract.Output.DICT
            )
        except pytesseract.TesseractError:
            return 0
        return int(seen["rotate"]) // 90 % 4


def _mean(readings: Sequence[Reading]) -> float:
    """How sure the readings are, by their characters."""
    return sum(r.confidence * len(r.text) for r in readings) / sum(len(r.text) for r in readings)


def languages() -> set[str]:
    """The languages installed beside the program; none where the program is missing."""
    import pytesseract

    if shutil.which(pytesseract.pytesseract.tesseract_cmd) is None:
        return set()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # two threads cost half as much again for a tenth of the time
    try:
        return set(pytesseract.get_languages(config=""))
    except (pytesseract.TesseractError, OSError):
        return set()


_Found = tuple[str, tuple[float, float, float, float], float]


def _data(image: Pixels, language: str, config: str) -> list[_Found]:
    """Words with boxes (left, top, right, bottom) and confidence."""
    import pytesseract

    try:
        rows: dict[str, list[Any]] = pytesseract.image_to_data(
            cv2.cvtColor(image, cv2.COLOR_BGR2RGB),
            lang=language,
            config=f"--oem 1 --dpi 200 {config}",
            output_type=pytesseract.Output.DICT,
        )
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, OSError) as error:
        raise BackendUnavailable(f"{_MISSING} ({error})") from error
    found = []
    for text, left, top, width, height, sure in zip(
        *(rows[key] for key in ("text", "left", "top", "width", "height", "conf")), strict=True
    ):
        if text.strip():
            box = (float(left), float(top), float(left + width), float(top + height))
            found.append((text.strip(), box, max(0.0, float(sure)) / 100))
    return _joined(found)


def _joined(found: list[_Found]) -> list[_Found]:
    """Chinese comes as one box per character or two; neighbours that touch are one word again."""
    result: list[_Found] = []
    for text, box, sure in found:
        if result:
            before, (x0, y0, x1, y1), was = result[-1]
            high = max(y1 - y0, box[3] - box[1])
            level = min(y1, box[3]) - max(y0, box[1]) > 0.5 * min(y1 - y0, box[3] - box[1])
            chinese = before[-1] > "\u2e7f" or text[0] > "\u2e7f"
            if level and chinese and -0.3 * high < box[0] - x1 < 0.65 * high:
                joined = (x0, min(y0, box[1]), max(x1, box[2]), max(y1, box[3]))
                result[-1] = (before + text, joined, min(was, sure))
                continue
        result.append((text, box, sure))
    return result


def _moved(box: tuple[float, float, float, float], matrix: Pixels) -> tuple[tuple[float, float], ...]:
    x0, y0, x1, y1 = box
    corners = np.array([[[x0, y0], [x1, y0], [x1, y1], [x0, y1]]], np.float64)
    return tuple((float(x), float(y)) for x, y in cv2.perspectiveTransform(corners, matrix)[0])


def numeric(word: Word) -> bool:
    """Whether a word is a number, a date or an account that a second reader can check."""
    digits = sum(char.isdigit() for char in word.text)
    return digits >= 3 and digits + sum(char in ".,-/:¥" for char in word.text) == len(word.text)


def second_opinion(image: Pixels, words: Sequence[Word]) -> list[Word]:
    """The same words, the numbers among them trusted more where Tesseract agrees and less where it does not.

    It never replaces a reading: where the two disagreed the first was right eight times out of nine. ``image`` is the
    straightened page that the boxes are fractions of.
    """
    chosen = [index for index, word in enumerate(words) if numeric(word)]
    if not chosen:
        return list(words)
    sheet, tops = _sheet([_cut_out(image, words[index].box) for index in chosen])
    said: dict[int, str] = {}
    for text, (_, top, _, bottom), _ in sorted(
        _data(sheet, "eng", f"--psm 6 -c tessedit_char_whitelist={_DIGITS}"), key=lambda item: item[1][0]
    ):
        row = int(np.searchsorted(tops, (top + bottom) / 2, side="right")) - 1
        said[row] = said.get(row, "") + text
    result = list(words)
    for row, index in enumerate(chosen):
        result[index] = _weighed(words[index], said.get(row, ""))
    return result


def _cut_out(image: Pixels, box: Box) -> Pixels:
    height, width = image.shape[:2]
    pad = 0.15 * box.height * height
    x0, x1 = max(0, int(box.x0 * width - pad)), min(width, int(box.x1 * width + pad) + 1)
    y0, y1 = max(0, int(box.y0 * height)), min(height, int(box.y1 * height) + 1)
    part = image[y0:y1, x0:x1]
    if not part.size:
        return np.full((_ROW, _ROW, 3), 255, np.uint8)
    scale = _ROW / part.shape[0]
    return cv2.resize(part, (max(8, round(part.shape[1] * scale)), _ROW), interpolation=cv2.INTER_CUBIC)


def _sheet(parts: list[Pixels]) -> tuple[Pixels, list[int]]:
    """All numbers under one another on one sheet: one call of the program instead of one for each."""
    gap = 28
    width = max(part.shape[1] for part in parts) + 2 * gap
    sheet = np.full((len(parts) * (_ROW + gap) + gap, width, 3), 255, np.uint8)
    tops = []
    for row, part in enumerate(parts):
        top = gap + row * (_ROW + gap)
        sheet[top : top + _ROW, gap : gap + part.shape[1]] = part
        tops.append(top - gap // 2)
    return sheet, tops


def _weighed(word: Word, second: str) -> Word:
    digits = "".join(filter(str.isdigit, word.text))
    others = "".join(filter(str.isdigit, second))
    if not others:
        return word
    if digits == others:
        return replace(word, confidence=round(word.confidence + (1 - word.confidence) * 0.5, 4))
    alternatives = word.alternatives
    if second not in alternatives:
        alternatives = (*alternatives, second)
    return replace(word, confidence=min(word.confidence, 0.6), alternatives=alternatives)
