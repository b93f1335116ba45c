"""The rules, one file per family. `ita_extract.audit.registry` lists them all."""
