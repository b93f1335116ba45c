"""Many inputs into one archive:

found, extracted each in a process of its own, resumed by content and version, each outcome written down at once.
"""

from __future__ import annotations

from ita_extract.batch.inputs import find_inputs
from ita_extract.batch.run import Run, run
from ita_extract.batch.settings import Outcome, Settings, Status

__all__ = ["Outcome", "Run", "Settings", "Status", "find_inputs", "run"]
