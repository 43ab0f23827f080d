"""Pricing: landed cost, unit economics, the price that meets a margin."""
