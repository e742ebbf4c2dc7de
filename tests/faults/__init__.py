"""Readers that fail in every way, for tests of isolation."""
