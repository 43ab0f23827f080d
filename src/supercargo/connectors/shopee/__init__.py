"""Shopee: the orders export of the seller centre, in the languages of its countries."""
