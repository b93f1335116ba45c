"""pdfminer's interpreter, extended by the clipping path, which it leaves out: what lies outside is not painted.

Browsers print a line that has moved to the next page on both pages and clip the first.
"""

from __future__ import annotations

from typing import Any

from pdfminer.utils import apply_matrix_pt

from ita_extract.readers.pdf.interpreter import BoundedInterpreter

Clip = tuple[float, float, float, float]
"""x0, y0, x1, y1 of the box around the clipping path, in the device's points from the bottom left."""


class Interpreter(BoundedInterpreter):
    """Keeps `device.clip`, the box around what may be painted (None: everything), as the content goes on."""

    def init_state(self, ctm: Any) -> None:
        super().init_state(ctm)
        self._clips: list[Clip | None] = []

    def do_q(self) -> None:
        super().do_q()
        self._clips.append(self.device.clip)

    def do_Q(self) -> None:  # noqa: N802 (an operator's name)
        super().do_Q()
        if self._clips:
            self.device.clip = self._clips.pop()

    def do_W(self) -> None:  # noqa: N802
        super().do_W()
        self._intersect()

    def do_W_a(self) -> None:  # noqa: N802
        super().do_W_a()
        self._intersect()

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802
        before = self.device.clip
        super().do_Do(xobjid_arg)
        self.device.clip = before

    def _intersect(self) -> None:
        points = [
            apply_matrix_pt(self.ctm, (segment[at], segment[at + 1]))  # type: ignore[arg-type]
            for segment in self.curpath
            for at in range(1, len(segment) - 1, 2)
        ]
        if not points:
            return
        xs, ys = [point[0] for point in points], [point[1] for point in points]
        x0, y0, x1, y1 = self.device.clip or (min(xs), min(ys), max(xs), max(ys))
        self.device.clip = (max(x0, min(xs)), max(y0, min(ys)), min(x1, max(xs)), min(y1, max(ys)))


def is_outside(clip: Clip | None, box: tuple[float, float, float, float]) -> bool:
    """Whether a box has no part inside the clipping box."""
    if clip is None:
        return False
    return box[2] < clip[0] or box[0] > clip[2] or box[3] < clip[1] or box[1] > clip[3]
