"""RapidOCR (PP-OCRv6, models inside its package) on OpenVINO, or on ONNX Runtime where that does not run.

Settings and traps: measured, see the README. The angle classifier stays off (it turns upright numbers upside down); what it
was for is done per page by ``_Seen.quarter``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from ingest.ocr import RUNTIMES, Glyph, Pixels, Reading
from records.errors import BackendUnavailable

_PROOF = "Total 1234.50"
_SURE = 0.95  # print that lies wrong never scores that high on its eight longest lines
_VOTERS = 8
_TURNED = (
    1.4  # lines read so much better turned on their head: 1.65 and more where they stood on it, 1.2 in mirror writing
)
_CLEAR, _CLEARER = (
    0.85,
    0.12,
)  # mirror writing reads below the one as it stands, above it in the mirror, and so much better
#: Pixels of a line's width. The library pads every line to 320; its own width costs a fifth less of the whole page and read
#: 5,230 numbers as well. Steps of a network column keep the number of shapes, and with it the memory, down.
_NARROWEST, _STEP = 96, 8
#: Pixels of the longer side in which lines are looked for (they are read from all of them): as many lines found as in 2000,
#: at less than half the time and half the memory. Smaller pictures are enlarged for it, or thin print is missed.
_SEEN, _SEEN_AT_LEAST = 1280, 736
_LEAST = 0.5  # below that the recogniser saw no text
_DOUBT = 0.995  # characters surer than that have no alternatives worth keeping
_CLUE = 0.004  # the least share an alternative must have
_CANDIDATES = 12  # for a line; more would be guesses


_Corners = tuple[tuple[float, float], ...]
#: A line as it was recognised: text, glyphs, confidence, what else it could be.
_Said = tuple[str, tuple[Glyph, ...], float, tuple[str, ...]]


class RapidEngine:
    """One recogniser; not to be shared between threads."""

    def __init__(self, backends: Sequence[str] = RUNTIMES) -> None:
        cv2.setNumThreads(1)
        reasons: list[str] = []
        for backend in backends:
            try:
                self._ocr = _made(backend)
                if _proved(self):
                    self.name = f"rapidocr-{backend}"
                    return
                reasons.append(f"{backend}: self-test read something else")
            except Exception as error:  # noqa: BLE001  (native runtimes fail in their own ways; the next one is tried)
                reasons.append(f"{backend}: {type(error).__name__}: {str(error)[:200]}")
        raise BackendUnavailable(f"rapidocr ({'; '.join(reasons)})")

    def look(self, image: Pixels) -> _Seen:
        """Find the lines; each is read from its own straightened cut-out when it is asked for."""
        from rapidocr.main import RapidOCRError

        record: dict[str, Any] = {}
        self._look_at(image)
        try:
            crops, found = self._ocr.detect_and_crop(np.ascontiguousarray(image), record)
        except RapidOCRError:
            return _Seen(self, ())
        # Very wide pictures are padded above and below before detection; the boxes must forget that.
        above = float(record.get("padding_1", {}).get("top", 0))
        boxes = [tuple((float(x), float(y) - above) for x, y in box) for box in found.boxes]
        return _Seen(self, [_Line(crop, *_as_read(box)) for crop, box in zip(crops, boxes, strict=True)])

    def _look_at(self, image: Pixels) -> None:
        """At what size lines are looked for in this picture."""
        shorter, longer = sorted(image.shape[:2])
        detector = self._ocr._load_det_model()
        if longer > _SEEN:
            detector.limit_type, detector.limit_side_len = "max", _SEEN
        else:
            enlarged = min(_SEEN_AT_LEAST, shorter * _SEEN // longer)
            detector.limit_type, detector.limit_side_len = "min", max(1, enlarged)

    def mirrored(self, image: Pixels, readings: list[Reading]) -> list[Reading]:
        """What reads doubtfully as it stands and well in the mirror."""
        doubtful = [reading for reading in readings if reading.confidence < _CLEAR and len(reading.text) > 1]
        return [
            reading
            for reading, crop in zip(doubtful, self._cut_out(image, doubtful), strict=True)
            if self.recognise(np.ascontiguousarray(crop[:, ::-1]))[2] > max(_CLEAR, reading.confidence + _CLEARER)
        ]

    def _cut_out(self, image: Pixels, readings: Sequence[Reading]) -> list[Pixels]:
        return [self._ocr.crop_text_regions(image, np.array([_framed(r)], np.float32))[0] for r in readings]

    def recognise(self, crop: Pixels) -> _Said:
        """One line: its text, where along the line each character stands, and what else it could be."""
        recogniser = self._ocr._load_rec_model()
        height, width = crop.shape[:2]
        high = recogniser.rec_image_shape[1]
        wide = max(_NARROWEST, -(-high * width // height // _STEP) * _STEP)
        normal = recogniser.resize_norm_img(crop, wide / high)
        shares = recogniser.session(normal[np.newaxis].astype(np.float32))[0]
        best = shares.argmax(axis=1)
        new = np.ones(len(best), dtype=bool)
        new[1:] = best[1:] != best[:-1]
        columns = np.flatnonzero(new & (best != 0))
        if not len(columns):
            return "", (), 0.0, ()
        names = recogniser.postprocess_op.character
        step = normal.shape[2] / len(best) * height / high / width  # one column, as a share of the line
        sure = [round(float(shares[column, best[column]]), 5) for column in columns]
        text = "".join(names[best[column]] for column in columns)
        glyphs = _placed(text, [(float(column) + 0.5) * step for column in columns], sure, height / width)
        others = _others(text, shares, columns, best, names)
        return text, glyphs, float(np.mean(sure)), others


@dataclass(frozen=True, slots=True)
class _Line:
    """Where a line was found, and its pixels laid level."""

    crop: Pixels
    corners: _Corners  # from the top left of the text on
    on_its_side: bool

    @property
    def size(self) -> tuple[float, float]:
        """Width and height along the text."""
        a, b, _, d = (np.array(corner) for corner in self.corners)
        return float(np.linalg.norm(b - a)), float(np.linalg.norm(d - a))


class _Seen:
    """The lines found in one picture."""

    def __init__(self, engine: RapidEngine, lines: Sequence[_Line]) -> None:
        self._engine = engine
        self._lines = [line for line in lines if min(line.crop.shape[:2]) >= 3]
        self._said: dict[int, _Said] = {}

    def readings(self) -> list[Reading]:
        """What the lines say, without those in which no text was seen."""
        readings = []
        for index, line in enumerate(self._lines):
            text, glyphs, confidence, others = self._say(index)
            if text.strip() and confidence >= _LEAST:
                readings.append(Reading(text, line.corners, confidence, glyphs, others))
        return readings

    def quarter(self) -> int:
        """Most boxes tall: a quarter turn. Then which way up the longest lines read better."""
        sizes = [line.size for line in self._lines]
        long = [line.on_its_side for line, (w, h) in zip(self._lines, sizes, strict=True) if w > 1.5 * h]
        tall = 2 * sum(long) > len(long)
        lying = [index for index, line in enumerate(self._lines) if line.on_its_side == tall]
        order = sorted(lying, key=lambda index: -sizes[index][0])
        # Every third of the longest: neighbours are often the same words again.
        voters = order[: 3 * _VOTERS : 3] if len(order) > 3 * _VOTERS else order[:_VOTERS]
        sure = [said[2] for said in map(self._say, voters) if said[2] >= _LEAST]
        if voters and (not sure or np.mean(sure) < _SURE):
            turned = [self._engine.recognise(np.ascontiguousarray(self._lines[i].crop[::-1, ::-1])) for i in voters]
            if _weight(turned) > _TURNED * _weight([self._say(index) for index in voters]):
                return 1 if tall else 2
        return 3 if tall else 0

    def _say(self, index: int) -> _Said:
        if index not in self._said:
            self._said[index] = self._engine.recognise(self._lines[index].crop)
        return self._said[index]


def _made(backend: str) -> Any:
    from rapidocr import EngineType, RapidOCR

    engine = EngineType.OPENVINO if backend == "openvino" else EngineType.ONNXRUNTIME
    settings: dict[str, Any] = {
        "Global.use_cls": False,
        "Global.log_level": "error",
        "Rec.rec_batch_num": 1,
        "EngineConfig.openvino.inference_num_threads": 1,
        "EngineConfig.openvino.enable_cpu_pinning": False,  # else two worker processes share one core
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    for part in ("Det", "Cls", "Rec"):
        settings[f"{part}.engine_type"] = engine
    return RapidOCR(params=settings)


def _proved(engine: RapidEngine) -> bool:
    """Models load lazily, a blank page loads none: only a picture with text proves that both work."""
    picture = np.full((120, 640, 3), 255, np.uint8)
    cv2.putText(picture, _PROOF, (40, 76), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (0, 0, 0), 3, cv2.LINE_AA)
    return "1234.50" in "".join(reading.text for reading in engine.look(picture).readings())


def _as_read(box: _Corners) -> tuple[_Corners, bool]:
    """Its corners from the top left of the text on, and whether the library took it for text on its side.

    By its own measure, half as high again as wide; it lays such a cut-out level before it is read.
    """
    a, b, c, d = (np.array(corner) for corner in box)
    across = int(max(np.linalg.norm(a - b), np.linalg.norm(c - d)))
    down = int(max(np.linalg.norm(a - d), np.linalg.norm(b - c)))
    stands = down >= 1.5 * max(1, across)
    return ((*box[1:], box[0]) if stands else box), stands


def _framed(reading: Reading) -> _Corners:
    """The corners from the top left of the picture on, as the library wants them."""
    corners = reading.corners
    return (corners[3], *corners[:3]) if reading.runs_down else corners


def _weight(said: Sequence[_Said]) -> float:
    """Long lines read with certainty count most; a turned line reads as little and doubtful."""
    return float(np.mean([sure * min(len(text.strip()), 12) / 12 for text, _, sure, _ in said]))


def _em(char: str) -> float:
    """How wide a character stands in heights of a Chinese one."""
    return 1.0 if char > "\u2e7f" else 0.3 if char in ".,:;'|!ilI" else 0.55


def _placed(text: str, centres: list[float], sure: list[float], slim: float) -> tuple[Glyph, ...]:
    """Extents around the centres that the recogniser gives: neighbours meet half-way, the ends are as wide as they would be."""
    widths = [_em(char) for char in text]
    pairs = [
        (centres[i + 1] - centres[i]) / (widths[i] + widths[i + 1]) * 2
        for i in range(len(text) - 1)
        if not text[i].isspace() and not text[i + 1].isspace()
    ]
    unit = min(float(np.median(pairs)), 1.05 * slim) if pairs else 0.75 * slim
    glyphs: list[Glyph] = []
    for i, char in enumerate(text):
        half = widths[i] * unit / 2
        start, end = centres[i] - half, centres[i] + half
        if i and start < glyphs[-1].end:
            meeting = (glyphs[-1].end + start) / 2
            start = max(meeting, glyphs[-1].start)
            glyphs[-1] = Glyph(text[i - 1], glyphs[-1].start, start, sure[i - 1])
        glyphs.append(Glyph(char, max(0.0, start), min(1.0, max(end, start)), sure[i]))
    return tuple(glyphs)


def _others(text: str, shares: Pixels, columns: Pixels, best: Pixels, names: Sequence[str]) -> tuple[str, ...]:
    """The line with one doubtful character read otherwise, left out or put in, the likeliest first."""
    found: list[tuple[float, str]] = []
    for place, column in enumerate(columns):
        for share, other in _runners_up(shares[column], int(best[column])):
            if other and names[other].isspace():
                continue
            found.append((share, text[:place] + ("" if other == 0 else names[other]) + text[place + 1 :]))
    for column in np.flatnonzero((best == 0) & (shares[:, 0] <= _DOUBT)):
        place = int(np.searchsorted(columns, column))
        for share, other in _runners_up(shares[column], 0):
            beside = text[max(0, place - 1) : place + 1]
            if names[other] not in beside and not names[other].isspace():  # else the rim of a neighbour
                found.append((share, text[:place] + names[other] + text[place:]))
    lines = dict.fromkeys(line for _, line in sorted(found, key=lambda pair: -pair[0]) if line.strip())
    lines.pop(text, None)
    return tuple(lines)[:_CANDIDATES]


def _runners_up(shares: Pixels, best: int) -> Iterator[tuple[float, int]]:
    """What else a column could show, in proportion to what it shows most; nothing where it is sure."""
    top = float(shares[best])
    if top > _DOUBT:
        return
    for other in np.argpartition(shares, -4)[-4:]:
        share = float(shares[other])
        if other != best and share >= _CLUE:
            yield share / top, int(other)
