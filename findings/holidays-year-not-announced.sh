#!/usr/bin/env bash
# holidays answers for a Chinese year whose working days were not announced
#
# Package:   holidays==0.109, chinesecalendar==1.11.0
# Guess:     Where the State Council has not yet announced which weekends are worked, a calendar says so.
# Behaviour: chinesecalendar refuses such a year; holidays gives the statutory days and treats every weekend as off,
#            without a sign that the exchanged days are missing. An end of "within 5 workdays" computed from it can be
#            wrong.
#
# Exits 0 while it behaves so, 1 when that has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check 'holidays==0.109' 'chinesecalendar==1.11.0' 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 2; }
cd "$work"
cat >look.py <<'PYTHON'
import datetime
import chinese_calendar
import holidays
day = datetime.date(2027, 2, 8)
try:
    print(chinese_calendar.is_workday(day))
except NotImplementedError:
    print("chinesecalendar: NotImplementedError")
known = holidays.country_holidays("CN", years=[2026, 2027])
print("holidays:", type(known.is_working_day(day)).__name__, day in known)
for year in (2026, 2027):
    worked = [d for d in (datetime.date(year, 1, 1) + datetime.timedelta(n) for n in range(365)) if d.weekday() > 4 and known.is_working_day(d)]
    print(year, "weekends worked:", len(worked))
PYTHON
cat >expected.txt <<'TEXT'
chinesecalendar: NotImplementedError
holidays: bool True
2026 weekends worked: 6
2027 weekends worked: 0
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
