"""Supercargo (大班): where to sell abroad, at what price, by which route; right to the cent, every number explained."""
