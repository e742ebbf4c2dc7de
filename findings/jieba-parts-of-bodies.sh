#!/usr/bin/env bash
# jieba cuts short names of bodies across their parts
#
# Package:   jieba==0.42.1
# Guess:     Common short names of bureaus (县人社局, 县住建局, 市发展改革委) come out whole, or at least cut into level, field and 局.
# Behaviour: The cuts run across the parts: 县人|社局, 县住|建局 (each made up by the hidden Markov model), 由市|发展|改革|委. A name
#            cannot be found by joining tokens at their borders.
#
# Exits 0 while it behaves so, 1 when that has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check 'jieba==0.42.1' 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 2; }
cd "$work"
cat >look.py <<'PYTHON'
import jieba
jieba.setLogLevel(60)
print("|".join(jieba.cut("由市发展改革委牵头，县人社局、县住建局配合")))
PYTHON
cat >expected.txt <<'TEXT'
由市|发展|改革|委|牵头|，|县人|社局|、|县住|建局|配合
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
