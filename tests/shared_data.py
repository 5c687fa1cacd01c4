"""The folder of larger corpora, $SEARCHLIB_DATA or ../shared/data: what is there, or a skip without it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

DATA = Path(os.environ.get("SEARCHLIB_DATA") or Path(__file__).parents[2] / "shared" / "data")


def needed(*parts: str) -> Path:
    """That file or folder of the data; the test is skipped without it."""
    path = DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"no data at {path}: set SEARCHLIB_DATA to the folder of the data")
    return path
