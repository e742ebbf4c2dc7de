"""The record of a batch, in SQLite: what was seen, what was done, what came of it.

The file is in WAL mode and every change is one transaction, so that it is true after ``kill -9`` and after a power cut;
a last transaction that a power cut took back costs doing that one file again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wpparse.batch.inputs import Found
from wpparse.batch.names import folded, output_bases, unique_base
from wpparse.batch.origins import Origin
from wpparse.batch.outcome import Finding, Outcome, Output, failure_of
from wpparse.errors import OutputError

SCHEMA = 1
"""Version of the tables; a manifest of a later version is refused, never changed."""

_TABLES = """
CREATE TABLE runs (
  id INTEGER PRIMARY KEY, started TEXT NOT NULL, ended TEXT, options TEXT NOT NULL,
  version TEXT NOT NULL, grammar TEXT NOT NULL
);
CREATE TABLE files (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,      -- path below the input; members of archives below the archive's name
  origin TEXT NOT NULL,          -- JSON, see origins.py
  run INTEGER NOT NULL,          -- the last run that saw it
  base TEXT, folded TEXT UNIQUE, -- path of the outputs without suffix; the same without regard to case
  status TEXT NOT NULL,          -- pending, running, done, failed
  input TEXT,                    -- SHA-256 of the input (or what a remote store offers) when it was done
  options TEXT,                  -- digest of options, version and grammar when it was done
  code TEXT, message TEXT,       -- why it failed: code, and JSON of the reason by language
  attempts INTEGER NOT NULL DEFAULT 0,
  seconds REAL, tasks INTEGER, warnings INTEGER, counts TEXT, finished TEXT
);
CREATE INDEX files_by_status ON files (status);
CREATE INDEX files_by_run ON files (run, id);
CREATE TABLE outputs (
  file INTEGER NOT NULL REFERENCES files, format TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL,
  size INTEGER NOT NULL, PRIMARY KEY (file, format)
) WITHOUT ROWID;
CREATE TABLE diagnostics (
  file INTEGER NOT NULL REFERENCES files, code TEXT NOT NULL, severity TEXT NOT NULL, message TEXT NOT NULL
);
CREATE TABLE wholes (path TEXT PRIMARY KEY, sha256 TEXT NOT NULL) WITHOUT ROWID; -- ledger, dataset, summary
CREATE INDEX diagnostics_by_file ON diagnostics (file);
"""
_COLUMNS = "id, key, origin, base, status, input, options, code, message, attempts, seconds, tasks, warnings, counts"


@dataclass(frozen=True, slots=True)
class Row:
    """One input as the manifest knows it."""

    id: int
    key: str
    origin: Origin
    base: str
    status: str
    input: str | None
    options: str | None
    code: str | None
    message: dict[str, str]
    attempts: int
    seconds: float | None
    tasks: int | None
    warnings: int | None
    counts: dict[str, Any]


class Manifest:
    """An open manifest. Not safe for use by two processes: whoever opens it for writing holds the folder's lock."""

    def __init__(self, path: Path | None) -> None:
        """Open, or make, the manifest at ``path``; None is one in memory. Raises :class:`OutputError`."""
        self.path = path
        try:
            self._db = sqlite3.connect(path or ":memory:", isolation_level=None, timeout=30)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                self._db.executescript(f"BEGIN; {_TABLES} PRAGMA user_version={SCHEMA}; COMMIT;")
        except sqlite3.Error as error:
            raise OutputError("batch-manifest", name=path or "-", detail=error) from error
        if version not in (0, SCHEMA):
            raise OutputError("batch-manifest-version", name=path or "-", found=version, known=SCHEMA)
        self.run = self._db.execute("SELECT coalesce(max(id), 0) FROM runs").fetchone()[0]

    def close(self) -> None:
        """Fold the log into the file and close it."""
        self._db.close()

    @staticmethod
    def in_memory(path: Path) -> Manifest:
        """A copy, in memory, of the manifest at ``path``; an empty one where there is none."""
        copy = Manifest(None)
        if path.exists():
            standing = Manifest(path)
            standing._db.backup(copy._db)
            copy.run = standing.run
            standing.close()
        return copy

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing of what happens inside. Raises :class:`OutputError` where the disk says no."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            raise OutputError("batch-manifest", name=self.path or "-", detail=error) from error

    # a run

    def begin(self, options: str, version: str, grammar: str) -> None:
        """Start a run; ``options`` is JSON."""
        with self.transaction():
            found = self._db.execute(
                "INSERT INTO runs (started, options, version, grammar) VALUES (?, ?, ?, ?)",
                (_now(), options, version, grammar),
            )
            self.run = found.lastrowid

    def end(self) -> None:
        """Finish the run."""
        with self.transaction():
            self._db.execute("UPDATE runs SET ended = ? WHERE id = ?", (_now(), self.run))

    def last_options(self) -> str | None:
        """The options of the last run, as JSON; None where there was none."""
        found = self._db.execute("SELECT options FROM runs ORDER BY id DESC LIMIT 1").fetchone()
        return None if found is None else str(found[0])

    # what there is to do

    def see(self, found: Sequence[Found]) -> None:
        """Note that the walk of this run met these inputs, in this order."""
        with self.transaction():
            for item in found:
                self._see(item)

    def _see(self, item: Found) -> None:
        key, origin, again = item.key, item.origin.to_json(), 1
        while self._db.execute("SELECT 1 FROM files WHERE key = ? AND run = ?", (key, self.run)).fetchone():
            again += 1
            key = f"{item.key}#{again}"
        if item.problem is None:
            self._db.execute(
                "INSERT INTO files (key, origin, run, status) VALUES (?, ?, ?, 'pending')"
                " ON CONFLICT (key) DO UPDATE SET origin = excluded.origin, run = excluded.run,"
                " status = CASE base WHEN '' THEN 'pending' ELSE status END, base = nullif(base, '')",
                (key, origin, self.run),
            )
            return
        self._db.execute(
            "INSERT INTO files (key, origin, run, status, code, message, base) VALUES (?, ?, ?, 'failed', ?, ?, '')"
            " ON CONFLICT (key) DO UPDATE SET origin = excluded.origin, run = excluded.run, status = 'failed',"
            " code = excluded.code, message = excluded.message",
            (key, origin, self.run, item.problem.code, json.dumps(failure_of(item.problem).message)),
        )

    def name_outputs(self, reserved: Sequence[str]) -> None:
        """Give each input without one a path for its outputs that no other input has or could have.

        An input keeps what it was given once. ``reserved`` are bases that are spoken for.
        """
        kept = {folded(base) for base in reserved}
        with self.transaction():
            self._db.execute("CREATE TEMP TABLE IF NOT EXISTS wishes (folded TEXT, file INTEGER)")
            self._db.execute("DELETE FROM wishes")
            for number, key in self._paged("SELECT id, key FROM files WHERE base IS NULL AND id > ?"):
                self._db.execute("INSERT INTO wishes VALUES (?, ?)", (folded(output_bases(key)[0]), number))
            self._db.execute("CREATE INDEX IF NOT EXISTS temp.wishes_by_name ON wishes (folded)")
            for number, key in self._paged("SELECT id, key FROM files WHERE base IS NULL AND id > ?"):
                short, long = output_bases(key)
                alone = (
                    self._db.execute("SELECT count(*) FROM wishes WHERE folded = ?", (folded(short),)).fetchone()[0]
                    == 1
                )
                candidates = (short, long) if alone else (long,)
                for base in (*candidates, unique_base(long, key)):
                    name = folded(base)
                    if name in kept or self._db.execute("SELECT 1 FROM files WHERE folded = ?", (name,)).fetchone():
                        continue
                    self._db.execute("UPDATE files SET base = ?, folded = ? WHERE id = ?", (base, name, number))
                    break
            self._db.execute("DROP TABLE wishes")

    def to_do(self, *, failed_only: bool = False) -> Iterator[Row]:
        """The inputs of this run in order; with ``failed_only`` those that failed or were cut short, of any run.

        May be read while rows are changed.
        """
        chosen = "status IN ('failed', 'running', 'pending')" if failed_only else f"run = {self.run}"
        for row in self._paged(f"SELECT {_COLUMNS} FROM files WHERE {chosen} AND base != '' AND id > ?"):
            yield _row(row)

    def count(self, *, this_run: bool = True) -> dict[str, int]:
        """Number of inputs by status; of this run, or of all."""
        where = "WHERE run = ?" if this_run else "WHERE ? IS NOT NULL"
        found = self._db.execute(f"SELECT status, count(*) FROM files {where} GROUP BY status", (self.run,))
        return dict(found.fetchall())

    # what was done

    def start(self, row: Row) -> None:
        """Note that the work on an input begins: from now on its outputs may appear."""
        with self.transaction():
            self._db.execute("UPDATE files SET status = 'running', attempts = attempts + 1 WHERE id = ?", (row.id,))

    def put_back(self, number: int) -> None:
        """Note that the work on an input was cut short."""
        with self.transaction():
            self._db.execute("UPDATE files SET status = 'pending' WHERE id = ? AND status = 'running'", (number,))

    def finish(self, number: int, outcome: Outcome, stamp: str | None, options: str) -> None:
        """Write down what came of an input, in one transaction."""
        with self.transaction():
            self._db.execute(
                "UPDATE files SET status = ?, input = ?, options = ?, code = ?, message = ?, seconds = ?, tasks = ?,"
                " warnings = ?, counts = ?, finished = ? WHERE id = ?",
                (
                    "failed" if outcome.code else "done",
                    stamp,
                    options,
                    outcome.code,
                    json.dumps(outcome.message) if outcome.code else None,
                    round(outcome.seconds, 4),
                    outcome.tasks,
                    outcome.warnings,
                    json.dumps(outcome.counts, ensure_ascii=False),
                    _now(),
                    number,
                ),
            )
            self._db.execute("DELETE FROM diagnostics WHERE file = ?", (number,))
            self._db.executemany(
                "INSERT INTO diagnostics VALUES (?, ?, ?, ?)",
                [(number, found.code, found.severity, found.message) for found in outcome.findings],
            )
            self._db.executemany(
                "INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?, ?)",
                [(number, out.format, out.path, out.sha256, out.size) for out in outcome.outputs],
            )

    # looking back

    def outputs(self, number: int) -> list[Output]:
        """What was written for an input."""
        found = self._db.execute(
            "SELECT format, path, sha256, size FROM outputs WHERE file = ? ORDER BY format", (number,)
        )
        return [Output(*row) for row in found]

    def rows(self, *statuses: str) -> Iterator[Row]:
        """The inputs of the last run with one of these statuses, in order."""
        marks = ", ".join("?" * len(statuses))
        sql = f"SELECT {_COLUMNS} FROM files WHERE run = {self.run} AND status IN ({marks}) AND id > ?"
        for row in self._paged(sql, *statuses):
            yield _row(row)

    def wholes(self) -> dict[str, str]:
        """Path and SHA-256 of what was written about all inputs together."""
        return dict(self._db.execute("SELECT path, sha256 FROM wholes").fetchall())

    def set_whole(self, path: str, sha256: str | None) -> None:
        """Note that such a file was written, or (None) removed."""
        with self.transaction():
            if sha256 is None:
                self._db.execute("DELETE FROM wholes WHERE path = ?", (path,))
            else:
                self._db.execute("INSERT OR REPLACE INTO wholes VALUES (?, ?)", (path, sha256))

    def findings(self, number: int) -> list[Finding]:
        """The diagnostics of an input."""
        found = self._db.execute("SELECT code, severity, message FROM diagnostics WHERE file = ?", (number,))
        return [Finding(*row) for row in found]

    def count_findings(self) -> list[tuple[str, str, int]]:
        """Severity, an example and number of inputs of every kind of diagnostic in the last run, the commonest first."""
        found = self._db.execute(
            "SELECT d.severity, min(d.message), count(DISTINCT d.file) AS n FROM diagnostics d JOIN files f ON f.id = d.file"
            " WHERE f.run = ? AND f.status = 'done' GROUP BY d.code, d.severity ORDER BY n DESC, d.code",
            (self.run,),
        )
        return found.fetchall()

    def count_failures(self) -> list[tuple[str, int]]:
        """An example (JSON of the reason by language) and number of every kind of failure, the commonest first."""
        found = self._db.execute(
            "SELECT min(message), count(*) AS n FROM files WHERE run = ? AND status = 'failed' GROUP BY code ORDER BY n DESC, code",
            (self.run,),
        )
        return found.fetchall()

    def last_run(self) -> tuple[str, str | None]:
        """When the last run started and ended; it has not ended where it was stopped or killed."""
        found = self._db.execute("SELECT started, ended FROM runs WHERE id = ?", (self.run,)).fetchone()
        return ("-", None) if found is None else (found[0], found[1])

    def _paged(self, sql: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """The rows of a query that ends in ``id > ?``, in order of id, a page at a time."""
        last = 0
        while page := self._db.execute(f"{sql} ORDER BY id LIMIT 500", (*values, last)).fetchall():
            yield from page
            last = page[-1][0]


def _row(row: tuple[Any, ...]) -> Row:
    number, key, origin, base, status, stamp, options, code, message, attempts, seconds, tasks, warnings, counts = row
    return Row(
        id=number,
        key=key,
        origin=Origin.from_json(origin),
        base=base,
        status=status,
        input=stamp,
        options=options,
        code=code,
        message=json.loads(message) if message else {},
        attempts=attempts,
        seconds=seconds,
        tasks=tasks,
        warnings=warnings,
        counts=json.loads(counts) if counts else {},
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
