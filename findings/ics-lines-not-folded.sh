#!/usr/bin/env bash
# ics.py writes lines of any length
#
# Package:   ics==0.7.3, icalendar==7.3.2
# Guess:     Lines of an .ics file are folded at 75 octets (RFC 5545, 3.1), which a summary of 25 Chinese characters
#            already reaches.
# Behaviour: ics.py folds nothing: forty times 推进 give a line of 248 octets. icalendar folds, and never inside a
#            character.
#
# Exits 0 while it behaves so, 1 when that has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check 'ics==0.7.3' 'icalendar==7.3.2' 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 2; }
cd "$work"
cat >look.py <<'PYTHON'
import datetime
import icalendar
import ics
summary = "推进" * 40
event = ics.Event(name=summary, begin="2024-09-30")
event.make_all_day()
print(max(len(line.encode()) for line in ics.Calendar(events=[event]).serialize().splitlines()))
calendar, other = icalendar.Calendar(), icalendar.Event()
other.add("summary", summary)
other.add("dtstart", datetime.date(2024, 9, 30))
calendar.add_component(other)
print(max(len(line) for line in calendar.to_ical().split(b"\r\n")))
PYTHON
cat >expected.txt <<'TEXT'
248
74
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
