"""Mercado Libre: the sales report of its countries, in Spanish and Portuguese."""
