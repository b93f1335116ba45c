"""The audit: does a document agree with itself, with its report, with last year, with the others?

A rule (`rules/`, listed in `registry.py`) looks at records and answers pass, fail or not checkable. A fail becomes a
finding: a question with both sides' verbatim evidence, never a verdict.
"""
