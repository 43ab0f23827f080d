"""The company's own records: what came in, what is owed, what is kept; append-only, and each row knows its file."""
