"""What every file becomes: plain tables of the trade's own nouns, one schema each, whatever the source."""
