"""Training of the digit reader (`ita_extract/vision/digits.py`)."""
