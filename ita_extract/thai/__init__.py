"""The Thai kernel: pure functions on text (repair, keys, dates, numbers, money, names, organisations, tokens)."""
