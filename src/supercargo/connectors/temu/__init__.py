"""Temu: the orders export of the semi-managed shop; its layout is partly proven."""
