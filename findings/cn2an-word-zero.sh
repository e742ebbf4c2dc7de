#!/usr/bin/env bash
# cn2an knows 〇 but not the ○ that Word counts with
#
# Package:   cn2an==0.5.24
# Guess:     The numbers that Word makes with its Chinese counting (一○○ for 100, with U+25CB) are read as those with 〇
#            (U+3007) are.
# Behaviour: U+3007 is read in the modes normal and smart and refused in strict; U+25CB, which Word puts for
#            chineseCounting from 100 on, raises in every mode. 两 is refused by strict as well.
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
for text in ("一百〇一", "二〇二四", "一○○", "两千"):
    row = []
    for mode in ("strict", "normal", "smart"):
        try:
            row.append(cn2an.cn2an(text, mode))
        except ValueError:
            row.append("ValueError")
    print(text, *row)
PYTHON
cat >expected.txt <<'TEXT'
一百〇一 ValueError 101 101
二〇二四 ValueError 2024 2024
一○○ ValueError ValueError ValueError
两千 ValueError 2000 2000
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
