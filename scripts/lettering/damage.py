"""What printing, scanning, faxing and photographing do to a line of print."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from lettering.draw import Picture

Floats = NDArray[np.float32]


def skewed(picture: Picture, degrees: float, shear: float = 0.0) -> Picture:
    """Turned about its middle and leant; the paper goes on at the edges."""
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    matrix[0, 1] += shear
    matrix[0, 2] -= shear * height / 2
    return np.asarray(
        cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    )


def blurred(picture: Picture, sigma: float) -> Picture:
    """Out of focus by `sigma` pixels."""
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma)) if sigma > 0.05 else picture


def noisy(picture: Picture, rng: Generator, sigma: float) -> Picture:
    """With the grain of a sensor, `sigma` grey levels."""
    grain = rng.normal(0, sigma, picture.shape)
    return np.clip(picture + grain, 0, 255).astype(np.uint8)


def inked(picture: Picture, ink: float, paper: float) -> Picture:
    """Black and white as the given grey levels."""
    return (ink + picture.astype(np.float32) * (paper - ink) / 255).astype(np.uint8)


def shaded(picture: Picture, rng: Generator, depth: float) -> Picture:
    """Under light that falls off along the line by up to `depth`."""
    start, end = 1 - rng.uniform(0, depth, 2)
    light = np.linspace(start, end, picture.shape[1], dtype=np.float32)
    return (picture * light).astype(np.uint8)


def compressed(picture: Picture, quality: int) -> Picture:
    """Through JPEG and back."""
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)


def thresholded(picture: Picture, level: float) -> Picture:
    """Black and white only."""
    return np.where(picture > level, 255, 0).astype(np.uint8)


def speckled(picture: Picture, rng: Generator, share: float) -> Picture:
    """With single pixels turned to black or white."""
    result = picture.copy()
    chance = rng.random(picture.shape)
    result[chance < share / 2] = 0
    result[chance > 1 - share / 2] = 255
    return result


def clean(picture: Picture, rng: Generator) -> Picture:
    """A grey scan from a good flatbed, slightly askew."""
    picture = inked(blurred(skewed(picture, rng.uniform(-0.25, 0.25)), 0.6), 30, 245)
    return noisy(picture, rng, 3)


def jpeg(picture: Picture, rng: Generator) -> Picture:
    """A compressed scan: askew, noisy, unevenly lit."""
    picture = inked(blurred(skewed(picture, rng.uniform(-0.4, 0.4)), 0.7), 50, 235)
    return compressed(noisy(shaded(picture, rng, 0.3), rng, 7), int(rng.integers(35, 60)))


def fax(picture: Picture, rng: Generator) -> Picture:
    """Black and white only, ragged and speckled."""
    picture = blurred(skewed(picture, rng.uniform(-0.3, 0.3)), 0.6)
    return speckled(thresholded(noisy(picture, rng, 18), rng.uniform(120, 165)), rng, 0.002)


def photo(picture: Picture, rng: Generator) -> Picture:
    """From a phone: soft, leaning, half in shadow, compressed."""
    picture = skewed(picture, rng.uniform(-0.5, 0.5), rng.uniform(-0.05, 0.05))
    picture = shaded(inked(blurred(picture, rng.uniform(0.9, 1.2)), 60, 225), rng, 0.45)
    return compressed(noisy(picture, rng, 5), 70)


LEVELS: dict[str, tuple[int, Callable[[Picture, Generator], Picture]]] = {
    "clean": (300, clean),
    "jpeg": (200, jpeg),
    "fax": (200, fax),
    "photo": (200, photo),
}
"""Damage levels of the benches: dots per inch at which the page is sampled, and what happens then."""
