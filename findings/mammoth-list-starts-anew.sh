#!/usr/bin/env bash
# mammoth numbers a list anew behind a paragraph that interrupts it
#
# Package:   mammoth==1.13.0, python-docx==1.2.0
# Guess:     Items of one Word list (the same numId) keep counting behind a paragraph in between: 1, 2, note, 3.
# Behaviour: Each run of items becomes an <ol> of its own without a start number, so that the third measure is number 1
#            in the page; the text export has no numbers at all.
#
# Exits 0 while it behaves so, 1 when that has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check 'mammoth==1.13.0' 'python-docx==1.2.0' 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 2; }
cd "$work"
cat >look.py <<'PYTHON'
import docx
import mammoth
document = docx.Document()
for text, style in (("甲", "List Number"), ("乙", "List Number"), ("注", None), ("丙", "List Number")):
    document.add_paragraph(text, style=style)
document.save("list.docx")
with open("list.docx", "rb") as file:
    print(mammoth.convert_to_html(file).value)
with open("list.docx", "rb") as file:
    print(mammoth.extract_raw_text(file).value.split())
PYTHON
cat >expected.txt <<'TEXT'
<ol><li>甲</li><li>乙</li></ol><p>注</p><ol><li>丙</li></ol>
['甲', '乙', '注', '丙']
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
