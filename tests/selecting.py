"""What of the suite runs: `--quick` leaves out what takes long, `--strict-skips` refuses other omissions.

tests/long.txt lists what `make check` leaves out. tests/skips.txt lists the reasons for which a test may be
skipped; with `--strict-skips`, which `make test` gives, a skip for any other reason is an error, so that none
is lost for want of a package that nobody installed.
"""

from __future__ import annotations

from collections.abc import Generator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


def listed(name: str) -> list[str]:
    """The lines of a list beside this file, without comments."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def is_long(node_id: str) -> bool:
    """Whether a test, such as `search/test_top_k.py::test_words[2]`, its file or function is on the list."""
    return any(node_id == line or node_id.startswith((f"{line}::", f"{line}[")) for line in LONG)


def is_allowed(reason: str) -> bool:
    """Whether a test may be skipped for that."""
    return any(fnmatchcase(reason, pattern) for pattern in SKIPS)


LONG = listed("long.txt")
SKIPS = listed("skips.txt")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("searchlib")
    group.addoption("--quick", action="store_true", help="leave out what tests/long.txt lists")
    group.addoption("--strict-skips", action="store_true", help="allow only the skips of tests/skips.txt")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Whole files are not even imported."""
    if not config.getoption("--quick") or not collection_path.is_relative_to(HERE):
        return None
    return True if collection_path.relative_to(HERE).as_posix() in LONG else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--quick"):
        long = [item for item in items if is_long(_name_below_tests(item))]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in set(long)]


def _name_below_tests(item: pytest.Item) -> str:
    name = item.nodeid.partition("::")[2]
    return f"{item.path.relative_to(HERE).as_posix()}::{name}" if item.path.is_relative_to(HERE) else name


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    return _checked((yield), item.config)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, Any]:
    return _checked((yield), collector.config)


def _checked(report: Any, config: pytest.Config) -> Any:
    """The report, a failure if it is of a skip that is not allowed."""
    if not config.getoption("--strict-skips") or not report.skipped or hasattr(report, "wasxfail"):
        return report
    _, _, message = report.longrepr  # file, line, text
    reason = message.removeprefix("Skipped: ")
    if not is_allowed(reason):
        report.outcome = "failed"
        report.longrepr = (
            f"skipped, and tests/skips.txt lists no such reason: {reason}\n"
            f"Make it run (is a package missing from the extra `test`?), or put the reason on the list."
        )
    return report
