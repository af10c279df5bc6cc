"""Paper in a bad state, scanned or photographed: crooked, blurred, squeezed into a small file, faint, dotted, stamped."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from demo.draw import seal_picture
from demo.draw_photo import Picture, jpeg, noise, perspective, pictures, shade, skew

Place = tuple[float, float]  #: the middle of a figure, as fractions of the page
Way = Callable[[Picture, np.random.Generator, Sequence[Place]], Picture]


@dataclass(frozen=True, slots=True)
class Damage:
    """What one kind of damage does to a page, and how the picture is kept."""

    way: Way
    dpi: int = 200
    quality: int = 72


def damaged_pdf(pdf: bytes, kind: str, *, seed: int = 1, figures: Sequence[Sequence[Place]] = ()) -> bytes:
    """Every page damaged in the way of this name (a key of ``DAMAGES``); no text layer. ``figures``: by page, for the seal."""
    damage = DAMAGES[kind]
    rng = np.random.default_rng(seed)
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setProducer("ScanStation 3.2")
    for number, picture in enumerate(pictures(pdf, damage.dpi)):
        spoilt = damage.way(picture, rng, figures[number] if number < len(figures) else ())
        height, width = spoilt.shape[:2]
        size = (width * 72 / damage.dpi, height * 72 / damage.dpi)
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(io.BytesIO(jpeg(spoilt, damage.quality))), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _plain(picture: Picture, rng: np.random.Generator, _: Sequence[Place] = ()) -> Picture:
    return noise(skew(picture, float(rng.uniform(0.3, 1.0) * rng.choice([-1, 1]))), rng, 5)


def _crooked(picture: Picture, rng: np.random.Generator, _: Sequence[Place]) -> Picture:
    return noise(skew(picture, float(rng.choice([-2.0, 2.0]))), rng, 5)


def _blurred(picture: Picture, rng: np.random.Generator, _: Sequence[Place]) -> Picture:
    return _plain(_picture(cv2.GaussianBlur(picture, (0, 0), 1.5)), rng)


def _shaded(picture: Picture, rng: np.random.Generator, _: Sequence[Place]) -> Picture:
    return noise(shade(_picture(picture * np.float32(0.9)), rng), rng, 8)


def _by_phone(picture: Picture, rng: np.random.Generator, _: Sequence[Place]) -> Picture:
    return noise(shade(perspective(picture, rng), rng), rng, 4)


def _sealed(picture: Picture, rng: np.random.Generator, figures: Sequence[Place]) -> Picture:
    """A round red seal, pressed on by hand over figures."""
    height, width = picture.shape[:2]
    side = int(width * rng.uniform(0.17, 0.2))
    seal = np.asarray(Image.fromarray(np.asarray(seal_picture("云洲农商银行业务专用章", ""))).resize((side, side)))
    stamped = picture.astype(np.float32)
    places = [figures[int(n)] for n in rng.permutation(len(figures))[:2]] or [(0.7, 0.3)]
    for x, y in places:
        left = int(np.clip(x * width - side / 2, 0, width - side))
        top = int(np.clip(y * height - side / 2, 0, height - side))
        here = stamped[top : top + side, left : left + side]
        ink = seal[:, :, :3].astype(np.float32) / 255
        cover = seal[:, :, 3:4].astype(np.float32) / 255 * 0.85
        here *= 1 - cover + cover * ink
    return _plain(_picture(stamped), rng)


def _dotted(picture: Picture, rng: np.random.Generator, _: Sequence[Place]) -> Picture:
    """A worn needle printer: print made of dots, a pale ribbon, a needle that strikes no more in some lines."""
    height, width = picture.shape[:2]
    step = 3.2
    down, across = np.mgrid[0:height, 0:width]
    dots = (np.cos(down * 2 * np.pi / step) + 2) / 3 * (np.cos(across * 2 * np.pi / step) + 2) / 3
    ribbon = 0.72 + 0.12 * np.sin(np.linspace(0, 9, height))[:, None]
    ink = (255 - cv2.erode(picture, np.ones((2, 2), np.uint8)).astype(np.float32)) * (dots * ribbon)[:, :, None] * 1.25
    return _plain(_picture(255 - ink), rng)


def _faint(picture: Picture, rng: np.random.Generator, _: Sequence[Place]) -> Picture:
    """Thermal paper of last year: a third of the ink left, grey ground, pale stripes along the way of the paper."""
    width = picture.shape[1]
    left = np.full(width, 0.34, np.float32)
    for at in rng.integers(0, width, 6):
        left[at : at + int(rng.integers(3, 9))] *= 0.55
    ink = (255 - picture.astype(np.float32)) * left[None, :, None]
    return _plain(_picture(232 - ink * 0.9), rng)


def _picture(values: object) -> Picture:
    return np.clip(np.asarray(values), 0, 255).astype(np.uint8)


#: Kinds of damage by name.
DAMAGES: Mapping[str, Damage] = {
    "plain": Damage(_plain),
    "crooked": Damage(_crooked),
    "blurred": Damage(_blurred),
    "squeezed": Damage(_plain, quality=40),
    "shaded": Damage(_shaded),
    "coarse": Damage(_plain, dpi=150),
    "phone": Damage(_by_phone, dpi=190, quality=82),
    "sealed": Damage(_sealed),
    "dotted": Damage(_dotted),
    "faint": Damage(_faint),
}
