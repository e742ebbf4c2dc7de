#!/usr/bin/env bash
# "12月25日前" is read as twelve months and twenty-five days ago
#
# Package:   dateparser==1.5.0
# Guess:     A deadline "by 25 December" gives 25 December of the base year, or nothing.
# Behaviour: The characters 月, 日 and 前 are taken for "months", "days" and "ago": 12月25日前 said on 1 March 2024 becomes 4
#            February 2023. With a year in front nothing is found at all, so the wrong answer looks like the working
#            case.
#
# Exits 0 while it behaves so, 1 when that has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check 'dateparser==1.5.0' 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 2; }
cd "$work"
cat >look.py <<'PYTHON'
from datetime import datetime
import dateparser
for text in ("12月25日前", "9月30日前", "1月前", "2024年12月31日前"):
    print(text, dateparser.parse(text, languages=["zh"], settings={"RELATIVE_BASE": datetime(2024, 3, 1)}))
PYTHON
cat >expected.txt <<'TEXT'
12月25日前 2023-02-04 00:00:00
9月30日前 2023-05-02 00:00:00
1月前 2024-02-01 00:00:00
2024年12月31日前 None
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
