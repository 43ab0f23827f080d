"""Our own simple sheets: what a company knows and no marketplace tells: suppliers' invoices, freight, customs, receipts, counts."""
