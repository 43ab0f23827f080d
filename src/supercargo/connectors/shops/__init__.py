"""What the connectors of shops and payment houses share: one row with several amounts, payouts, shares, and writing."""
