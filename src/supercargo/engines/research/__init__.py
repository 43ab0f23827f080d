"""Research: which markets are worth selling to."""
