"""What the company's records say: settled, owed, earned, kept."""
