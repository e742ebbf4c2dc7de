#!/usr/bin/env bash
# python-calamine: merged ranges and rows count from different corners
#
# Package:   python-calamine==0.9.1, XlsxWriter==3.3.1
# Guess:     merged_cell_ranges and the rows of to_python() use the same row and column numbers.
# Behaviour: Where the sheet begins with blank rows or columns (a title block that was deleted), to_python() starts at
#            the first used cell by default and the ranges count from A1, so that the value of a merged cell is carried
#            into other rows. skip_empty_area=False makes them agree.
#
# Exits 0 while it behaves so, 1 when that has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check 'python-calamine==0.9.1' 'XlsxWriter==3.3.1' 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 2; }
cd "$work"
cat >look.py <<'PYTHON'
import xlsxwriter
from python_calamine import CalamineWorkbook
book = xlsxwriter.Workbook("merged.xlsx")
sheet = book.add_worksheet()
sheet.merge_range(2, 1, 3, 1, "县教育局")
sheet.write(2, 2, "甲")
sheet.write(3, 2, "乙")
book.close()
read = CalamineWorkbook.from_path("merged.xlsx").get_sheet_by_index(0)
print(read.merged_cell_ranges)
print(read.to_python())
print(read.to_python(skip_empty_area=False))
PYTHON
cat >expected.txt <<'TEXT'
[((2, 1), (3, 1))]
[['县教育局', '甲'], ['', '乙']]
[['', '', ''], ['', '', ''], ['', '县教育局', '甲'], ['', '', '乙']]
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
