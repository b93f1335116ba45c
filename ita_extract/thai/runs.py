from ita_extract.model import Run

__all__ = ["Run"]
