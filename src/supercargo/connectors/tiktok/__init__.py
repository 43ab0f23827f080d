"""TikTok Shop: the orders export and the settlement statement of the seller centre."""
