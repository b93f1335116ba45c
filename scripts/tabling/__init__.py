"""Tables of known structure, drawn into PDFs in the ways offices draw them, and a published metric to read by."""
