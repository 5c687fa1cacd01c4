"""What is left out of a run is on a list: the lists hold, and what is not on them is an error."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import selecting
from hang import must_end

TESTS = Path(__file__).parent

SKIPPING = """
import pytest

def test_runs():
    pass

@pytest.mark.parametrize("n", [])
def test_has_no_cases(n):
    pass

def test_has_no_data():
    pytest.skip("no data at /x: set SEARCHLIB_DATA to the folder of the data")

@pytest.mark.skipif(True, reason="needs fork")
def test_has_no_fork():
    pass

def test_has_no_package():
    pytest.importorskip("no_such_package")

@pytest.mark.xfail
def test_is_known_to_fail():
    assert False
"""


def outcome(folder: Path, code: str, *options: str) -> tuple[str, str]:
    """The last line of a run of pytest over that code, and all that it printed."""
    (folder / "test_it.py").write_text(code, encoding="utf-8")
    plugins = ("-p", "selecting", "-p", "no:cacheprovider")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *plugins, *options, "test_it.py"],
        cwd=folder,
        env={"PYTHONPATH": str(TESTS)},
        capture_output=True,
        text=True,
    )
    return re.sub(r" in [\d.]+s.*", "", done.stdout.splitlines()[-1]), done.stdout


def test_a_skip_for_a_reason_that_is_not_listed_is_an_error(tmp_path: Path) -> None:
    lenient, _ = outcome(tmp_path, SKIPPING)
    assert lenient == "1 passed, 4 skipped, 1 xfailed"
    strict, printed = outcome(tmp_path, SKIPPING, "--strict-skips")
    assert strict == "1 failed, 1 passed, 2 skipped, 1 xfailed, 1 error"
    assert "tests/skips.txt lists no such reason: could not import 'no_such_package'" in printed
    assert "tests/skips.txt lists no such reason: got empty parameter set" in printed


def test_a_whole_file_that_is_skipped_is_an_error_too(tmp_path: Path) -> None:
    code = "import pytest\npytest.importorskip('no_such_package')\n\ndef test_it(): pass\n"
    assert outcome(tmp_path, code)[0] == "1 skipped"
    last, printed = outcome(tmp_path, code, "--strict-skips")
    assert last == "1 error" and "could not import 'no_such_package'" in printed


def test_a_whole_file_may_be_skipped_for_a_listed_reason(tmp_path: Path) -> None:
    code = "import pytest\npytest.skip('needs fork', allow_module_level=True)\n"
    assert outcome(tmp_path, code, "--strict-skips")[0] == "1 skipped"


def test_what_make_check_leaves_out_is_there() -> None:
    for line in selecting.LONG:
        file, _, name = line.partition("::")
        text = (TESTS / file).read_text(encoding="utf-8")
        assert not name or re.search(rf"^def {re.escape(name)}\(", text, re.MULTILINE), line


def test_a_line_stands_for_a_file_or_a_test_with_all_its_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selecting, "LONG", ["a/test_x.py", "test_y.py::test_long"])
    for node_id in ("a/test_x.py::test_it", "test_y.py::test_long", "test_y.py::test_long[1]"):
        assert selecting.is_long(node_id)
    for node_id in ("a/test_xy.py::test_it", "test_y.py::test_longer", "test_y.py::test_short[1]"):
        assert not selecting.is_long(node_id)


def test_what_never_ends_is_ended() -> None:
    with pytest.raises(AssertionError, match=r"took more than 0\.02 s"), must_end(0.02):
        while True:
            pass
