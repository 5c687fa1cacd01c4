from __future__ import annotations

from pathlib import Path

import pytest

from searchlib.storage.directory import Directory
from searchlib.storage.disk import DiskDirectory
from searchlib.storage.memory import MemoryDirectory


@pytest.fixture(params=["disk", "memory"])
def directory(request: pytest.FixtureRequest, tmp_path: Path) -> Directory:
    """A directory in which nothing was committed."""
    made: Directory = DiskDirectory(tmp_path / "index") if request.param == "disk" else MemoryDirectory()
    made.create()
    return made


@pytest.fixture
def disk(tmp_path: Path) -> DiskDirectory:
    made = DiskDirectory(tmp_path / "index")
    made.create()
    return made
