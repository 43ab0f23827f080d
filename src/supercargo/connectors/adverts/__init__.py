"""Advertising outside the marketplaces: what Google, Meta and TikTok say that a day's campaigns cost."""
