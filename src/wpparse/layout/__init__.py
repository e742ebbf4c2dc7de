"""Marks on a page → paragraphs and tables, whatever format they came from."""
