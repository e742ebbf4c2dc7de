"""Workbooks (.xlsx, .xls, .et, .ods) → Document."""
