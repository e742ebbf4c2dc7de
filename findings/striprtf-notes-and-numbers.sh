#!/usr/bin/env bash
# striprtf drops footnotes and keeps the text of list numbers
#
# Package:   striprtf==0.0.35
# Guess:     The text of a note is kept somewhere, and what a list number is can be told from the text.
# Behaviour: The footnote is gone without a sign; the number, which RTF gives twice for old readers (\\listtext), stands
#            in the text as if it were typed.
#
# Exits 0 while it behaves so, 1 when that has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check 'striprtf==0.0.35' 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 2; }
cd "$work"
cat >look.py <<'PYTHON'
from striprtf.striprtf import rtf_to_text
rtf = r"{\rtf1\ansi {\listtext\f0 1.\tab}First{\footnote A note.} measure\par}"
print(repr(rtf_to_text(rtf)))
PYTHON
cat >expected.txt <<'TEXT'
'1.\tFirst measure\n'
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
