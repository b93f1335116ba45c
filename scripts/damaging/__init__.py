"""A labelled set of PDF pages, good ones and ones whose text layer is beyond repair, made from invented text."""
