"""What all tests share: this folder is importable (oracle.py), and the data at hand, where there is any."""

from __future__ import annotations

import faulthandler
import os
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from shared_data import needed

pytest_plugins = ["selecting", "small_indexes"]

# Random tests draw the same examples at each run, and no clock judges them: a first run fails for a
# reason, never by luck or by the machine's load. `make explore` draws others.
_DEPTH = int(os.environ.get("SEARCHLIB_TEST_DEPTH") or 1)
_UNTIMED = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fixed", _UNTIMED, derandomize=True)
settings.register_profile("explore", _UNTIMED, max_examples=100 * _DEPTH, print_blob=True)
settings.load_profile("fixed")


def pytest_configure(config: pytest.Config) -> None:
    """One seed, `--hypothesis-seed`, for what hypothesis draws and for what the tests draw themselves.

    A process that gets SIGUSR1 says where all its threads stand: `.ci/run` asks those that hang.
    """
    if hasattr(signal, "SIGUSR1"):
        stderr = os.fdopen(os.dup(2), "w")  # nothing is captured yet
        faulthandler.register(signal.SIGUSR1, file=stderr)
        config.add_cleanup(stderr.close)
        config.add_cleanup(lambda: faulthandler.unregister(signal.SIGUSR1) and None)  # it comes first
    seed = config.getoption("--hypothesis-seed", None)
    if seed is not None:
        settings.load_profile("explore")  # a derandomized profile would pass the seed over
        os.environ["SEARCHLIB_SEED"] = str(seed)  # read by the test modules, which are imported later


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
    return needed("collections")
