"""How much text documents have in common: a sample of each text's shingles, compared in the database.

A shingle is some letters in a row. Of all shingles of a text those are kept whose hash is small, one in `SCALE`: the
same shingles are kept of every text, so the share of kept ones that two texts have in common estimates the share of
all (FracMinHash, Irber and others 2022, after Broder's MinHash 1997). Shingles of many agencies, or of many documents,
are a form's: they say nothing about who copied from whom, and are left out.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt

from ita_extract.audit.database import executed
from ita_extract.records.bundle import Records
from ita_extract.thai.text import toneless

SHINGLE = 20
"""Letters; four or five words. A copy with one wrong letter in a hundred keeps four shingles of five."""
SCALE = 16
"""One shingle in so many is kept."""
FEWEST = 16
"""Kept shingles that two texts must share to be compared: three or four lines."""
_AGENCIES = 3
"""A shingle of more agencies is a form's."""
_DOCUMENTS = 16
"""So is one of more documents."""
_NOT_READ = ("blank", "repeat", "furniture")
_LOADED = {
    "texts": {"document": "UINTEGER", "document_id": "VARCHAR", "text_hash": "VARCHAR"},
    "sketches": {"document": "UINTEGER", "hash": "UBIGINT"},
}
_TABLES = f"""
CREATE OR REPLACE TABLE counted AS
WITH told AS (
  SELECT s.hash, d.agency_key, count(*) AS documents FROM sketches s
  JOIN texts t USING (document) LEFT JOIN agency_documents d USING (document_id) GROUP BY ALL
)
SELECT hash, sum(documents) AS documents FROM told
GROUP BY hash HAVING count(agency_key) <= {_AGENCIES} AND sum(documents) <= {_DOCUMENTS};
CREATE OR REPLACE TABLE own_texts AS
SELECT s.document, count(*) AS shingles FROM sketches s JOIN counted USING (hash) GROUP BY s.document;
CREATE OR REPLACE TABLE text_pairs AS
WITH shared AS (
  SELECT a.document AS one, b.document AS two, count(*) AS shingles
  FROM counted c JOIN sketches a ON a.hash = c.hash JOIN sketches b ON b.hash = c.hash AND b.document > a.document
  WHERE c.documents > 1 GROUP BY ALL HAVING count(*) >= {FEWEST}
)
SELECT first.document_id AS one, second.document_id AS two, s.shingles / a.shingles AS of_one,
  s.shingles / b.shingles AS of_two, 2 * s.shingles / (a.shingles + b.shingles) AS alike
FROM shared s JOIN own_texts a ON a.document = s.one JOIN own_texts b ON b.document = s.two
  JOIN texts first ON first.document = s.one JOIN texts second ON second.document = s.two;
DROP TABLE counted; DROP TABLE own_texts; DROP TABLE sketches;
"""


def sketch(letters: str) -> npt.NDArray[np.uint64]:
    """The kept shingles of a text as hashes, each once; none of a text shorter than a shingle."""
    codes = np.frombuffer(letters.encode("utf-32-le"), np.uint32).astype(np.uint64)
    count = len(codes) - SHINGLE + 1
    if count < 1:
        return np.empty(0, np.uint64)
    hashes = np.zeros(count, np.uint64)
    for at in range(SHINGLE):
        hashes = hashes * np.uint64(1_000_003) + codes[at : at + count]
    # The finaliser of SplitMix64 (Steele, Lea and Flood 2014): near sums become hashes that are far apart.
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    hashes ^= hashes >> np.uint64(31)
    return np.unique(hashes[hashes < np.uint64(2**64 // SCALE)])


class Sketches:
    """The sketches of the documents that are added, kept in files until the database is there."""

    def __init__(self, folder: Path) -> None:
        self._paths = folder / "texts", folder / "sketches"
        self._texts, self._sketches = (path.open("wb") for path in self._paths)
        self._count = 0

    def add(self, records: Records) -> None:
        """Takes in the text of a document, each part that several renderings repeat once."""
        parts = (b["text_raw"] for b in records.rows("blocks") if b["usage"] not in _NOT_READ and b["text_raw"])
        letters = "".join(map(toneless, parts))
        self._sketches.writelines(f"{self._count},{kept}\n".encode() for kept in sketch(letters).tolist())
        digest = hashlib.blake2b(letters.encode(), digest_size=12).hexdigest() if len(letters) >= SHINGLE else ""
        self._texts.write(f"{self._count},{records.document_id},{digest}\n".encode())
        self._count += 1

    def load(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Makes the tables `texts` (the document's id, and a hash of its text) and `text_pairs`: documents with text
        in common, its share `of_one`, `of_two` and of both (`alike`, Dice's coefficient), boilerplate left out.

        Needs `agency_documents`.
        """
        self._texts.close()
        self._sketches.close()
        for (table, columns), path in zip(_LOADED.items(), self._paths, strict=True):
            connection.execute(
                f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})"
            )
            rows = f"read_csv(?, header = false, auto_detect = false, columns = {columns})"
            connection.execute(f"INSERT INTO {table} FROM {rows}", [str(path)])
        executed(connection, _TABLES)
