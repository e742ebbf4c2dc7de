#!/usr/bin/env bash
# pysbd cuts a Chinese sentence before its closing quote and bracket
#
# Package:   pysbd==0.3.4
# Guess:     A sentence that ends in 。” or 。） keeps the closing mark, as in English.
# Behaviour: The Chinese rules cut right behind 。, so that ” and ） begin the next sentence: a responsibility clause loses
#            its bracket.
#
# Exits 0 while it behaves so, 1 when that has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check 'pysbd==0.3.4' 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 2; }
cd "$work"
cat >look.py <<'PYTHON'
import pysbd
for piece in pysbd.Segmenter(language="zh", clean=False).segment("会议强调：“安全第一。”各单位要落实（责任单位：县财政局。）再接下一项。"):
    print(piece)
PYTHON
cat >expected.txt <<'TEXT'
会议强调：“安全第一。
”各单位要落实（责任单位：县财政局。
）再接下一项。
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
