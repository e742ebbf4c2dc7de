#!/usr/bin/env bash
# SnowNLP counts every comma as the end of a sentence and drops the mark
#
# Package:   snownlp==0.12.3
# Guess:     sentences gives sentences, ended by 。！？, whose texts joined give the text back.
# Behaviour: Commas and semicolons part as well, and no mark is kept: offsets into the source are lost, and so is whether
#            a clause was the end of its sentence.
#
# Exits 0 while it behaves so, 1 when that has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check 'snownlp==0.12.3' 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 2; }
cd "$work"
cat >look.py <<'PYTHON'
from snownlp import SnowNLP
text = "县教育局要加强管理，确保安全（9月底前完成）；县财政局负责落实。"
print(SnowNLP(text).sentences)
print("".join(SnowNLP(text).sentences) == text)
PYTHON
cat >expected.txt <<'TEXT'
['县教育局要加强管理', '确保安全（9月底前完成）', '县财政局负责落实']
False
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
