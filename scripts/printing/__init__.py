"""Prints a sample's document to PDF the way offices do: web browser, word processor, old Thai fonts."""
