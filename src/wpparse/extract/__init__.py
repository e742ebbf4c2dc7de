"""Outline → WorkPlan: units, deadlines, tables, tasks."""

from wpparse.extract.plan import extract

__all__ = ["extract"]
