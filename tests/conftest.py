"""What all tests share: this folder is importable (oracle.py), and the data at hand, where there is any."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

DATA = Path(os.environ.get("SEARCHLIB_DATA") or Path(__file__).parents[2] / "shared" / "data")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what cannot run under the sanitizers (`make sanitize`)."""
    if not os.environ.get("SEARCHLIB_SANITIZED"):
        return
    for item in items:
        if marker := item.get_closest_marker("unsanitized"):
            item.add_marker(pytest.mark.skip(reason=f"under the sanitizers: {marker.kwargs['reason']}"))


@pytest.fixture(scope="session")
def collections() -> Path:
    """The folder of the test collections; the test is skipped without it."""
    folder = DATA / "collections"
    if not folder.is_dir():
        pytest.skip(f"no test collections at {folder}: set SEARCHLIB_DATA to the folder of the data")
    return folder
