"""The line reader's network: a picture of a line to scores of characters, two frames for every four columns."""

from __future__ import annotations

from torch import Tensor, nn

HEIGHT = 48
"""Rows of the picture that the network sees."""
COLUMNS_PER_FRAME = 2
_DILATIONS = (1, 2, 4, 1, 2, 4)


def _convolution(inputs: int, outputs: int, kernel: tuple[int, int], stride: tuple[int, int]) -> nn.Sequential:
    padding = (kernel[0] // 2 if kernel[0] % 2 else 0, kernel[1] // 2)
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
    )


class Block(nn.Module):
    """A depth-wise convolution, then two that mix channels, added to the input (after Liu and others 2022)."""

    def __init__(self, channels: int, kernel: tuple[int, int], dilation: int = 1) -> None:
        super().__init__()
        padding = (kernel[0] // 2, dilation * (kernel[1] // 2))
        self.layers = nn.Sequential(
            nn.Conv2d(channels, channels, kernel, 1, padding, (1, dilation), groups=channels, bias=False),
            nn.BatchNorm2d(channels),
            nn.Conv2d(channels, 2 * channels, 1, bias=False),
            nn.BatchNorm2d(2 * channels),
            nn.ReLU(inplace=True),
            nn.Conv2d(2 * channels, channels, 1, bias=False),
            nn.BatchNorm2d(channels),
        )

    def forward(self, x: Tensor) -> Tensor:
        """Same shape."""
        return x + self.layers(x)


class LineNetwork(nn.Module):
    """(batch, 1, HEIGHT, width) with ink 1 on paper 0 → (batch, width / 2, signs), scores before softmax."""

    def __init__(self, signs: int, width: int = 208) -> None:
        super().__init__()
        self.signs = signs
        self.eyes = nn.Sequential(
            _convolution(1, 24, (3, 3), (2, 2)),
            _convolution(24, 56, (3, 3), (2, 2)),
            Block(56, (5, 5)),
            Block(56, (5, 5)),
            _convolution(56, 88, (2, 1), (2, 1)),
            Block(88, (5, 5)),
            Block(88, (5, 5)),
            _convolution(88, width, (HEIGHT // 8, 1), (HEIGHT // 8, 1)),
        )
        self.context = nn.Sequential(*(Block(width, (1, 9), dilation) for dilation in _DILATIONS))
        self.drop = nn.Dropout(0.1)
        self.head = nn.Conv2d(width, 2 * signs, 1)

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        scores = self.head(self.drop(self.context(self.eyes(x))))
        batch, _, _, frames = scores.shape
        return scores.view(batch, 2, self.signs, frames).permute(0, 3, 1, 2).reshape(batch, 2 * frames, self.signs)
