#!/usr/bin/env bash
# openpyxl shows _x000D_ inside cells that other readers show as a line end
#
# Package:   openpyxl==3.1.5, python-calamine==0.9.1, XlsxWriter==3.3.1
# Guess:     The escape _x000D_ (ECMA-376 ST_Xstring) in a shared string is decoded by every reader and written where it
#            is needed.
# Behaviour: openpyxl does neither: a cell with a carriage return, as pasted from old systems, comes out with the seven
#            characters _x000D_ in it, and a text that looks like an escape is written as it is, so that Excel and
#            calamine read another text.
#
# Exits 0 while it behaves so, 1 when that has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check 'openpyxl==3.1.5' 'python-calamine==0.9.1' 'XlsxWriter==3.3.1' 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 2; }
cd "$work"
cat >look.py <<'PYTHON'
import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook
def calamine(name):
    return CalamineWorkbook.from_path(name).get_sheet_by_index(0).to_python()[0][0]
book = xlsxwriter.Workbook("a.xlsx")
book.add_worksheet().write(0, 0, "县教育局\r\n县财政局")
book.close()
print(ascii(openpyxl.load_workbook("a.xlsx").active["A1"].value))
print(ascii(calamine("a.xlsx")))
book = openpyxl.Workbook()
book.active["A1"] = "No_x0041_"
book.save("b.xlsx")
print(openpyxl.load_workbook("b.xlsx").active["A1"].value, calamine("b.xlsx"))
PYTHON
cat >expected.txt <<'TEXT'
'\u53bf\u6559\u80b2\u5c40_x000D_\n\u53bf\u8d22\u653f\u5c40'
'\u53bf\u6559\u80b2\u5c40\r\n\u53bf\u8d22\u653f\u5c40'
No_x0041_ NoA
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
