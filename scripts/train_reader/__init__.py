"""Training of the line reader: texts, pictures, damage, network, training, export; see README.md."""
