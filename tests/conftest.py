"""What every test can ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# No wall clock in tests: a loaded machine takes its time.
settings.register_profile("without a clock", deadline=None)
settings.load_profile("without a clock")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real circulars with gold, beside the project; skips where it does not stand."""
    folder = ROOT.parent / "shared"
    if not (folder / "gold").is_dir():
        pytest.skip("real circulars with gold are not here (../shared)")
    return folder
