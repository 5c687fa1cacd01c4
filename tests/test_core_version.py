"""A compiled core of another version, or none: a typed error that says what to do, at the first import."""

from __future__ import annotations

import subprocess
import sys
import zlib
from pathlib import Path

import pytest

import searchlib
from searchlib import _core, errors

SOURCES = Path(searchlib.__file__).parent


def package(folder: Path, stub: bytes | None, core: str | None) -> Path:
    """A copy of the package's first modules beside a core in Python, or none."""
    there = folder / "searchlib"
    there.mkdir()
    for name in ("__init__.py", "errors.py", "lean.py"):
        (there / name).write_bytes((SOURCES / name).read_bytes())
    if stub is not None:
        (there / "_core.pyi").write_bytes(stub)
    if core is not None:
        (there / "_core.py").write_text(core)
    return folder


def said(folder: Path, code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],  # without site, an editable install does not come before the path
        env={"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        cwd=folder,
    )
    return done.stdout + done.stderr


IMPORT = """
try:
    from searchlib import _core
    print("loaded", _core.__name__)
except Exception as error:
    print(type(error).__mro__[0].__name__, isinstance(error, ImportError), error)
"""


def test_the_core_here_is_of_this_interface() -> None:
    assert zlib.crc32((SOURCES / "_core.pyi").read_bytes()) == _core.INTERFACE


@pytest.mark.parametrize(
    "core", ["", "INTERFACE = 0", "INTERFACE = 1", f"INTERFACE = {zlib.crc32(b'an older stub')}"]
)
def test_a_core_of_another_version_is_refused_each_time(tmp_path: Path, core: str) -> None:
    text = said(package(tmp_path, b"a newer stub", core), IMPORT + IMPORT)
    lines = text.splitlines()
    assert len(lines) == 2 and all(line.startswith("CoreMismatchError True") for line in lines), text
    assert "different versions" in lines[0] and "make core" in lines[0] and "pip install" in lines[0]


def test_a_core_of_this_version_is_taken(tmp_path: Path) -> None:
    core = f"INTERFACE = {zlib.crc32(b'a stub')}"
    assert said(package(tmp_path, b"a stub", core), IMPORT).startswith("loaded searchlib._core")


def test_without_a_stub_nothing_is_compared(tmp_path: Path) -> None:
    assert said(package(tmp_path, None, "INTERFACE = 7"), IMPORT).startswith("loaded")


def test_no_core_at_all_says_so(tmp_path: Path) -> None:
    text = said(package(tmp_path, b"a stub", None), IMPORT)
    assert text.startswith("CoreMismatchError True") and "cannot be loaded" in text and "make core" in text


def test_it_is_one_of_the_errors() -> None:
    assert issubclass(errors.CoreMismatchError, (errors.SearchlibError,))
