"""Quantities that explain themselves, and the words, findings and units around them."""
