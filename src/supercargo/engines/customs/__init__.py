"""Customs: what goods are worth, what duty they owe, which fees are charged."""
