"""What a bank says about an account: MT940 and CAMT statements, balances that must tie, one line per booked entry."""
