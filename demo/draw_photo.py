"""What happens to paper: scanned a little crooked with noise, or photographed from the hand in uneven light."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

Picture = NDArray[np.uint8]


def pictures(pdf: bytes, dpi: int = 200) -> list[Picture]:
    """Every page as it would be printed, RGB."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [np.ascontiguousarray(page.render(scale=dpi / 72).to_numpy()[:, :, 2::-1]) for page in document]
    finally:
        document.close()


def scan_pdf(pdf: bytes, *, seed: int = 1, dpi: int = 200, quality: int = 72) -> bytes:
    """The pages printed and scanned: skewed by up to a degree, grey paper, blur and noise; no text layer."""
    rng = np.random.default_rng(seed)
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setProducer("ScanStation 3.2")
    for picture in pictures(pdf, dpi):
        scanned = noise(skew(picture, float(rng.uniform(0.3, 1.0) * rng.choice([-1, 1]))), rng, 5)
        kept = jpeg(scanned, quality)
        height, width = scanned.shape[:2]
        canvas.setPageSize((width * 72 / dpi, height * 72 / dpi))
        canvas.drawImage(ImageReader(io.BytesIO(kept)), 0, 0, width * 72 / dpi, height * 72 / dpi)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def photo_jpeg(pdf: bytes, *, seed: int = 1, page: int = 1, dpi: int = 190, quality: int = 82) -> bytes:
    """One page on a desk, taken by hand: perspective, a shade across, a warm light, blur and noise."""
    rng = np.random.default_rng(seed)
    picture = perspective(pictures(pdf, dpi)[page - 1], rng)
    return jpeg(noise(shade(picture, rng), rng, 4), quality)


def skew(picture: Picture, degrees: float) -> Picture:
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(
        cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(250, 250, 248)),
        dtype=np.uint8,
    )


def perspective(picture: Picture, rng: np.random.Generator) -> Picture:
    """The sheet leans away from the camera; around it stands the desk."""
    height, width = picture.shape[:2]
    edge = int(width * 0.07)
    frame = (width + 2 * edge, height + 2 * edge)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    seen = corners + edge + rng.uniform(-0.024, 0.024, (4, 2)).astype(np.float32) * width
    seen = seen.astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, seen)
    desk = np.empty((frame[1], frame[0], 3), dtype=np.uint8)
    desk[:] = (116, 92, 70)
    desk = noise(cv2.GaussianBlur(desk, (0, 0), 3), rng, 6)
    sheet = cv2.warpPerspective(picture, matrix, frame, flags=cv2.INTER_LINEAR)
    inside = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, frame)
    desk[inside > 127] = sheet[inside > 127]
    return desk


def shade(picture: Picture, rng: np.random.Generator) -> Picture:
    """Brighter on one side, a soft shadow of the hand on the other, a little warm."""
    height, width = picture.shape[:2]
    across = np.linspace(1.04, 0.74, width, dtype=np.float32)[None, :]
    down = np.linspace(float(rng.uniform(0.95, 1.0)), float(rng.uniform(0.82, 0.92)), height, dtype=np.float32)[:, None]
    light = (across * down)[:, :, None] * np.array([1.0, 0.985, 0.93], dtype=np.float32)
    return np.clip(picture * light, 0, 255).astype(np.uint8)


def noise(picture: Picture, rng: np.random.Generator, strength: int) -> Picture:
    """Blur as of a lens, then grain. One tile of grain is enough for a sheet and costs a tenth."""
    blurred = cv2.GaussianBlur(picture, (0, 0), 0.6)
    height, width = picture.shape[:2]
    tile = rng.normal(0, strength, (256, 256, 1)).astype(np.int16)
    grain = np.tile(tile, (height // 256 + 1, width // 256 + 1, 1))[:height, :width]
    return np.clip(blurred.astype(np.int16) + grain, 0, 255).astype(np.uint8)


def jpeg(picture: Picture, quality: int) -> bytes:
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", quality=quality, dpi=(200, 200))
    return out.getvalue()
