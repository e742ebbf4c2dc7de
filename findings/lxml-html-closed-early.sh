#!/usr/bin/env bash
# lxml: a page that closes </html> before its article has two roots
#
# Package:   lxml==6.1.3, beautifulsoup4==4.15.0
# Guess:     document_fromstring() gives a tree in which serialising or searching the root finds the whole page, as a
#            browser does.
# Behaviour: Where </html> stands before the body, as on some sites of governments, the body becomes a sibling behind the
#            root: tostring(root) and root.iter() miss the article, while an absolute XPath still finds it.
#
# Exits 0 while it behaves so, 1 when that has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check 'lxml==6.1.3' 'beautifulsoup4==4.15.0' 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 2; }
cd "$work"
cat >look.py <<'PYTHON'
import lxml.html
page = "<!DOCTYPE html><html><head><title>t</title></head></html><body><div id='zoom'><p>县教育局</p></div></body></html>"
root = lxml.html.document_fromstring(page)
print(lxml.html.tostring(root, encoding="unicode"))
print(sum(1 for e in root.iter("p")), len(root.xpath(".//p")), len(root.xpath("//p")))
print(root.text_content())
PYTHON
cat >expected.txt <<'TEXT'
<html><head><title>t</title></head></html>
0 0 1
t
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
