#!/usr/bin/env bash
# python-docx leaves words out of paragraph.text without a sign
#
# Package:   python-docx==1.2.0, lxml==6.1.3
# Guess:     paragraph.text gives the words that Word shows: insertions (tracked), the value in a content control, smart
#            tags.
# Behaviour: All three are left out, while the words around them are joined: 县教育局、县财政局负责于9月底前完成 becomes 县教育局负责完成, a
#            sentence that reads well and says something else. Content controls around whole paragraphs, tables or rows
#            are passed over too.
#
# Exits 0 while it behaves so, 1 when that has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check 'python-docx==1.2.0' 'lxml==6.1.3' 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 2; }
cd "$work"
cat >look.py <<'PYTHON'
import docx
from docx.oxml import parse_xml
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
document = docx.Document()
paragraph = document.add_paragraph("县教育局")
for part in (
    f'<w:ins {W} w:id="1" w:author="a"><w:r><w:t>、县财政局</w:t></w:r></w:ins>',
    f"<w:r {W}><w:t>负责</w:t></w:r>",
    f"<w:sdt {W}><w:sdtContent><w:r><w:t>于9月底前</w:t></w:r></w:sdtContent></w:sdt>",
    f"<w:r {W}><w:t>完成。</w:t></w:r>",
):
    paragraph._p.append(parse_xml(part))
table = document.add_table(1, 1)
table.cell(0, 0).text = "第一行"
table._tbl.append(parse_xml(f"<w:sdt {W}><w:sdtContent><w:tr><w:tc><w:p><w:r><w:t>第二行</w:t></w:r></w:p></w:tc></w:tr></w:sdtContent></w:sdt>"))
document.save("circular.docx")
read = docx.Document("circular.docx")
print(read.paragraphs[0].text)
print([[cell.text for cell in row.cells] for row in read.tables[0].rows])
PYTHON
cat >expected.txt <<'TEXT'
县教育局负责完成。
[['第一行']]
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
