"""The table of letters in the package is what its tool makes of the sentences."""

from __future__ import annotations

import runpy
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_the_module_is_made_by_the_tool() -> None:
    made = runpy.run_path(str(ROOT / "tools/letter_tables.py"))["module"]()
    assert made == (ROOT / "src/searchlib/sources/letters.py").read_text("utf-8")
