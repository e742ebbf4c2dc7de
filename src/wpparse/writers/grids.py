"""Every table that the reader saw, cell by cell, as JSON."""

from __future__ import annotations

import json

from wpparse.blocks import Document, Table


def grids(document: Document) -> str:
    """A list of ``index`` (0-based, in reading order), ``pages``, ``rows``, ``cols``, ``grid`` (contract, section 1)."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    entries = [
        {
            "index": index,
            "pages": sorted({page for page in table.row_pages if page is not None}),
            "rows": table.rows,
            "cols": table.columns,
            "grid": table.grid(),
        }
        for index, table in enumerate(tables)
    ]
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"
