#!/usr/bin/env bash
# XlsxWriter autofit makes columns of Chinese text too narrow
#
# Package:   XlsxWriter==3.3.1
# Guess:     autofit() gives a column of twelve Chinese characters about twice the width of twelve Latin letters.
# Behaviour: Characters that its table of widths does not hold count as narrow ones: the width is little more than that
#            of the letters, and the text is cut or runs into the next column in Excel.
#
# Exits 0 while it behaves so, 1 when that has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check 'XlsxWriter==3.3.1' 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 2; }
cd "$work"
cat >look.py <<'PYTHON'
import re
import zipfile
import xlsxwriter
book = xlsxwriter.Workbook("fit.xlsx")
sheet = book.add_worksheet()
sheet.write(0, 0, "县发展和改革委员会办公室")
sheet.write(0, 1, "abcdefghijkl")
sheet.autofit()
book.close()
widths = re.findall(r'width="([\d.]+)"', zipfile.ZipFile("fit.xlsx").read("xl/worksheets/sheet1.xml").decode())
print([round(float(width), 1) for width in widths])
PYTHON
cat >expected.txt <<'TEXT'
[14.7, 11.9]
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
