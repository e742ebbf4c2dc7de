"""Many circulars: walking, workers, resume, summary.

>>> from wpparse.batch import parse_folder
>>> result = parse_folder("notices", "results", formats=["json", "xlsx"])      # doctest: +SKIP
>>> result.done, result.failed                                               # doctest: +SKIP
"""

from __future__ import annotations

from wpparse.batch.api import parse_folder
from wpparse.batch.options import BatchOptions
from wpparse.batch.run import BatchResult, Listener, rehearse, run_batch

__all__ = ["BatchOptions", "BatchResult", "Listener", "parse_folder", "rehearse", "run_batch"]
