"""Lines of Thai print as pictures: fonts, invented sentences, drawing with known places, damage of scanning."""
