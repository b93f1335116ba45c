"""The commands of `ita-extract`: each module adds its own to the parser. Heavy parts are imported by what runs."""
