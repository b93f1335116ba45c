"""Document → outline: which part is what, before anything is understood."""
