"""Units with the most tasks over many circulars, with dask.bag: ``python examples/dask_bag.py 'archive/*.txt'``.

A bag suits a stream of records that are to be counted and thrown away; ``wpparse batch`` suits files whose results are to
be kept, because it resumes, isolates and writes a dataset. The same lines go over a million records: each partition is
read, parsed and counted by itself, and only the counts come together. ``Client("tcp://host:8786")`` puts them on a cluster.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable

import dask.bag
import fsspec

from wpparse import WpparseError, parse


def units(file: fsspec.core.OpenFile) -> list[str]:
    """The units of every task of one circular; nothing for a file that cannot be read."""
    with file as stream:
        data = stream.read()
    try:
        plan = parse(data, name=file.path).select("auto")
    except WpparseError as error:
        print(f"{file.path}: {error}", file=sys.stderr)
        return []
    return [party.canonical or party.name for task in plan.tasks for party in task.parties]


def count(partition: Iterable[str]) -> Counter[str]:
    """The counts of one partition."""
    return Counter(partition)


def add(counts: Iterable[Counter[str]]) -> Counter[str]:
    """The counts of several partitions together."""
    return sum(counts, Counter())


if __name__ == "__main__":
    files = dask.bag.from_sequence(fsspec.open_files(sys.argv[1]), npartitions=8)
    counted = files.map(units).flatten().reduction(count, add)
    for name, number in counted.compute(scheduler="processes", num_workers=2).most_common(20):
        print(f"{number:>8}  {name}")
