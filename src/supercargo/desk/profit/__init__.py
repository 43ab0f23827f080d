"""Profit of the company: by country, channel, product, brand, month, currency; every number down to file and row."""
