#!/usr/bin/env bash
# pandas cannot read a dataset whose partition repeats a column of the files
#
# Package:   pandas==3.1.1, pyarrow==26.0.1, duckdb==2.0.1, polars==2.1.0
# Guess:     A dataset year=2024/a.parquet whose files hold the integer column year too (so that each file can be read
#            alone) is read by everybody.
# Behaviour: DuckDB and polars read it; pandas.read_parquet raises ArrowTypeError, because the key of the partition is a
#            dictionary of int32 and the column int64. Another name for the key is read by all.
#
# Exits 0 while it behaves so, 1 when that has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check 'pandas==3.1.1' 'pyarrow==26.0.1' 'duckdb==2.0.1' 'polars==2.1.0' 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 2; }
cd "$work"
cat >look.py <<'PYTHON'
import os
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
for key in ("year", "y"):
    os.makedirs(f"{key}/{key}=2024")
    pq.write_table(pa.table({"task": ["甲"], "year": pa.array([2024], pa.int64())}), f"{key}/{key}=2024/a.parquet")
    try:
        print(key, "pandas", pd.read_parquet(key)["year"].tolist())
    except pa.ArrowException as error:
        print(key, "pandas", type(error).__name__)
    print(key, "duckdb", duckdb.sql(f"select year from read_parquet('{key}/**/*.parquet', hive_partitioning=true)").fetchall())
    print(key, "polars", pl.read_parquet(f"{key}/**/*.parquet", hive_partitioning=True)["year"].to_list())
PYTHON
cat >expected.txt <<'TEXT'
year pandas ArrowTypeError
year duckdb [(2024,)]
year polars [2024]
y pandas [2024]
y duckdb [(2024,)]
y polars [2024]
TEXT
PYTHONUTF8=1 "$work/env/bin/python" -W ignore look.py >seen.txt
cat seen.txt
if diff -u expected.txt seen.txt >difference.txt; then
  echo "as described"
else
  cat difference.txt
  echo "it behaves differently now"
  exit 1
fi
