#!/usr/bin/env bash
# Text that Word hides is told by mammoth and kreuzberg as if it stood there
#
# Package:   mammoth==1.13.0, kreuzberg==4.10.4, python-docx==1.2.0
# Guess:     A run with w:vanish (an internal remark left in a draft) is not part of what the reader of the page sees,
#            and so not of the extracted text; or it is marked.
# Behaviour: All of them give it in the middle of the sentence, unmarked.
#
# Exits 0 while it behaves so, 1 when that has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check 'mammoth==1.13.0' 'kreuzberg==4.10.4' 'python-docx==1.2.0' 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 2; }
cd "$work"
cat >look.py <<'PYTHON'
import docx
import mammoth
from kreuzberg import extract_file_sync
document = docx.Document()
paragraph = document.add_paragraph("县教育局")
paragraph.add_run("（内部稿）").font.hidden = True
paragraph.add_run("负责")
document.save("hidden.docx")
print(docx.Document("hidden.docx").paragraphs[0].text)
with open("hidden.docx", "rb") as file:
    print(mammoth.extract_raw_text(file).value.strip())
print(extract_file_sync("hidden.docx").content.strip())
PYTHON
cat >expected.txt <<'TEXT'
县教育局（内部稿）负责
县教育局（内部稿）负责
县教育局（内部稿）负责
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
