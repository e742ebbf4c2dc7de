"""``python -m wpparse``."""

from wpparse.cli import main

main()
