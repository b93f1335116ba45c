"""PDF pages made in tests: Thai text by a ToUnicode map (no font file), lines, fills, curves, form fields."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

HEIGHT, WIDTH = 595, 842
ADVANCE = 0.5
"""Every glyph is half an em wide."""


class Drawing:
    """A landscape A4 page; coordinates in points from the top left corner."""

    def __init__(self) -> None:
        self.pdf = pikepdf.new()
        self.commands: list[str] = []
        self.codes: dict[str, int] = {}
        self.fields: list[Dictionary] = []

    def text(self, x: float, y: float, text: str, size: float = 10, font: str = "Thai") -> None:
        """Text with its baseline at `y`; in a symbol font its characters are codes as they are."""
        if font == "Thai":
            codes = [self.codes.setdefault(char, 33 + len(self.codes)) for char in text]
            assert max(codes) < 256, "too many different characters on one page"
        else:
            codes = [ord(char) for char in text]
        hexed = "".join(f"{code:02x}" for code in codes)
        self.commands.append(f"BT /{font} {size} Tf 1 0 0 1 {x} {HEIGHT - y} Tm <{hexed}> Tj ET")

    def line(self, *points: tuple[float, float], width: float = 1, dash: str = "") -> None:
        """A stroke through points."""
        path = " ".join(f"{x} {HEIGHT - y} {'m' if n == 0 else 'l'}" for n, (x, y) in enumerate(points))
        self.commands.append(f"q {dash} {width} w {path} S Q")

    def polygon(self, *points: tuple[float, float], grey: float = 0) -> None:
        """A filled polygon."""
        path = " ".join(f"{x} {HEIGHT - y} {'m' if n == 0 else 'l'}" for n, (x, y) in enumerate(points))
        self.commands.append(f"q {grey} g {path} h f Q")

    def rect(self, x: float, y: float, width: float, height: float, *, fill: str = "", stroke: bool = True) -> None:
        """A rectangle from its top left corner; `fill` is a colour operator such as `0.8 g`."""
        paint = ("B" if stroke else "f") if fill else "S"
        self.commands.append(f"q {fill} 0.7 w {x} {HEIGHT - y - height} {width} {height} re {paint} Q")

    def ellipse(self, x: float, y: float, rx: float, ry: float, *, filled: bool = False) -> None:
        """An ellipse around its middle."""
        k, y = 0.5523, HEIGHT - y
        curves = [(1, k, k, 1, 0, 1), (-k, 1, -1, k, -1, 0), (-1, -k, -k, -1, 0, -1), (k, -1, 1, -k, 1, 0)]
        path = f"{x + rx} {y} m " + " ".join(
            " ".join(str(round((x + v * rx) if n % 2 == 0 else (y + v * ry), 3)) for n, v in enumerate(c)) + " c"
            for c in curves
        )
        self.commands.append(f"q {path} h {'f' if filled else 'S'} Q")

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """A fully ruled grid."""
        for x in xs:
            self.line((x, ys[0]), (x, ys[-1]), width=0.7)
        for y in ys:
            self.line((xs[0], y), (xs[-1], y), width=0.7)

    def field(self, x: float, y: float, width: float, height: float, **entries: object) -> None:
        """A widget of an interactive form."""
        rect = Array([x, HEIGHT - y - height, x + width, HEIGHT - y])
        widget = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=rect, F=4)
        for key, value in entries.items():
            widget[f"/{key}"] = value
        self.fields.append(self.pdf.make_indirect(widget))

    def note(self, **entries: object) -> None:
        """An annotation of another kind."""
        note = Dictionary(Type=Name.Annot, F=4)
        for key, value in entries.items():
            note[f"/{key}"] = value
        self.fields.append(self.pdf.make_indirect(note))

    def end_page(self) -> None:
        """Finishes the page; drawing goes on on a new one."""
        fonts = Dictionary(Thai=self._font("Invented", self._to_unicode()))
        for char, code in self.codes.items():
            if unicodedata.category(char) == "Mn":
                fonts.Thai.Widths[code] = 0
        for name in ("ZapfDingbats", "Wingdings", "Wingdings2"):
            fonts[f"/{name}"] = self._font(name, None)
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, WIDTH, HEIGHT]),
            Resources=Dictionary(Font=fonts),
            Contents=Stream(self.pdf, "\n".join(self.commands).encode("ascii")),
            Annots=Array(self.fields),
        )
        self.pdf.pages.append(pikepdf.Page(self.pdf.make_indirect(page)))
        widgets = [field for field in self.fields if field.Subtype == Name.Widget]
        if widgets:
            form = self.pdf.Root.get("/AcroForm") or Dictionary(Fields=Array())
            form.Fields.extend(widgets)
            self.pdf.Root.AcroForm = form
        self.commands, self.fields = [], []

    def _font(self, name: str, to_unicode: Stream | None) -> Dictionary:
        widths = Array([int(1000 * ADVANCE)] * 256)
        font = Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name(f"/{name}"), FirstChar=0, LastChar=255, Widths=widths,
            FontDescriptor=Dictionary(
                Type=Name.FontDescriptor, FontName=Name(f"/{name}"), Flags=4, FontBBox=Array([0, -200, 1000, 900]),
                ItalicAngle=0, Ascent=900, Descent=-200, CapHeight=700, StemV=80,
            ),
        )  # fmt: skip
        if to_unicode is not None:
            font.ToUnicode = to_unicode
        else:
            font.Encoding = Name.WinAnsiEncoding
        return font

    def _to_unicode(self) -> Stream:
        lines = "\n".join(f"<{code:02x}> <{ord(char):04x}>" for char, code in self.codes.items())
        cmap = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def\n"
            f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(self.codes)} beginbfchar\n{lines}\nendbfchar\n"
            "endcmap end end"
        )
        return Stream(self.pdf, cmap.encode("ascii"))

    def data(self) -> bytes:
        """The file."""
        if self.commands or self.fields:
            self.end_page()
        out = BytesIO()
        self.pdf.save(out, deterministic_id=True)
        return out.getvalue()


MONTHS = ["ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย."]


class Plan(Drawing):
    """A plan with twelve month columns; `cell(row, month)` gives the box of a month cell of an activity."""

    LEFT, TOP, ROW, NAME, MONTH = 40, 90, 26, 200, 30

    def __init__(self, activities: Sequence[str], heads: Sequence[str] = MONTHS, tinted_head: bool = False) -> None:
        super().__init__()
        self.heads = heads
        self.text(60, 50, "แผนปรับปรุงผลการประเมินคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2567", 14)
        self.width = self.MONTH * 12 / len(heads)
        self.xs: list[float] = [self.LEFT, self.LEFT + 30, self.LEFT + 30 + self.NAME]
        self.xs += [self.xs[-1] + self.width * (n + 1) for n in range(len(heads))]
        self.ys: list[float] = [self.TOP + self.ROW * n for n in range(len(activities) + 2)]
        if tinted_head:
            self.rect(self.xs[0], self.ys[0], self.xs[-1] - self.xs[0], self.ROW, fill="0.85 g", stroke=False)
        self.head()
        for number, activity in enumerate(activities, 1):
            self.text(self.xs[0] + 10, self.ys[number] + 16, str(number))
            self.text(self.xs[1] + 4, self.ys[number] + 16, activity)
        self.grid(self.xs, self.ys)

    def head(self) -> None:
        """The heading row."""
        self.text(self.xs[0] + 2, self.ys[0] + 16, "ลำดับ", 9)
        self.text(self.xs[1] + 50, self.ys[0] + 16, "กิจกรรม")
        for number, month in enumerate(self.heads):
            self.text(self.xs[2 + number] + 3, self.ys[0] + 16, month, 9)

    def cell(self, row: int, month: int) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of the cell of activity `row` (from 1) in month `month` (1 = Oct)."""
        return self.xs[1 + month], self.ys[row], self.xs[2 + month], self.ys[row + 1]
