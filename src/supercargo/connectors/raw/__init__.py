"""Any file of rows as one table of text, quickly: what stands where, in which encoding, nothing interpreted."""
