#!/usr/bin/env bash
# pandas.read_html makes 34 of the cell "3,4"
#
# Package:   pandas==3.1.1, lxml==6.1.3
# Guess:     A column of clause numbers such as "3,4" (items three and four) stays text, as it is no number.
# Behaviour: read_html takes the comma for a thousands mark wherever it stands, because its default is thousands=",":
#            "3,4" becomes 34 and "1,2" becomes 12, without a warning. A converter to str comes too late ("34" as text);
#            only thousands=None together with converters keeps both columns. read_csv leaves the same cells alone.
#
# Exits 0 while it behaves so, 1 when that has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check 'pandas==3.1.1' 'lxml==6.1.3' 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 2; }
cd "$work"
cat >look.py <<'PYTHON'
import io
import pandas as pd
html = ("<table><tr><th>编号</th><th>对应条款</th></tr><tr><td>1.10</td><td>3,4</td></tr><tr><td>1.20</td><td>1,2</td></tr></table>")
print(pd.read_html(io.StringIO(html))[0].values.tolist())
print(pd.read_html(io.StringIO(html), converters={"编号": str, "对应条款": str})[0].values.tolist())
print(pd.read_html(io.StringIO(html), thousands=None, converters={"编号": str, "对应条款": str})[0].values.tolist())
print(pd.read_csv(io.StringIO('编号,对应条款\n1.10,"3,4"\n1.20,"1,2"\n'))["对应条款"].tolist())
PYTHON
cat >expected.txt <<'TEXT'
[[1.1, 34.0], [1.2, 12.0]]
[['1.10', '34'], ['1.20', '12']]
[['1.10', '3,4'], ['1.20', '1,2']]
['3,4', '1,2']
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
