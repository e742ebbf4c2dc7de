#!/usr/bin/env bash
# markdownify moves cells to the left below a merged cell
#
# Package:   markdownify==1.2.3, beautifulsoup4==4.15.0
# Guess:     A cell below a rowspan stays in its column; the spanned place is left blank or repeated.
# Behaviour: rowspan is ignored, so that the unit of the second row stands under 任务.
#
# Exits 0 while it behaves so, 1 when that has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check 'markdownify==1.2.3' 'beautifulsoup4==4.15.0' 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 2; }
cd "$work"
cat >look.py <<'PYTHON'
from markdownify import markdownify
html = ("<table><tr><th>任务</th><th>单位</th></tr><tr><td rowspan=2>政务公开</td><td>县教育局</td></tr><tr><td>县民政局</td></tr></table>")
print(markdownify(html).strip())
PYTHON
cat >expected.txt <<'TEXT'
| 任务 | 单位 |
| --- | --- |
| 政务公开 | 县教育局 |
| 县民政局 |
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
