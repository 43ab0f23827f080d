"""Amazon's reports: settlements, orders, stock, traffic, VAT, reimbursements, returns and the ledger of the warehouse."""
