"""Typed errors. Each one names its remedy; the command line turns it into a line for a person and an exit code."""

from __future__ import annotations


class ItaError(Exception):
    """Base of all errors that this package raises on purpose.

    `remedy` says in plain English what the user can do; `code` is a stable word for `runs.jsonl`.
    """

    code = "error"
    default_remedy = "Run `ita-extract doctor`, and report the file if the problem stays."

    def __init__(self, message: str, *, remedy: str | None = None) -> None:
        super().__init__(message)
        self.remedy = remedy or self.default_remedy


class ThaiParseError(ItaError, ValueError):
    """A string is not what the parser was asked for (no date, no number, …)."""

    code = "not_parsable"
    default_remedy = "Keep the verbatim text; leave the normalised value empty."


class InputError(ItaError):
    """The input cannot be read. Subclasses say why."""

    code = "input"


class UnsupportedInputError(InputError):
    """Nothing here reads this kind of file."""

    code = "unsupported"
    default_remedy = (
        "Give text (.txt, .md), a web page (.html), a PDF, .docx or .xlsx; convert other files to one of these first."
    )


class EmptyInputError(InputError):
    """The file holds no text at all."""

    code = "empty"
    default_remedy = "Check that the file was copied completely; download it again from its source."


class NotTextError(InputError):
    """The file is named like text but holds binary data."""

    code = "binary"
    default_remedy = "Give the file its right extension, or convert it to text."


class EncodingError(InputError):
    """No Thai or Unicode encoding fits the bytes."""

    code = "encoding"
    default_remedy = "Save the file as UTF-8, TIS-620 or windows-874 and try again."


class EncryptedError(InputError):
    """The file is locked with a password."""

    code = "encrypted"
    default_remedy = "Save a copy without the password, and give that."


class DamagedError(InputError):
    """The file's structure is broken beyond what its reader can repair."""

    code = "damaged"
    default_remedy = "Download the file again, or open it in a PDF viewer and save it as a new file."


class TooLargeError(InputError):
    """The input is over the limit that protects the run."""

    code = "too_large"
    default_remedy = "Split the file, or raise the limit with --max-bytes."


class TimeLimitError(ItaError):
    """Extraction of one file took longer than --timeout."""

    code = "timeout"
    default_remedy = "Run the file alone with a longer --timeout."


class MemoryLimitError(ItaError):
    """Extraction of one file took more memory than --max-memory."""

    code = "memory"
    default_remedy = "Run the file alone with a larger --max-memory (MiB)."


class CrashError(ItaError):
    """The process that read a file died."""

    code = "crashed"
    default_remedy = "Open the file in its own program and save it anew; report it if it crashes again."


class WorkerError(ItaError):
    """No process that reads files can be started, or the cluster that runs them is gone."""

    code = "worker"
    default_remedy = "Run `ita-extract doctor`; what is finished is kept, so run the same command again to go on."


class MissingPackageError(ItaError):
    """A feature needs a package that is not installed."""

    code = "missing_package"

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(
            f"{feature} needs a package that is not installed.", remedy=f"pip install 'ita-extract[{extra}]'"
        )


class PointerError(ItaError):
    """A `where` pointer leads nowhere in this archive."""

    code = "pointer"
    default_remedy = "Copy `document_id` and `where` from the same row, as DOCUMENT_ID/p1/b2:0-9."


class PageNumberError(ItaError):
    """A page was asked for that the file does not have."""

    code = "page_number"
    default_remedy = "Write `ita-extract show --page FILE NUMBER`; pages count from 1."


class FilterError(ItaError):
    """A --where condition cannot be understood."""

    code = "filter"
    default_remedy = (
        'Write COLUMN OPERATOR VALUE with a column of documents.csv: --where "fiscal_year_be=2564"; the operators are '
        "= != < <= > >= and ~ (contains)."
    )


class LexiconError(ItaError):
    """A vocabulary file is missing or malformed."""

    code = "lexicon"
    default_remedy = "Reinstall the package; if you edited a lexicon file, run `pytest tests/test_lexicon.py`."


class ArchiveError(ItaError):
    """The output folder cannot be read or written as an archive."""

    code = "archive"
    default_remedy = "Choose another folder with -o, or check free space and permissions."


class SettingsError(ItaError):
    """What an audit is told cannot be followed: an unknown rule, a setting or a verdict that is none."""

    code = "settings"
    default_remedy = "See `ita-extract explain` for the rules and their settings."


class OcrError(ItaError):
    """The OCR engine failed on a page."""

    code = "ocr"
    default_remedy = (
        "Run `tesseract --version` to see whether it works; run the file alone, and report it if it still fails."
    )


class OcrMissingError(OcrError):
    """The OCR engine, or its Thai model, is not installed."""

    code = "ocr_missing"
    default_remedy = (
        "Install it: apt-get install tesseract-ocr tesseract-ocr-tha tesseract-ocr-eng "
        "(macOS: brew install tesseract tesseract-lang)."
    )
