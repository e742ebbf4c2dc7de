"""Cells → grids."""
