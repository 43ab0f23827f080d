"""What templates may say: words in the reader's language, amounts as text."""
