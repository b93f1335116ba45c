"""Printing with headless Chromium."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--no-pdf-header-footer",
)  # fmt: skip


def find() -> str | None:
    """The browser's command, None where there is none."""
    return next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )


def print_html(html: str, target: Path) -> None:
    """Writes the page as a PDF. Raises RuntimeError where no browser is installed or it fails."""
    command = find()
    if command is None:
        raise RuntimeError("no Chromium is installed")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        page.write_text(html, encoding="utf-8")
        flags = [*FLAGS, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}"]
        done = subprocess.run([command, *flags, str(page)], capture_output=True, text=True, check=False, timeout=120)
    if not target.is_file():
        raise RuntimeError(f"{command} wrote no PDF: {done.stderr[-300:]}")
