"""eBay: the transaction report of its payments, and the orders report."""
