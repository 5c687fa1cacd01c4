from __future__ import annotations

from pathlib import Path

import pytest

from searchlib.storage.directory import Directory
from searchlib.storage.memory import AnyDirectory, MemoryDirectory


@pytest.fixture(params=["disk", "memory"])
def directory(request: pytest.FixtureRequest, tmp_path: Path) -> AnyDirectory:
    """A directory in which nothing was committed."""
    made: AnyDirectory = Directory(tmp_path / "index") if request.param == "disk" else MemoryDirectory()
    made.create()
    return made


@pytest.fixture
def disk(tmp_path: Path) -> Directory:
    made = Directory(tmp_path / "index")
    made.create()
    return made
