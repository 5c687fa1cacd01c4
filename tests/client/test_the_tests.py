"""The tests of searching hold for indexes that are asked over HTTP: they are run again so."""

import os
import re
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]
MODULES = ("test_hits_as_values", "test_why", "test_understanding", "test_more_like")


def test_they_pass_over_http(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "remotely", "-p", "no:cacheprovider"),
            *("-k", "not oracle and not table and not library", f"--basetemp={tmp_path / 'base'}"),
            *(str(TESTS / "search" / f"{name}.py") for name in MODULES),
        ],
        capture_output=True,
        text=True,
        cwd=TESTS.parent,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])},
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    (asked,) = re.findall(r"asked over HTTP: (\d+)", done.stdout)
    (passed,) = re.findall(r"(\d+) passed", done.stdout)
    assert int(asked) > 900 and int(passed) > 180
