"""docs/recipes.md: every program runs, each in a process and a folder of its own."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import searchlib

PAGE = (Path(__file__).parents[1] / "docs" / "recipes.md").read_text("utf-8")
BLOCKS = re.findall(r"^<!-- run: (\w+) -->\n```python\n(.*?)^```$", PAGE, re.M | re.S)
RECIPES = {name: "\n".join(code for of, code in BLOCKS if of == name) for name, _ in BLOCKS}


def test_every_program_is_run_and_every_heading_is_listed():
    assert len(RECIPES) >= 7 and PAGE.count("```python") == len(BLOCKS)
    headings = re.findall(r"^## (.+)$", PAGE, re.M)
    assert re.findall(r"^- \[(.+?)\]", PAGE, re.M) == headings


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_runs(name: str, tmp_path: Path):
    (tmp_path / "recipe.py").write_text(RECIPES[name], encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "recipe.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(searchlib.__file__).parents[1])},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
