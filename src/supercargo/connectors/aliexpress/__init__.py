"""AliExpress: the orders export of the seller centre; its layout is not proven."""
