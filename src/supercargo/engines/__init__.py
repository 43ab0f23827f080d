"""Decisions: pure functions of facts and law; no clock, no network, no database."""
