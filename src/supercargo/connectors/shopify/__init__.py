"""Shopify: the export of orders and the export of Shopify Payments' transactions."""
