"""The tables of the book, from the first version on."""
