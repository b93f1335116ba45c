"""What all record types share: the column declaration, the common tail, and what is derived from a declaration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

Text = str | None
Int = int | None
Num = Decimal | None
Flag = bool | None
Basis = Literal["stated", "derived", "inferred"]

TAIL = ("page", "where", "source_text", "basis", "confidence")


def col(th: str, en: str, *, ref: str | None = None) -> msgspec.Meta:
    """Declares a column: its Thai title, its English description and, for keys, the table it points to."""
    return msgspec.Meta(title=th, description=en, extra={"ref": ref} if ref else None)


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """A row of any table."""

    table: ClassVar[TableInfo]


class OfDocument(Record, frozen=True, kw_only=True):
    """A row that belongs to one document."""

    document_id: Annotated[str, col("รหัสเอกสาร", "First 16 hex digits of the file's SHA-256", ref="documents")] = ""


class Located(OfDocument, frozen=True, kw_only=True):
    """A row that was read somewhere in a document: the common tail of SCHEMA rule 7."""

    page: Annotated[Int, col("หน้า", "Page of the primary source")] = None
    where: Annotated[Text, col("ตำแหน่ง", "Pointer p<page>/b<block>:<start>-<end> to the verbatim text")] = None
    source_text: Annotated[Text, col("ข้อความต้นฉบับ", "The verbatim text behind the pointer")] = None
    basis: Annotated[Basis, col("ฐานของค่า", "Printed, computed by a fixed rule, or a reader's judgement")] = "stated"
    confidence: Annotated[Num, col("ความเชื่อมั่น", "Measured (OCR) 0-1, or empty; never invented")] = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column as every schema, header and document page shows it."""

    name: str
    kind: Literal["string", "integer", "number", "boolean", "date", "time"]
    title_th: str
    description: str
    enum: tuple[str, ...] = ()
    required: bool = False
    references: str | None = None


@dataclass(frozen=True, slots=True)
class TableInfo:
    """One table: its name, its id letters, titles, primary key and columns in order."""

    name: str
    letters: str
    title_th: str
    title_en: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


R = TypeVar("R", bound=Record)


def table(name: str, letters: str, title_th: str, title_en: str, key: tuple[str, ...]) -> Callable[[type[R]], type[R]]:
    """Class decorator that gives a record type its table."""

    def attach(record_type: type[R]) -> type[R]:
        record_type.table = TableInfo(name, letters, title_th, title_en, key, _columns(record_type, key))
        return record_type

    return attach


def _columns(record_type: type[Record], key: tuple[str, ...]) -> tuple[Column, ...]:
    hints = get_type_hints(record_type, include_extras=True)
    names = [name for name in record_type.__struct_fields__ if name not in TAIL]
    names.sort(key=lambda name: name != "document_id")
    names += [name for name in TAIL if name in record_type.__struct_fields__]
    return tuple(_column(name, hints[name], required=name in key) for name in names)


def _column(name: str, hint: Any, *, required: bool) -> Column:
    inner, meta = get_args(hint)[:2]
    options = (
        [option for option in get_args(inner) if option is not NoneType]
        if get_origin(inner) in (Union, UnionType)
        else [inner]
    )
    enum: tuple[str, ...] = ()
    if get_origin(options[0]) is Literal:
        enum = get_args(options[0])
    kind = "string" if enum else _KINDS[options[0]]
    return Column(
        name=name,
        kind=kind,
        title_th=meta.title or name,
        description=meta.description or "",
        enum=enum,
        required=required,
        references=(meta.extra or {}).get("ref"),
    )


_KINDS: dict[type, Literal["string", "integer", "number", "boolean"]] = {
    str: "string",
    int: "integer",
    Decimal: "number",
    bool: "boolean",
}
