"""What scripts/bench.py measures, one question per file."""
