#!/usr/bin/env bash
# A trigram index finds no two-character word, and LIKE on it does not either
#
# Package:   pysqlite3-binary==0.5.4
# Guess:     FTS5 with tokenize=trigram is what one takes for Chinese; a word of two characters such as 教育 is found, at
#            least by LIKE, which the documentation allows on such a table.
# Behaviour: MATCH needs three characters; for two it finds nothing and says nothing.
#
# Exits 0 while it behaves so, 1 when that has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check 'pysqlite3-binary==0.5.4' 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 2; }
cd "$work"
cat >look.py <<'PYTHON'
import pysqlite3 as sqlite3
base = sqlite3.connect(":memory:")
base.execute("create virtual table task using fts5(text, tokenize='trigram')")
base.execute("insert into task values ('县教育局牵头落实')")
for word in ("教育局", "教育"):
    match = base.execute("select count(*) from task where task match ?", (word,)).fetchone()[0]
    print(word, match)
PYTHON
cat >expected.txt <<'TEXT'
教育局 1
教育 0
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
