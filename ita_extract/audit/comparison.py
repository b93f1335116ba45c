"""Several documents as the rules that compare them see them: one table per record type, to be asked with SQL.

The tables lie in a database file, so that memory stays flat however many documents there are.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from ita_extract.audit.database import connected, executed
from ita_extract.audit.likeness import Sketches
from ita_extract.audit.results import Side, Text2
from ita_extract.audit.rule import Option
from ita_extract.audit.wording import letters
from ita_extract.errors import ArchiveError
from ita_extract.export.duckdb_file import FILE, duckdb_database
from ita_extract.export.sheets import Row, Sink
from ita_extract.records import TABLES
from ita_extract.records.bundle import NOT_PER_DOCUMENT, Records
from ita_extract.thai.text import key

LEFT_OUT = frozenset({"blocks", "provenance", *NOT_PER_DOCUMENT})
"""Tables that stay empty: the whole text and its places, which are most of an archive, and what no document holds."""
_COMPARED = tuple(t.table.name for t in TABLES if t.table.name not in LEFT_OUT)
_BATCH = 2000
NAMELESS: Text2 = (
    "the agency of a document that may be the one missing is not known for certain",
    "ไม่ทราบแน่ชัดว่าเอกสารที่อาจเป็นฉบับที่ขาดเป็นของหน่วยงานใด",
)
REPORTS = ("result_report", "plan_and_result", "progress_report")
"""Types of documents that tell what became of a plan."""
_NAMED = 75
"""Similarity (0-100) from which a title may hold a name that OCR has misread."""
ALIKE = 0.85
"""Similarity of titles (Levenshtein's distance per letter) that makes them one; 0.6 where their numbers agree too."""
_TABLES = f"""
CREATE OR REPLACE MACRO is_one_item(alike, number, level, other_number, other_level) AS
  alike >= {ALIKE} OR (number = other_number AND level = other_level AND alike >= 0.6);
CREATE OR REPLACE MACRO is_of_whole_year(kind, round) AS
  coalesce(round IN ('12m', 'annual'), kind <> 'progress_report');
CREATE OR REPLACE MACRO fiscal_year(day) AS year(CAST(day AS DATE) + INTERVAL 3 MONTH) + 543;
CREATE OR REPLACE TABLE agency_documents AS
WITH known AS (
  SELECT *, key(agency) AS own_key FROM documents WHERE agency IS NOT NULL AND agency_basis IS DISTINCT FROM 'unknown'
), in_full AS (
  SELECT key(agency_abbr) AS short, min(own_key) AS long, min(agency) AS name FROM known
  WHERE agency_abbr IS NOT NULL AND key(agency_abbr) <> own_key GROUP BY short HAVING count(DISTINCT own_key) = 1
)
SELECT document_id, coalesce(long, own_key) AS agency_key, coalesce(name, agency) AS agency, doc_type, fiscal_year_be,
  reporting_round, title_raw, file_name
FROM known LEFT JOIN in_full ON short = own_key;
CREATE OR REPLACE TABLE plan_reports AS
WITH plans AS (
  SELECT *, count(*) OVER (PARTITION BY agency_key, fiscal_year_be) AS rivals FROM agency_documents
  WHERE doc_type = 'plan' AND fiscal_year_be IS NOT NULL
)
SELECT p.document_id AS plan, r.document_id AS report, r.doc_type, r.reporting_round, p.fiscal_year_be AS fy,
  is_of_whole_year(r.doc_type, r.reporting_round) AS is_final
FROM plans p JOIN agency_documents r ON r.agency_key = p.agency_key AND r.fiscal_year_be = p.fiscal_year_be
WHERE p.rivals = 1 AND r.doc_type IN {REPORTS};
CREATE OR REPLACE TABLE items AS
SELECT activity_id, document_id, number, level, parent_id, key(title) AS title_key FROM activities
WHERE title IS NOT NULL;
CREATE OR REPLACE TABLE reported_items AS
SELECT plan, report, fy, is_final, a.activity_id AS planned, b.activity_id AS reported,
  similarity(a.title_key, b.title_key) AS alike
FROM plan_reports JOIN items a ON a.document_id = plan JOIN items b ON b.document_id = report
WHERE is_one_item(alike, a.number, a.level, b.number, b.level)
QUALIFY row_number() OVER (PARTITION BY report, a.activity_id ORDER BY alike DESC, b.activity_id) = 1;
CREATE OR REPLACE TABLE strays AS
WITH scanned AS (SELECT DISTINCT document_id FROM pages WHERE origin = 'ocr'),
once AS (SELECT agency_key FROM agency_documents GROUP BY agency_key HAVING count(*) = 1)
SELECT d.doc_type, d.fiscal_year_be AS fy, concat_ws(' ', d.title_raw, d.agency) AS text
FROM documents d LEFT JOIN agency_documents a USING (document_id)
WHERE a.document_id IS NULL OR (
  d.document_id IN (SELECT document_id FROM scanned) AND a.agency_key IN (SELECT agency_key FROM once)
);
CREATE OR REPLACE TABLE own_scores AS
SELECT s.*, d.agency_key, d.fiscal_year_be AS document_year, d.doc_type
FROM ita_scores s JOIN agency_documents d ON d.document_id = s.document_id
WHERE s.score IS NOT NULL AND s.is_weighted IS DISTINCT FROM true AND s.measure IS NOT NULL
  AND s.fiscal_year_be IS NOT NULL AND (s.agency IS NULL OR key(s.agency) = d.agency_key);
"""


class Comparison:
    """All documents under audit. `options` are those of the rule that is running.

    Tables and columns are those of the contract; numbers are decimals. Besides there are the SQL function `key(text)`,
    which gives texts that a reader takes for the same the same value, and `agency_documents`: documents whose agency
    is known, with `agency_key` (an abbreviation alone counts for the only agency that has it);
    `plan_reports`, the only plan of an agency and year with each report on it;
    `reported_items`, what is planned with what is reported of it, by its title, or by its number and a similar title;
    `own_scores`, scores of the document's own agency; `texts` and `text_pairs`, documents with text in common (see
    `Sketches.load`). `similarity(one, two)` is 1 for equal texts, `is_one_item` says whether items whose titles are so
    alike are the same, `fiscal_year(day)` is that of a date (B.E.), `is_of_whole_year(type, round)` says
    whether a report is final.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.options: Mapping[str, Option] = {}

    def sql(self, query: str, *parameters: Any) -> Iterator[Row]:
        """The rows of a query as dictionaries, never many in memory; `?` stands for a parameter."""
        cursor = executed(self.connection.cursor(), query, *parameters)
        names = [column[0] for column in cursor.description or ()]
        while rows := cursor.fetchmany(_BATCH):
            for row in rows:
                yield dict(zip(names, row, strict=True))

    @cached_property
    def _strays(self) -> Sequence[tuple[str | None, int | None, str]]:
        return executed(self.connection.cursor(), "SELECT doc_type, fy, text FROM strays").fetchall()

    def is_perhaps_kept(self, agency: str, year: int, kinds: Collection[str]) -> bool:
        """Whether a document of one of the `kinds`, of an agency and fiscal year, may be in the archive under another
        name: one whose agency is not known, or was read by OCR and is that of no other document, and whose title or
        agency is nearly this name."""
        name = letters(agency)
        return any(
            kind in (*kinds, "other", None) and fy in (year, None) and fuzz.partial_ratio(name, letters(text)) >= _NAMED
            for kind, fy, text in self._strays
        )

    @staticmethod
    def side(row: Row, name: str, text: str | None = None) -> Side:
        """One side of a finding from the columns `<name>_document_id`, `_id`, `_where`, `_page`, `_confidence` and
        `_text` of a row; all but the first may be missing."""
        return Side(
            document_id=row[f"{name}_document_id"],
            text=(row.get(f"{name}_text") if text is None else text) or "",
            where=row.get(f"{name}_where"),
            page=row.get(f"{name}_page"),
            record_id=row.get(f"{name}_id"),
            confidence=row.get(f"{name}_confidence"),
        )


def columns(table: str, name: str, record_id: str, text: str) -> str:
    """The columns of a query that make side `name` of the records of `table` (its name or alias): the key of the
    record, and the expression that gives the text which matters."""
    taken = (("document_id", "document_id"), (record_id, "id"), ('"where"', "where"), ("page", "page"))
    columns = [f"{table}.{column} AS {name}_{part}" for column, part in (*taken, ("confidence", "confidence"))]
    return ", ".join([*columns, f"{text} AS {name}_text"])


@contextmanager
def comparison(documents: Iterable[Records]) -> Iterator[Comparison]:
    """Takes in documents, one in memory at a time, and opens them for being compared.

    Raises ArchiveError where there is no room for the tables.
    """
    with tempfile.TemporaryDirectory(prefix="ita-audit-") as name:
        folder = Path(name)
        sketches = Sketches(folder)
        with duckdb_database(folder) as sink:
            for records in documents:
                _add(sink, records)
                sketches.add(records)
        try:
            with connected(folder / FILE) as connection:
                connection.create_function("key", key, ["VARCHAR"], "VARCHAR")
                connection.create_function("similarity", _similarity, ["VARCHAR", "VARCHAR"], "DOUBLE")
                executed(connection, _TABLES)
                sketches.load(connection)
                yield Comparison(connection)
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
            remedy = "Make room in the folder for temporary files, or name another one in TMPDIR."
            raise ArchiveError(f"the documents cannot be compared: {error}", remedy=remedy) from error


def _add(sink: Sink, records: Records) -> None:
    for name in _COMPARED:
        if rows := records.rows(name):
            sink.write(name, rows, None)


def _similarity(one: str, two: str) -> float:
    """1 less Levenshtein's distance per letter of the longer text (DuckDB counts bytes, three to a Thai letter)."""
    return Levenshtein.normalized_similarity(one, two)
