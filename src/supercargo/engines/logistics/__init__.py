"""Logistics: weight that is billed, carriers, ways of fulfilment, carbon."""
