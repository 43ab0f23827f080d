"""Dated, sourced facts: law, fees, tariffs, rates of exchange, markets."""
