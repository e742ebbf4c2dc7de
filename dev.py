"""Set-up and the everyday jobs, on any system that has Python 3.11+ with pip.

    python dev.py demo     set up, then turn a sample circular into tasks.xlsx
    python dev.py test     set up, then run every check and test
    python dev.py soak     set up, then run the long tests (many minutes)
    python dev.py setup    only set up

The environment lies in .venv, beside this file; nothing else on the machine is touched.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "installed.txt"


def run(*command: str | Path, **extra_environment: str) -> None:
    """Run a command in the project's folder; a failure ends this script with the same status."""
    print("$", *command, flush=True)
    environment = {**os.environ, "PYTHONUTF8": "1", **extra_environment}
    status = subprocess.run([str(part) for part in command], cwd=ROOT, env=environment, check=False).returncode
    if status:
        sys.exit(status)


def setup(extras: str) -> None:
    """Make .venv and install wpparse into it, unless that was done already for this pyproject.toml."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + extras.encode()).hexdigest()
    if STAMP.exists() and STAMP.read_text().split() == [wanted, extras]:
        return
    if not PYTHON.exists():
        # Without pip: some distributions ship Python without ensurepip; the pip that is there serves both.
        venv.create(VENV, with_pip=False)
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        PYTHON,
        "install",
        "-q",
        "--disable-pip-version-check",
        "-e",
        f".[{extras}]",
    )
    STAMP.write_text(f"{wanted} {extras}")


def demo() -> None:
    """The main job on a sample."""
    setup("parquet")
    run(BIN / "wpparse", "samples/青岚县数字政府建设工作要点.docx", "-o", "tasks.xlsx")


def test() -> None:
    """Every check and test but the long ones."""
    setup("dev,ocr,cluster")
    run(PYTHON, "-m", "ruff", "check", ".")
    run(PYTHON, "-m", "ruff", "format", "--check", ".")
    run(PYTHON, "-m", "mypy")
    run(BIN / "lint-imports", "--no-cache")
    run(BIN / "wpparse", "grammar", "check")
    run(PYTHON, "-m", "pytest", "-m", "not slow", "-n", "2", "--durations", "8")
    # The same bytes in another time zone and in the plainest locale.
    run(PYTHON, "-m", "pytest", "-m", "not slow", "-n", "2", "tests/test_samples.py", "tests/test_cli.py",
        TZ="America/Los_Angeles", LC_ALL="C", LANG="C", PYTHONUTF8="0")  # fmt: skip


def soak() -> None:
    """The long tests."""
    setup("dev,ocr,cluster")
    run(PYTHON, "-m", "pytest", "-m", "slow", "--durations", "8")


JOBS = {"demo": demo, "test": test, "soak": soak, "setup": lambda: setup("dev,ocr,cluster")}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in JOBS:
        sys.exit(__doc__)
    JOBS[sys.argv[1]]()
