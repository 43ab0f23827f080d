"""The page in a browser: it asks the desk and shows the answer; it computes nothing."""
