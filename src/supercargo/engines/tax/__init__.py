"""Tax: what VAT, GST or sales tax a sale owes and who collects it."""
