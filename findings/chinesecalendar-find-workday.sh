#!/usr/bin/env bash
# chinesecalendar counts one workday too many from a day off
#
# Package:   chinesecalendar==1.11.0
# Guess:     The first workday after 1 October 2024 (a holiday) is 8 October, and so is the first after 30 September.
# Behaviour: From a day off find_workday first moves on to the next workday and then counts: delta 1 gives 9 October from
#            the holiday and 8 October from the workday before it. delta 0 from a day off gives the next workday, so that
#            "within N workdays" has to be asked with N - 1 there.
#
# Exits 0 while it behaves so, 1 when that has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check 'chinesecalendar==1.11.0' 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 2; }
cd "$work"
cat >look.py <<'PYTHON'
import datetime
import chinese_calendar
for day in (datetime.date(2024, 9, 30), datetime.date(2024, 10, 1)):
    print(day, [str(chinese_calendar.find_workday(n, day)) for n in (0, 1)])
print([str(d) for d in chinese_calendar.get_workdays(datetime.date(2024, 10, 1), datetime.date(2024, 10, 9))])
PYTHON
cat >expected.txt <<'TEXT'
2024-09-30 ['2024-09-30', '2024-10-08']
2024-10-01 ['2024-10-08', '2024-10-09']
['2024-10-08', '2024-10-09']
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
