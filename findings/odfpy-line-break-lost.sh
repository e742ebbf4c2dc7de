#!/usr/bin/env bash
# odfpy: str() of a paragraph runs two lines together
#
# Package:   odfpy==1.4.1
# Guess:     str(paragraph) and teletype.extractText(paragraph) give the same words.
# Behaviour: str() drops text:line-break, text:tab and text:s, so that two units on two lines of a cell become one name;
#            teletype keeps them. The number of a list item is in neither.
#
# Exits 0 while it behaves so, 1 when that has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check 'odfpy==1.4.1' 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 2; }
cd "$work"
cat >look.py <<'PYTHON'
from odf import teletype
from odf.opendocument import OpenDocumentText, load
from odf.text import LineBreak, List, ListItem, P
document, items, item, paragraph = OpenDocumentText(), List(), ListItem(), P()
paragraph.addText("县教育局")
paragraph.addElement(LineBreak())
paragraph.addText("县财政局")
item.addElement(paragraph)
items.addElement(item)
document.text.addElement(items)
document.save("cell.odt")
for read in load("cell.odt").getElementsByType(P):
    print(repr(str(read)), repr(teletype.extractText(read)))
PYTHON
cat >expected.txt <<'TEXT'
'县教育局县财政局' '县教育局\n县财政局'
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
