"""The Unicode tables that the core was built with are what the script writes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from searchlib import _core

SCRIPT = Path(__file__).parents[2] / "tools" / "unicode_tables.py"


def test_the_core_has_the_tables_that_the_script_writes(tmp_path: Path) -> None:
    ucd = pytest.importorskip("unicodedata2", reason="unicodedata2, a build dependency, is not installed")
    if not _core.UNICODE_TABLES.startswith(f"{ucd.unidata_version}-"):
        pytest.skip(f"the core was built with Unicode {_core.UNICODE_TABLES}, here is {ucd.unidata_version}")
    output = tmp_path / "tables.inc"
    subprocess.run([sys.executable, SCRIPT, output], check=True)
    assert f'kTablesVersion[] = "{_core.UNICODE_TABLES}";' in output.read_text(encoding="utf-8")


def test_the_script_says_how_it_is_run() -> None:
    result = subprocess.run([sys.executable, SCRIPT], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "usage: python tools/unicode_tables.py OUTPUT.inc\n"
