#!/usr/bin/env bash
# cn2an.transform turns the numerals inside words into digits
#
# Package:   cn2an==0.5.24
# Guess:     transform() rewrites numbers ("第十一条", "三分之一") and leaves words that only contain a numeral.
# Behaviour: Words are rewritten too: 一是 becomes 1是, 统一 becomes 统1 and 三农 becomes 3农, so that a name or a heading that
#            went through it is not found in its source again.
#
# Exits 0 while it behaves so, 1 when that has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check 'cn2an==0.5.24' 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 2; }
cd "$work"
cat >look.py <<'PYTHON'
import cn2an
print(cn2an.transform("第十一条，完成三分之一"))
print(cn2an.transform("一是加强领导，二是统一部署，三农工作"))
PYTHON
cat >expected.txt <<'TEXT'
第11条，完成1/3
1是加强领导，2是统1部署，3农工作
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
