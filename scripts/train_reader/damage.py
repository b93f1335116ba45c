"""What printing, scanning, faxing and photographing do to lines, for whole batches on the GPU.

In: clean drawings, ink 1 on paper 0. Out: pictures as `ita_extract.vision.type_size` hands them to recognisers: paper
made white, ink made black, cut and scaled by the height of the consonants.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

from train_reader.network import HEIGHT
from train_reader.pictures import ABOVE, CONSONANT

SEEN_ABOVE, SEEN_BELOW = 2.5, 0.8
"""Extent over and under the baseline that the network sees, in consonant heights."""
SCALE = HEIGHT / ((SEEN_ABOVE + SEEN_BELOW) * CONSONANT)
"""Pixels of the network's picture for one of the drawing."""
_QUANTISATION = torch.tensor(
    [[1.0 + (row + column) * 0.9 for column in range(8)] for row in range(8)]
)  # grows with frequency, as JPEG's tables do


def _chance(count: int, share: float, device: torch.device) -> Tensor:
    """1 for so many of the lines, by chance; shape (count, 1, 1, 1)."""
    return (torch.rand(count, 1, 1, 1, device=device) < share).float()


def _between(count: int, low: float, high: float, device: torch.device) -> Tensor:
    return torch.rand(count, 1, 1, 1, device=device) * (high - low) + low


def damaged(pictures: Tensor, *, clean: float) -> Tensor:
    """(count, ROWS, width) uint8 → (count, 1, HEIGHT, about SCALE × width, a multiple of 32) float.

    `clean` is the chance that the batch is damaged slightly only.
    """
    ink = pictures[:, None].float() / 255
    heavy = 0.3 if torch.rand(()).item() < clean else 1.0
    ink = _other_ink(_weighted(ink, heavy), heavy)
    ink = _bent(ink, heavy)
    seen = _flattened(_scanned(ink, heavy))
    return functional.pad(seen, (0, -seen.shape[3] % 32))


def _weighted(ink: Tensor, heavy: float) -> Tensor:
    """Thin or bold ink: strokes taken off or put on at their edges."""
    count, device = len(ink), ink.device
    amount = (torch.rand(count, 1, 1, 1, device=device) * 2 - 1) * heavy
    bold = functional.max_pool2d(ink, 3, 1, 1)
    thin = -functional.max_pool2d(-ink, 3, 1, 1)
    return torch.where(amount > 0, ink + (bold - ink) * amount, ink + (thin - ink) * (-0.5 * amount))


def _other_ink(ink: Tensor, heavy: float) -> Tensor:
    """Rests of rulings, underlines, strokes of a pen, stamps, print of the other side, rests of the lines around."""
    count, _, rows, width = ink.shape
    device = ink.device
    y = torch.arange(rows, device=device).view(1, 1, rows, 1)
    x = torch.arange(width, device=device).view(1, 1, 1, width)
    baseline = ABOVE * CONSONANT
    # Rulings above or below the letters, and underlines; some of them only part of the way.
    for share, low, high in ((0.05, 0, 8), (0.05, rows - 10, rows), (0.04, baseline + 3, baseline + 12)):
        where, thick = _between(count, low, high, device), _between(count, 0.5, 2.5, device)
        start, end = _between(count, -0.5, 0.9, device) * width, _between(count, 0.3, 1.5, device) * width
        line = ((y - where).abs() < thick) & (x > start) & (x < end)
        ink = torch.maximum(ink, line.float() * _chance(count, share * heavy, device) * _between(count, 0.3, 1, device))
    where, thick = _between(count, 0, 12, device), _between(count, 0.5, 2.5, device)
    line = (x - where).abs() < thick
    ink = torch.maximum(ink, line.float() * _chance(count, 0.04 * heavy, device))
    # A pen: a slow wave over or through the line.
    phase, length = _between(count, 0, 6.3, device), _between(count, 60, 500, device)
    wave = _between(count, 0, rows, device) + _between(count, 3, 40, device) * torch.sin(x / length * 6.3 + phase)
    stroke = ((y - wave).abs() < _between(count, 0.8, 1.8, device)).float() * _between(count, 0.2, 0.8, device)
    ink = torch.maximum(ink, stroke * _chance(count, 0.03 * heavy, device))
    # A stamp or a highlighter, lighter than ink.
    start, end = _between(count, -0.2, 0.8, device) * width, _between(count, 0.2, 1.3, device) * width
    tint = ((x > start) & (x < end)).float() * _between(count, 0.05, 0.3, device)
    ink = torch.maximum(ink, tint * _chance(count, 0.05 * heavy, device))
    # The other side of the paper, and parts of the letters above and below.
    other = ink.roll(1, 0)
    ink = torch.maximum(ink, other.flip(3) * _between(count, 0.05, 0.25, device) * _chance(count, 0.05 * heavy, device))
    rest = torch.zeros_like(ink)
    piece = rows // 8
    rest[:, :, :piece] = other[:, :, rows - 2 * piece : rows - piece]
    rest[:, :, rows - piece :] = other[:, :, piece : 2 * piece]
    return torch.maximum(ink, rest * _chance(count, 0.06 * heavy, device))


def _bent(ink: Tensor, heavy: float) -> Tensor:
    """Turned, leant, wavy, wider or narrower, and higher or lower than measured: cut to what the network sees."""
    count, _, rows, width = ink.shape
    device = ink.device
    seen_rows = round((SEEN_ABOVE + SEEN_BELOW) * CONSONANT)
    stretch = float(torch.empty(()).uniform_(0.85, 1.15)) if heavy == 1.0 else 1.0
    seen_width = round(width * stretch)
    grow = 1 + (torch.rand(count, 1, 1, device=device) * 2 - 1) * 0.08
    shift = torch.randn(count, 1, 1, device=device).clamp(-2, 2) * 0.05 * CONSONANT
    lean = torch.randn(count, 1, 1, device=device) * 0.04 + (torch.rand(count, 1, 1, device=device) < 0.06) * 0.22
    fall = torch.randn(count, 1, 1, device=device).clamp(-2, 2) * 0.05 * CONSONANT * heavy
    wave = torch.randn(count, 1, 1, device=device).clamp(-2, 2) * 0.04 * CONSONANT * heavy
    phase = torch.rand(count, 1, 1, device=device) * 6.3
    v = torch.arange(seen_rows, device=device).view(1, seen_rows, 1) - SEEN_ABOVE * CONSONANT
    u = torch.arange(seen_width, device=device).view(1, 1, seen_width) / stretch
    along = u / width * 2 - 1
    y = ABOVE * CONSONANT + v * grow + shift + fall * along + wave * torch.sin(along * 6.3 + phase)
    x = u + lean * v
    grid = torch.stack(torch.broadcast_tensors(2 * x / (width - 1) - 1, 2 * y / (rows - 1) - 1), dim=-1)
    return functional.grid_sample(ink, grid.to(ink.dtype), mode="bilinear", padding_mode="zeros", align_corners=True)


def _blurred(ink: Tensor, sigma: Tensor) -> Tensor:
    """Out of focus, each line by its own `sigma` (pixels)."""
    count = len(ink)
    reach = torch.arange(-4, 5, device=ink.device).view(1, 9)
    kernel = torch.exp(-(reach**2) / (2 * sigma.view(count, 1) ** 2))
    kernel = kernel / kernel.sum(1, keepdim=True)
    turned = ink.transpose(0, 1)
    turned = functional.conv2d(turned, kernel.view(count, 1, 9, 1), padding=(4, 0), groups=count)
    turned = functional.conv2d(turned, kernel.view(count, 1, 1, 9), padding=(0, 4), groups=count)
    return turned.transpose(0, 1)


def _scanned(ink: Tensor, heavy: float) -> Tensor:
    """Sampled at the resolution of a scan, with its noise, threshold or compression, and scaled to the network's."""
    count, _, rows, width = ink.shape
    device = ink.device
    # Consonants of 8.5 to 24 pixels: 10 to 20 points at 150 to 300 dots per inch.
    consonant = math.exp(float(torch.empty(()).uniform_(math.log(11 if heavy < 1 else 8.5), math.log(24))))
    scale = consonant / CONSONANT
    ink = _blurred(ink, _between(count, 0.3, 1.0 + 0.7 * heavy, device) / max(scale, 0.5) * 0.8)
    size = (max(16, round(rows * scale)), max(16, round(width * scale)))
    ink = functional.interpolate(ink, size=size, mode="bilinear", antialias=True, align_corners=False)
    dark, light = _between(count, 0.0, 0.3, device), _between(count, 0.75, 1.0, device)
    gray = light - ink * (light - dark)
    slope = (torch.rand(count, 1, 1, 1, device=device) * 2 - 1) * 0.25 * heavy
    lamp = 1 - slope * torch.linspace(-1, 1, size[1], device=device).view(1, 1, 1, -1)
    gray = gray * lamp
    grain = torch.randn_like(gray)
    coarse = functional.avg_pool2d(torch.randn_like(gray), 3, 1, 1) * 2
    coarse = torch.where(_chance(count, 0.5, device) > 0, grain, coarse)
    gray = gray + coarse * _between(count, 0, 0.09 * heavy, device) * (light - dark)
    compressed = _compressed(gray, _between(count, 0.004, 0.03, device))
    gray = torch.where(_chance(count, 0.4 * heavy, device) > 0, compressed, gray)
    middle = (dark + light) / 2 + (light - dark) * _between(count, -0.14, 0.18, device)
    fax = (gray > middle * lamp).float()
    specks = torch.rand_like(gray)
    fax = torch.where(specks < 0.001 * heavy, torch.zeros_like(fax), torch.where(specks > 1 - 0.001, 1.0, fax))
    gray = torch.where(_chance(count, 0.25 * heavy, device) > 0, fax, gray)
    target = (HEIGHT, max(16, round(width * SCALE)))
    return functional.interpolate(gray, size=target, mode="bicubic", antialias=True, align_corners=False)


def _compressed(gray: Tensor, strength: Tensor) -> Tensor:
    """Through JPEG's blocks: their cosine transform rounded, coarser in high frequencies."""
    count, _, rows, width = gray.shape
    padded = functional.pad(gray, (0, -width % 8, 0, -rows % 8), mode="replicate")
    high, wide = padded.shape[2] // 8, padded.shape[3] // 8
    blocks = padded.view(count, high, 8, wide, 8).permute(0, 1, 3, 2, 4)
    k = torch.arange(8, device=gray.device)
    cosines = torch.cos((2 * k[None] + 1) * k[:, None] * math.pi / 16) * 0.5
    cosines[0] = math.sqrt(1 / 8)
    cosines = cosines.to(gray.dtype)
    steps = strength.view(count, 1, 1, 1, 1) * _QUANTISATION.to(gray)
    rounded = torch.round(cosines @ blocks @ cosines.T / steps) * steps
    back = (cosines.T @ rounded @ cosines).permute(0, 1, 3, 2, 4).reshape(count, 1, high * 8, wide * 8)
    return back[:, :, :rows, :width]


def _flattened(gray: Tensor) -> Tensor:
    """Paper 0 and ink 1, as far as levels can do it (see `flattened` of the package)."""
    count = len(gray)
    spread = functional.avg_pool2d(functional.max_pool2d(gray, 7, 1, 3), (15, 15), 1, 7, count_include_pad=False)
    even = gray / spread.clamp(min=0.05)
    flat = even.view(count, -1)
    sample = flat[:, :: max(1, flat.shape[1] // 4096)]
    dark = torch.quantile(sample, 0.015, dim=1).view(count, 1, 1, 1)
    light = torch.quantile(sample, 0.70, dim=1).view(count, 1, 1, 1)
    return 1 - ((even - dark) / (light - dark).clamp(min=0.15)).clamp(0, 1)
