"""Stripe: the itemised balance reports (CSV) and balance transactions of the interface (JSON)."""
