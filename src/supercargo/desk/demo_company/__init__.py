"""The demonstration company's trade of three months, invented, and written in the real formats of its marketplaces and banks."""
