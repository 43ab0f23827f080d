"""What a user does: one function for each thing, each giving an answer that four views can show."""
