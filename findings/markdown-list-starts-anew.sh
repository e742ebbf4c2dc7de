#!/usr/bin/env bash
# Python-Markdown numbers a list that begins with 3. from 1
#
# Package:   Markdown==3.11.3, markdown-it-py==4.3.0
# Guess:     A list written 3. 4. (an outline that goes on behind a paragraph) keeps its numbers, as CommonMark has it.
# Behaviour: Python-Markdown drops the start number, and lazy_ol=False (as the option --no_lazy_ol of its command line
#            passes on) changes nothing: only the extension sane_lists keeps it. markdown-it-py writes start="3".
#            Measures 三 and 四 of a plan become 1 and 2 in the page.
#
# Exits 0 while it behaves so, 1 when that has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check 'Markdown==3.11.3' 'markdown-it-py==4.3.0' 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 2; }
cd "$work"
cat >look.py <<'PYTHON'
import markdown
from markdown_it import MarkdownIt
text = "3. 县教育局\n4. 县财政局"
print(markdown.markdown(text).splitlines()[0])
print(markdown.markdown(text, lazy_ol=False).splitlines()[0])
print(markdown.markdown(text, extensions=['sane_lists']).splitlines()[0])
print(MarkdownIt().render(text).splitlines()[0])
PYTHON
cat >expected.txt <<'TEXT'
<ol>
<ol>
<ol start="3">
<ol start="3">
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
