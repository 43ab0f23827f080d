"""Foreign files and services: read into records and findings, and written back."""
