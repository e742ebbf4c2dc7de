#!/usr/bin/env bash
# openpyxl gives 45366 for a date in one of the Chinese built-in formats
#
# Package:   openpyxl==3.1.5, python-calamine==0.9.1, XlsxWriter==3.3.1
# Guess:     A date cell that Excel in Chinese formats as 2024年3月 (built-in number format 57, or 27 to 31) is read as a
#            date, as format 14 is.
# Behaviour: openpyxl knows no meaning of the numbers 27 to 36 and 50 to 58, calls them General and gives the serial
#            number; pandas.read_excel takes that over. python-calamine gives dates.
#
# Exits 0 while it behaves so, 1 when that has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check 'openpyxl==3.1.5' 'python-calamine==0.9.1' 'XlsxWriter==3.3.1' 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 2; }
cd "$work"
cat >look.py <<'PYTHON'
import datetime
import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook
book = xlsxwriter.Workbook("dates.xlsx")
sheet = book.add_worksheet()
for column, number in enumerate((14, 27, 31, 57, 58)):
    sheet.write_number(0, column, 45366, book.add_format({"num_format": number}))
book.close()
for cell in openpyxl.load_workbook("dates.xlsx").active[1]:
    print(cell.number_format, cell.value)
print([str(value) for value in CalamineWorkbook.from_path("dates.xlsx").get_sheet_by_index(0).to_python()[0]])
PYTHON
cat >expected.txt <<'TEXT'
mm-dd-yy 2024-03-15 00:00:00
General 45366
General 45366
General 45366
General 45366
['2024-03-15', '2024-03-15', '2024-03-15', '2024-03-15', '2024-03-15']
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
