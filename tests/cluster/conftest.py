"""Ray, started once for the tests that need it, and ended."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def ray_here() -> Iterator[object]:
    """Ray on this machine."""
    import importlib.util
    import logging
    import warnings

    if importlib.util.find_spec("ray") is None:
        pytest.skip("no Ray: the extra ray")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import ray

        # Ray's processes import what a test has them do.
        os.environ["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
        ray.init(
            "local",  # not one that another process has started here
            num_cpus=2,
            include_dashboard=False,
            log_to_driver=False,
            logging_level=logging.ERROR,
        )
        yield ray
        ray.shutdown()


@pytest.fixture(scope="module")
def no_waits_for_the_disk() -> Iterator[None]:
    """What is killed is a process, never the machine: what it wrote is there."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("os.fsync", lambda _: None)
        yield
