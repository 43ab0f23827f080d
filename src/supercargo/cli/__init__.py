"""The command line: it reads what a person asks, calls the desk, and shows the answer. No arithmetic."""
