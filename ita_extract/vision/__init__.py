"""What a page image shows: straight pages, rulings, lines of text, marks."""
