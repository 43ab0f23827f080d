"""Lazada: the orders export of the seller centre."""
